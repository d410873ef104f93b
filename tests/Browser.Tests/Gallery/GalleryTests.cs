using Governance.Browser.Tests.Browsing;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Gallery;

[Collection(Browsing.BrowserTests.Name)]
public sealed class GalleryTests(Chromium chromium, GalleryHost host) : IClassFixture<GalleryHost>
{
    private static readonly (int Width, ColorScheme Scheme)[] All =
    [
        (390, ColorScheme.Light), (390, ColorScheme.Dark), (1024, ColorScheme.Light),
        (1024, ColorScheme.Dark), (1440, ColorScheme.Light), (1440, ColorScheme.Dark),
    ];

    [SkippableTheory]
    [InlineData("parts")]
    [InlineData("plots")]
    public async Task Every_part_is_sound(string name)
    {
        await using WatchedPage page = await chromium.OpenAsync(host.Address, All[0].Width, All[0].Scheme);
        await page.GoAsync($"/gallery/{name}");

        List<string> faults = await page.FindFaultsAsync(name, All);

        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
    }
}
