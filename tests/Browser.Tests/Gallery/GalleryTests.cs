using Governance.Browser.Tests.Browsing;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Gallery;

[Collection(Browsing.BrowserTests.Name)]
public sealed class GalleryTests(Chromium chromium, GalleryHost host) : IClassFixture<GalleryHost>
{
    public static TheoryData<string, int, ColorScheme> Views()
    {
        TheoryData<string, int, ColorScheme> views = [];
        foreach (string page in (string[])["parts", "plots"])
        {
            foreach (int width in (int[])[390, 1024, 1440])
            {
                views.Add(page, width, ColorScheme.Light);
                views.Add(page, width, ColorScheme.Dark);
            }
        }

        return views;
    }

    [SkippableTheory]
    [MemberData(nameof(Views))]
    public async Task Every_part_is_sound(string name, int width, ColorScheme scheme)
    {
        await using WatchedPage page = await chromium.OpenAsync(host.Address, width, scheme);
        await page.GoAsync($"/gallery/{name}");
        await page.KeepAsync($"{name}-{scheme}-{width}");

        await page.AssertSoundAsync();
    }
}
