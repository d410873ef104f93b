using Microsoft.Playwright;

namespace Governance.Browser.Tests.Browsing;

/// <summary>One open page in windows of several widths and in both schemes: opening it anew for each would say the same in twice the time.</summary>
internal static class Looks
{
    /// <summary>Wide and light, narrow and dark.</summary>
    public static readonly (int Width, ColorScheme Scheme)[] Both = [(1440, ColorScheme.Light), (390, ColorScheme.Dark)];

    /// <summary>The other two pairs.</summary>
    public static readonly (int Width, ColorScheme Scheme)[] Others = [(1440, ColorScheme.Dark), (390, ColorScheme.Light)];

    /// <summary>Whether pictures are kept.</summary>
    public static bool AreKept { get; } = Environment.GetEnvironmentVariable("GOVERNANCE_SCREENS") is not null;

    /// <summary>What is wrong with the open page in each of these looks; where pictures are kept, in all four.</summary>
    /// <param name="visit">The page; it stays in the last look.</param>
    /// <param name="name">The beginning of the pictures' names.</param>
    /// <param name="looks">In their order.</param>
    public static async Task<List<string>> FindFaultsAsync(this WatchedPage visit, string name, params (int Width, ColorScheme Scheme)[] looks)
    {
        List<string> faults = [];
        foreach ((int width, ColorScheme scheme) in AreKept ? looks.Union([.. Both, .. Others]) : looks)
        {
            await visit.SeeAsync(width, scheme);
            await visit.KeepAsync($"{name}-{scheme}-{width}");
            faults.AddRange((await visit.FindFaultsAsync()).Select(fault => $"{width} {scheme}: {fault}"));
        }

        return faults;
    }

    /// <summary>Asserts that the open page is sound wide and light, and narrow and dark.</summary>
    public static async Task AssertSoundAsync(this WatchedPage visit, string name)
    {
        List<string> faults = await visit.FindFaultsAsync(name, Both);
        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
    }
}
