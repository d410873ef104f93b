using System.Diagnostics;
using System.Net;
using Microsoft.Playwright;

namespace Governance.Bench;

/// <summary>Debian's Chromium with one person signed in, and their cookies for plain requests.</summary>
internal sealed class DeskBrowser : IAsyncDisposable
{
    // What a page still does is busy, and a plot tells when it is drawn.
    private const string Complete = "() => !document.querySelector('main [aria-busy=\"true\"]') && [...document.querySelectorAll('gov-plot')].every(plot => plot.dataset.drawn === 'true')";
    private const string FirstPlot = "() => { const plots = [...document.querySelectorAll('gov-plot')]; return plots.some(plot => plot.dataset.drawn === 'true') || (plots.length === 0 && !document.querySelector('main [aria-busy=\"true\"]')); }";

    // From the event on, by the browser's clock: what drives it takes its own time. Kept beyond a page that another one follows.
    private const string Clock = "() => { sessionStorage.removeItem('act'); for (const kind of ['keydown', 'input', 'submit']) addEventListener(kind, () => sessionStorage.act ??= Date.now(), { capture: true, once: true }); }";

    /// <summary>The element says something else.</summary>
    public const string Changed = "([element, before]) => document.querySelector(element) && document.querySelector(element).innerText !== before && Math.max(1, Date.now() - Number(sessionStorage.act))";

    /// <summary>The element says something else, or the page says that it works on it.</summary>
    public const string ChangedOrBusy = "([element, before]) => ('busy' in document.documentElement.dataset || (document.querySelector(element) && document.querySelector(element).innerText !== before)) && Math.max(1, Date.now() - Number(sessionStorage.act))";

    private const float Patience = 120_000;

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;
    private readonly HttpClient client;

    private DeskBrowser(IPlaywright playwright, IBrowser browser, IPage page, HttpClient client) =>
        (this.playwright, this.browser, Page, this.client) = (playwright, browser, page, client);

    /// <summary>Its page.</summary>
    public IPage Page { get; }

    /// <summary>Starts it and signs in.</summary>
    public static async Task<DeskBrowser> OpenAsync(Uri address, string user, string password)
    {
        IPlaywright playwright = await Playwright.CreateAsync();
        IBrowser browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        IPage page = await browser.NewPageAsync(new() { BaseURL = address.ToString(), ViewportSize = new() { Width = 1440, Height = 900 }, ReducedMotion = ReducedMotion.Reduce });
        page.SetDefaultTimeout(Patience);
        await page.GotoAsync("/accounts/sign-in");
        await page.GetByLabel("User name").FillAsync(user);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/accounts/", StringComparison.Ordinal));
        CookieContainer cookies = new();
        foreach (BrowserContextCookiesResult cookie in await page.Context.CookiesAsync())
        {
            cookies.Add(address, new System.Net.Cookie(cookie.Name, cookie.Value));
        }

        SocketsHttpHandler handler = new() { CookieContainer = cookies, AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None };
        return new DeskBrowser(playwright, browser, page, new HttpClient(handler) { BaseAddress = address, Timeout = TimeSpan.FromMilliseconds(Patience) });
    }

    /// <summary>Asks for a page without a browser: milliseconds to the last byte, bytes, and the status code.</summary>
    public async Task<(double Millis, long Bytes, int Status)> AskAsync(string path)
    {
        long before = Stopwatch.GetTimestamp();
        using HttpResponseMessage response = await client.GetAsync(new Uri(path, UriKind.Relative));
        byte[] body = await response.Content.ReadAsByteArrayAsync();
        return (Stopwatch.GetElapsedTime(before).TotalMilliseconds, body.LongLength, (int)response.StatusCode);
    }

    /// <summary>Opens a page: milliseconds until its document can be used, until its first plot shows and until everything on it is there, and whether it told of progress between.</summary>
    public async Task<(double Usable, double FirstPlot, double Complete, bool Progress)> OpenAsync(string path)
    {
        long before = Stopwatch.GetTimestamp();
        await Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        double usable = Stopwatch.GetElapsedTime(before).TotalMilliseconds;
        bool progress = await Page.Locator("main [aria-busy=\"true\"]").CountAsync() > 0;
        await Page.WaitForFunctionAsync(FirstPlot);
        double first = Stopwatch.GetElapsedTime(before).TotalMilliseconds;
        await CompleteAsync();
        return (usable, first, Stopwatch.GetElapsedTime(before).TotalMilliseconds, progress);
    }

    /// <summary>Waits until nothing on the page is busy and every plot is drawn.</summary>
    public Task CompleteAsync() => Page.WaitForFunctionAsync(Complete);

    /// <summary>Milliseconds from an act until the text of an element is another one.</summary>
    /// <param name="element">Its selector.</param>
    /// <param name="act">What the person does.</param>
    /// <param name="until"><see cref="Changed"/> or <see cref="ChangedOrBusy"/>.</param>
    public async Task<double> ChangeAsync(string element, Func<Task> act, string until = Changed)
    {
        string before = await Page.Locator(element).First.InnerTextAsync();
        await Page.EvaluateAsync(Clock);
        await act();
        IJSHandle took = await Page.WaitForFunctionAsync(until, new[] { element, before });
        return await took.JsonValueAsync<double>();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
