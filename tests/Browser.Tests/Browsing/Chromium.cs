using Governance.Browser.Tests.Demo;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Browsing;

/// <summary>One browser for all browser tests; every test opens pages in a profile of its own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    // The one without windows first: a whole browser draws its own tabs and tool bars for every page that a test opens.
    private static readonly string[] Paths = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        if (Array.Find(Paths, File.Exists) is not string path)
        {
            return;
        }

        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }

    /// <summary>Opens a page that is watched; skips the test, visibly, where there is no browser.</summary>
    /// <param name="address">The portal's address, such as "http://127.0.0.1:5080".</param>
    /// <param name="width">In CSS pixels.</param>
    /// <param name="scheme">What the system asks for.</param>
    /// <param name="script">Whether scripts run.</param>
    public async Task<WatchedPage> OpenAsync(
        string address, int width = 1440, ColorScheme scheme = ColorScheme.Light, bool script = true)
    {
        Skip.If(browser is null, $"No browser at {string.Join(" or ", Paths)}.");
        IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address,
            ViewportSize = new ViewportSize { Width = width, Height = WatchedPage.Height },
            ColorScheme = scheme,
            JavaScriptEnabled = script,
            ReducedMotion = ReducedMotion.Reduce,
            AcceptDownloads = true,
        });
        return new WatchedPage(await context.NewPageAsync(), address);
    }
}

/// <summary>The tests that share the browser; one after another, because they share two cores too.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<Chromium>, ICollectionFixture<DemoPortal>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "Browser";
}
