using Microsoft.Playwright;

namespace Governance.Browser.Tests.Browsing;

/// <summary>A page of which everything that should not happen is written down.</summary>
public sealed class WatchedPage : IAsyncDisposable
{
    internal const int Height = 900; // CSS pixels

    private readonly List<string> faults = [];

    internal WatchedPage(IPage page, string address)
    {
        Page = page;
        page.Console += (_, message) => Note(message.Type is "error" or "warning", $"console {message.Type}: {message.Text}");
        page.PageError += (_, fault) => Note(true, $"uncaught: {fault}");
        page.Request += (_, request) => Note(!IsLocal(request.Url, address), $"leaves the host: {request.Url}");
        page.RequestFailed += (_, request) => Note(request.Failure != "net::ERR_ABORTED", $"failed: {request.Url} {request.Failure}");
        page.Response += (_, response) => Note(response.Status >= 400 && !Expected.Contains(response.Status), $"{response.Status}: {response.Url}");
    }

    /// <summary>The page itself.</summary>
    public IPage Page { get; }

    /// <summary>Status codes of 400 and above that the test means to see.</summary>
    public HashSet<int> Expected { get; } = [];

    /// <summary>What went wrong so far; the console's line about an expected status is left out.</summary>
    public IReadOnlyList<string> Faults =>
        [.. faults.Distinct().Where(fault => !Expected.Any(status => fault.Contains($"the server responded with a status of {status}", StringComparison.Ordinal)))];

    /// <summary>Goes to a path, and waits until every plot on it is drawn.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await DrawnAsync();
    }

    /// <summary>Waits until every plot on the page is drawn and the fonts are there.</summary>
    public async Task DrawnAsync()
    {
        await Page.WaitForFunctionAsync("() => [...document.querySelectorAll('gov-plot')].every(plot => plot.dataset.drawn === 'true')");
        await Page.EvaluateAsync("async () => { await document.fonts.ready; }");
    }

    /// <summary>Looks at the same page in a window of another width and in another scheme, and waits until every plot is drawn again.</summary>
    public async Task SeeAsync(int width, ColorScheme scheme)
    {
        await Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await Page.SetViewportSizeAsync(width, Height);
        // The change reaches a plot within a frame, and it draws in the next one.
        await Page.EvaluateAsync("() => new Promise(seen => requestAnimationFrame(() => requestAnimationFrame(seen)))");
        await Page.WaitForFunctionAsync("""
            () => [...document.querySelectorAll('gov-plot')].every(plot => {
                const width = Math.round(plot.getBoundingClientRect().width);
                return width === 0 || (!plot.waiting && plot.width === width);
            })
            """);
    }

    /// <summary>Asserts that axe finds nothing, the page is not wider than the window, and nothing went wrong on it.</summary>
    public async Task AssertSoundAsync()
    {
        IReadOnlyList<string> found = await FindFaultsAsync();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    /// <summary>What axe finds, whether the page is wider than the window, and what went wrong on it so far.</summary>
    public async Task<IReadOnlyList<string>> FindFaultsAsync()
    {
        // Axe reads imported sheets by way of style elements, which the policy blocks: that is not the page's doing.
        IReadOnlyList<string> own = Faults;
        string[] violations = await Page.FindViolationsAsync();
        faults.RemoveAll(fault => !own.Contains(fault));
        string path = new Uri(Page.Url).PathAndQuery;
        List<string> found =
        [
            .. violations.Select(violation => $"{path}: {violation}"),
            .. own,
        ];
        int excess = await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (excess > 0)
        {
            found.Add($"{path}: {excess} px wider than its window");
        }

        return found;
    }

    /// <summary>Keeps a picture if GOVERNANCE_SCREENS names a folder.</summary>
    public async Task KeepAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("GOVERNANCE_SCREENS") is string folder)
        {
            Directory.CreateDirectory(folder);
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
        }
    }

    /// <summary>Leaves the page as a person does, then closes it.</summary>
    /// <remarks>
    /// A page that is left says so to the portal, which closes its circuit. One that is cut off keeps it for a minute, and a
    /// person has few: the tests that follow would be refused theirs.
    /// </remarks>
    public async ValueTask DisposeAsync()
    {
        if (!Page.IsClosed)
        {
            await Page.GotoAsync("about:blank");
        }

        await Page.Context.DisposeAsync();
    }

    private static bool IsLocal(string url, string address) =>
        url.StartsWith(address, StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal) || url.StartsWith("blob:", StringComparison.Ordinal);

    private void Note(bool isFault, string fault)
    {
        if (isFault)
        {
            faults.Add(fault);
        }
    }
}
