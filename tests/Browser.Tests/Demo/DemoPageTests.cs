using Governance.Browser.Tests.Browsing;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Demo;

/// <summary>Every page of the demo, in both themes, on a phone and on a desk.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class DemoPageTests(Chromium chromium, DemoPortal portal)
{
    private const string Version = "/models/hmda_biased/versions/1";
    private const string Watched = "/models/hmda_logreg/versions/1";

    private static readonly (string Name, string Path)[] Pages =
    [
        ("home", "/"), ("models", "/models"), ("model", "/models/hmda_biased"), ("datasets", "/datasets"),
        ("dataset", "/datasets/hmda-test"), ("overview", $"{Version}/overview"), ("explain", $"{Version}/explain"),
        ("fairness", $"{Version}/fairness"), ("performance", $"{Version}/performance"), ("drift", $"{Version}/drift"), ("evidence", $"{Version}/evidence"), ("protection", $"{Version}/protection"),
        ("sign-off", $"{Version}/sign-off"), ("cases", $"{Version}/cases"), ("register", "/register"), ("audits", "/audits"), ("history", $"{Version}/history"), ("digits", "/models/digits_cnn/versions/1/explain"),
        ("audit-spec", $"{Version}/audit-spec"), ("copy-check", $"{Version}/copy-check"), ("comparisons", "/models/hmda_biased/comparisons"), ("candidates", "/models/hmda_biased/candidates?models=hmda_fair"), ("cohorts", "/models/hmda_biased/cohorts?save=lvrat%20%3E%200.8"),
        ("cross-validations", "/cross-validations"), ("alarms", "/alarms"), ("reports", $"{Version}/reports"), ("policies", "/policies"), ("policy", "/policies/default/2"),
        ("policy-what-if", "/policies/four-fifths/1/what-if"), ("alerts", "/alerts"), ("serving", "/serving"), ("version-serving", "/models/hmda_logreg/versions/1/serving"), ("deployments", "/deployments"), ("monitoring", "/models/hmda_logreg/versions/1/monitoring"), ("monitoring-none", $"{Version}/monitoring"),
    ];

    // Each width and each scheme once; where pictures are kept, every one of their pairs.
    public static TheoryData<int, ColorScheme, string> Views()
    {
        TheoryData<int, ColorScheme, string> views = new()
        {
            { 1440, ColorScheme.Light, "rita" }, { 390, ColorScheme.Dark, "rita" }, { 1024, ColorScheme.Light, "carl" },
        };
        if (Environment.GetEnvironmentVariable("GOVERNANCE_SCREENS") is not null)
        {
            views.Add(1440, ColorScheme.Dark, "rita");
            views.Add(390, ColorScheme.Light, "rita");
        }

        return views;
    }

    [SkippableTheory]
    [MemberData(nameof(Views))]
    public async Task Every_page_is_sound(int width, ColorScheme scheme, string user)
    {
        await using WatchedPage visit = await chromium.OpenAsync(portal.Address, width, scheme);
        await visit.Page.GotoAsync("/accounts/sign-in");
        await visit.KeepAsync($"sign-in-{scheme}-{width}");
        await visit.AssertSoundAsync();
        await visit.SignInAsync(portal, user);

        List<string> faults = [];
        foreach ((string name, string path) in Pages)
        {
            await visit.GoAsync(path);
            await visit.KeepAsync($"{name}-{scheme}-{width}");
            faults.AddRange(await visit.FindFaultsAsync());
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
    }

    // What only some people have, looked at wide and dark, narrow and light, or the other way round.
    private static readonly Dictionary<string, (string Name, string Path)[]> Own = new()
    {
        ["olive"] =
        [
            ("new-model", "/models/new"), ("new-version", "/models/hmda_fair/versions/new"), ("new-dataset", "/datasets/new"), ("owned", "/models/hmda_fair"),
            ("owned-protection", "/models/hmda_fair/versions/1/protection"), ("owned-access", "/models/hmda_fair/access"), ("mitigation", $"{Version}/mitigation"),
        ],
        ["rita"] =
        [
            ("what-if", $"{Version}/what-if"), ("counterfactuals", $"{Version}/counterfactuals"), ("effects", $"{Version}/effects"),
            ("importance", $"{Version}/importance"), ("robustness", $"{Version}/robustness"), ("slices", $"{Version}/slices"),
            ("thresholds", $"{Version}/thresholds?cut=0.4"), ("intersections", $"{Version}/intersections"), ("flips", $"{Version}/flips"), ("cut-offs", $"{Version}/cut-offs"),
            ("residuals", $"{Version}/residuals"), ("error-map", $"{Version}/error-map"), ("error-tree", $"{Version}/error-tree"),
            ("access", $"{Version}/access"), ("account", "/account"), ("account-second-factor", "/account/second-factor"),
            ("account-sessions", "/account/sessions"), ("account-tokens", "/account/tokens"), ("break-glass", "/break-glass"),
            ("privacy", "/privacy"), ("confirm", "/accounts/confirm?returnUrl=%2Faccount"),
        ],
        ["otto"] =
        [
            ("schedule-new", "/audits/schedules/new"), ("watched-sign-off", $"{Watched}/sign-off"), ("watched-serving", $"{Watched}/serving"),
            ("watched-drift", $"{Watched}/drift"), ("watched-overview", $"{Watched}/overview"), ("operator-home", "/"), ("operator-alerts", "/alerts"),
        ],
        ["ada"] =
        [
            ("admin-users", "/admin/users"), ("admin-user", "/admin/users/rita"), ("admin-invite", "/admin/users/invite"),
            ("admin-tokens", "/admin/tokens"), ("admin-service-accounts", "/admin/service-accounts"), ("admin-sign-in", "/admin/sign-in"),
            ("admin-teams", "/admin/teams"), ("admin-keys", "/admin/keys"), ("proposals", "/proposals"), ("publisher-keys", "/publisher-keys"),
            ("model-access", "/models/hmda_biased/access"), ("privacy-subjects", "/privacy/subjects"), ("privacy-columns", "/privacy/columns"), ("admin-destinations", "/admin/destinations"),
        ],
        ["aude"] =
        [
            ("privacy-reads", "/privacy/reads"), ("admin-break-glass", "/break-glass"), ("ledger", "/ledger"), ("ledger-entry", "/ledger/1"),
            ("ledger-none", "/ledger?q=nothing-like-this"),
        ],
    };

    public static TheoryData<string, int, ColorScheme> OwnViews()
    {
        TheoryData<string, int, ColorScheme> views = [];
        foreach (string user in Own.Keys)
        {
            views.Add(user, 1440, user == "rita" ? ColorScheme.Light : ColorScheme.Dark);
            views.Add(user, 390, user == "rita" ? ColorScheme.Dark : ColorScheme.Light);
        }

        return views;
    }

    [SkippableTheory]
    [MemberData(nameof(OwnViews))]
    public async Task Every_page_of_ones_own_is_sound(string user, int width, ColorScheme scheme)
    {
        await using WatchedPage visit = await chromium.OpenAsync(portal.Address, width, scheme);
        await visit.SignInAsync(portal, user);

        List<string> faults = [];
        foreach ((string name, string path) in Own[user])
        {
            await visit.GoAsync(path);
            await visit.KeepAsync($"{name}-{scheme}-{width}");
            faults.AddRange(await visit.FindFaultsAsync());
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
    }

    // Pages whose address only a list knows: the list, and the link that leads to one.
    private static readonly (string Name, string List, string Link)[] Details =
    [
        ("alert", "/alerts", "main a[href^='/alerts/']"), ("deployment", "/deployments", "main a.name[href^='/deployments/']"),
        ("schedule", "/audits", "main .table a[href^='/audits/schedules/']:not([href$='new'])"),
        ("watched-window", $"{Watched}/monitoring?days=0", "main .windows li:nth-child(20) a"),
    ];

    [SkippableTheory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Every_page_that_a_list_leads_to_is_sound(int width, ColorScheme scheme)
    {
        await using WatchedPage visit = await chromium.OpenAsync(portal.Address, width, scheme);
        await visit.SignInAsync(portal, "otto");

        List<string> faults = [];
        foreach ((string name, string list, string link) in Details)
        {
            await visit.GoAsync(list);
            string address = await visit.Page.Locator(link).First.GetAttributeAsync("href") ?? "";
            await visit.GoAsync(address);
            await visit.KeepAsync($"{name}-{scheme}-{width}");
            faults.AddRange(await visit.FindFaultsAsync());
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
    }
}
