using Governance.Browser.Tests.Browsing;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Demo;

/// <summary>The pictures of docs/images: every page of the portal as the demo shows it, at the size of a window. Taken where GOVERNANCE_PICTURES names their folder.</summary>
[Collection(BrowserTests.Name)]
public sealed class PictureTests(Chromium chromium, DemoPortal portal)
{
    private const string Biased = "/models/hmda_biased/versions/1";
    private const string Boosted = "/models/hmda_gbt/versions/1";
    private const string Watched = "/models/hmda_logreg/versions/1";
    private const float Patience = 120_000; // milliseconds, of an island on a slow machine

    private static readonly (int Width, ColorScheme Scheme) Desk = (1440, ColorScheme.Light);
    private static readonly (int Width, ColorScheme Scheme) Night = (1440, ColorScheme.Dark);
    private static readonly (int Width, ColorScheme Scheme) Phone = (390, ColorScheme.Dark);

    /// <summary>Name, who looks, where, how far down the page in the words of a selector ("" for its top), and the looks.</summary>
    private static readonly (string Name, string User, string Path, string At, (int Width, ColorScheme Scheme)[] Looks)[] Pictures =
    [
        ("home", "carl", "/", "", [Desk]), ("models", "carl", "/models?lens=health", "", [Desk]),
        ("version-overview", "rita", $"{Biased}/overview", "", [Desk]), ("version-history", "carl", $"{Watched}/history", "", [Desk]),
        ("compare", "rita", "/models/hmda_fair/comparisons?a=hmda_biased/1&b=hmda_fair/1&data=hmda-test&go=1", "", [Desk]),
        ("compare-rows", "rita", "/models/hmda_fair/comparisons?a=hmda_biased/1&b=hmda_fair/1&data=hmda-test&go=1", "#scores", [Desk]),
        ("version-explain", "rita", $"{Biased}/explain", "", [Desk, Phone]), ("version-dependence", "rita", $"{Boosted}/dependence", "", [Desk]),
        ("version-effects", "rita", $"{Boosted}/effects", "", [Desk]), ("version-instances", "rita", $"{Biased}/instances", "", [Desk]),
        ("version-importance", "rita", $"{Boosted}/importance", "", [Desk]), ("version-picture", "rita", "/models/digits_cnn/versions/1/explain", "", [Desk]),
        ("case", "rita", $"{Biased}/cases/18", "", [Desk, Phone]), ("case-change", "rita", $"{Biased}/cases/18?show=change", "", [Desk]),
        ("case-alike", "rita", $"{Biased}/cases/18?show=alike", "", [Desk]),
        ("version-fairness", "rita", $"{Biased}/fairness", "", [Desk, Night]), ("version-thresholds", "rita", $"{Biased}/thresholds?cut=0.4", "", [Desk]),
        ("version-frontier", "rita", $"{Biased}/thresholds?cut=0.4", "gov-plot[name=threshold-frontier]", [Desk]),
        ("version-intersections", "rita", $"{Biased}/intersections", "", [Desk]), ("version-flips", "rita", $"{Biased}/flips", "", [Desk]),
        ("version-performance", "rita", $"{Biased}/performance", "", [Desk]), ("version-cut-offs", "rita", $"{Biased}/cut-offs", "", [Desk]),
        ("version-residuals", "rita", "/models/attrition_income_rf/versions/1/residuals?column=job_level", "", [Desk]),
        ("version-error-tree", "rita", $"{Boosted}/error-tree", "", [Desk]), ("version-robustness", "rita", $"{Biased}/robustness", "", [Desk]),
        ("version-drift", "rita", $"{Biased}/drift", "", [Desk]), ("monitoring", "otto", $"{Watched}/monitoring?days=0", "", [Desk, Night]),
        ("alerts", "otto", "/alerts", "", [Desk]), ("audits", "otto", "/audits", "", [Desk]),
        ("version-sign-off", "carl", $"{Biased}/sign-off", "", [Desk]), ("version-protection", "olive", $"{Biased}/protection", "", [Desk]),
        ("version-access", "olive", $"{Biased}/access", "", [Desk]), ("version-reports", "rita", $"{Biased}/reports", "", [Desk]),
        ("candidates", "rita", "/models/hmda_biased/candidates?models=hmda_fair", "", [Desk]), ("cohorts", "rita", $"{Biased}/performance?cohort=lvrat%20%3E%200.8&beside=complement&build=1", "", [Desk]),
        ("ledger", "aude", "/ledger", "", [Desk]), ("admin-user", "ada", "/admin/users/rita", "", [Night]),
    ];

    [SkippableFact]
    public async Task The_pages_of_the_demo_are_pictured()
    {
        string? folder = Environment.GetEnvironmentVariable("GOVERNANCE_PICTURES");
        Skip.If(folder is null, "GOVERNANCE_PICTURES names no folder.");
        foreach (IGrouping<string, (string Name, string User, string Path, string At, (int Width, ColorScheme Scheme)[] Looks)> person in Pictures.GroupBy(picture => picture.User))
        {
            await using WatchedPage visit = await chromium.SignInAsync(portal, person.Key);
            foreach ((string name, _, string path, string at, (int Width, ColorScheme Scheme)[] looks) in person)
            {
                await visit.SeeAsync(looks[0].Width, looks[0].Scheme);
                await visit.Page.GotoAsync(path);
                await Assertions.Expect(visit.Page.Locator("main [aria-busy=true]")).ToHaveCountAsync(0, new() { Timeout = Patience });
                await visit.DrawnAsync();
                foreach ((int width, ColorScheme scheme) in looks)
                {
                    await visit.SeeAsync(width, scheme);
                    await visit.Page.EvaluateAsync("at => at === '' ? scrollTo(0, 0) : document.querySelector(at).closest('.section, .cols > *').scrollIntoView()", at);
                    await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{scheme.ToString().ToLowerInvariant()}-{width}.png") });
                }
            }

            Assert.Empty(visit.Faults);
        }
    }
}
