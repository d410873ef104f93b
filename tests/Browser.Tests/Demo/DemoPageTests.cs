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
        ("home", "/"), ("models", "/models?tier=Medium&lens=health"), ("model", "/models/hmda_biased"), ("datasets", "/datasets"),
        ("dataset", "/datasets/hmda-test"), ("overview", $"{Version}/overview"), ("explain", $"{Version}/explain"),
        ("fairness", $"{Version}/fairness"), ("performance", $"{Version}/performance"), ("drift", $"{Version}/drift"), ("variants", $"{Version}/variants"), ("battery", $"{Version}/battery"), ("evidence", $"{Version}/evidence"), ("protection", $"{Version}/protection"),
        ("sign-off", $"{Version}/sign-off"), ("cases", $"{Version}/cases"), ("register", "/register"), ("audits", "/audits"), ("history", $"{Version}/history"), ("digits", "/models/digits_cnn/versions/1/explain"), ("income", "/models/attrition_income_rf/versions/1/explain"),
        ("audit-spec", $"{Version}/audit-spec"), ("copy-check", $"{Version}/copy-check"), ("comparisons", "/models/hmda_biased/comparisons"), ("compared", "/models/hmda_fair/comparisons?a=hmda_biased/1&b=hmda_fair/1&data=hmda-test&go=1"), ("candidates", "/models/hmda_biased/candidates?models=hmda_fair"), ("cohorts", "/models/hmda_biased/cohorts?save=lvrat%20%3E%200.8"),
        ("cross-validations", "/cross-validations"), ("alarms", "/alarms"), ("reports", $"{Version}/reports"), ("policies", "/policies"), ("policy", "/policies/default/2"),
        ("policy-what-if", "/policies/four-fifths/1/what-if"), ("alerts", "/alerts"), ("serving", "/serving"), ("version-serving", "/models/hmda_logreg/versions/1/serving"), ("deployments", "/deployments"), ("monitoring", "/models/hmda_logreg/versions/1/monitoring"), ("monitoring-none", $"{Version}/monitoring"),
    ];

    [SkippableFact]
    public async Task Every_page_is_sound()
    {
        await using WatchedPage visit = await chromium.OpenAsync(portal.Address);
        await visit.Page.GotoAsync("/accounts/sign-in");
        List<string> faults = [.. await visit.FindFaultsAsync("sign-in", Looks.Both)];
        await visit.SignInAsync(portal, "rita");
        faults.AddRange(await FindFaultsAsync(visit, Pages));
        AssertNone(faults);
    }

    // What only some people have.
    private static readonly Dictionary<string, (string Name, string Path)[]> Own = new()
    {
        ["carl"] =
        [
            ("compliance-home", "/"), ("compliance-models", "/models?lens=protection"), ("compliance-overview", $"{Version}/overview"), ("compliance-explain", $"{Version}/explain"),
            ("compliance-evidence", $"{Version}/evidence"), ("compliance-sign-off", $"{Version}/sign-off"), ("compliance-history", $"{Version}/history"), ("compliance-audits", "/audits"),
            ("compliance-policies", "/policies"), ("compliance-reports", $"{Version}/reports"), ("compliance-alerts", "/alerts"),
        ],
        ["olive"] =
        [
            ("new-model", "/models/new"), ("new-ensemble", "/models/hmda_fair/ensembles/new"), ("new-version", "/models/hmda_fair/versions/new"), ("new-dataset", "/datasets/new"), ("owned", "/models/hmda_fair"),
            ("owned-protection", "/models/hmda_fair/versions/1/protection"), ("owned-access", "/models/hmda_fair/access"), ("mitigation", $"{Version}/mitigation"),
        ],
        ["rita"] =
        [
            // What is computed while one looks is seen in full by EffectsTests, ExplorerTests, MitigationPageTests and WeakCohortsTests; here one as it begins.
            ("what-if", $"{Version}/what-if"), ("thresholds", $"{Version}/thresholds?cut=0.4"), ("residuals", $"{Version}/residuals"),
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

    public static TheoryData<string> Owners() => [.. Own.Keys];

    [SkippableTheory]
    [MemberData(nameof(Owners))]
    public async Task Every_page_of_ones_own_is_sound(string user)
    {
        await using WatchedPage visit = await chromium.OpenAsync(portal.Address);
        await visit.SignInAsync(portal, user);
        AssertNone(await FindFaultsAsync(visit, Own[user]));
    }

    // Pages whose address only a list knows: the list, and the link that leads to one.
    private static readonly (string Name, string List, string Link)[] Details =
    [
        ("alert", "/alerts", "main a[href^='/alerts/']"), ("deployment", "/deployments", "main a.name[href^='/deployments/']"),
        ("schedule", "/audits", "main .table a[href^='/audits/schedules/']:not([href$='new'])"),
        ("watched-window", $"{Watched}/monitoring?days=0", "main .windows li:nth-child(20) a"),
    ];

    [SkippableFact]
    public async Task Every_page_that_a_list_leads_to_is_sound()
    {
        await using WatchedPage visit = await chromium.OpenAsync(portal.Address);
        await visit.SignInAsync(portal, "otto");

        List<(string Name, string Path)> pages = [];
        foreach ((string name, string list, string link) in Details)
        {
            await visit.GoAsync(list);
            pages.Add((name, await visit.Page.Locator(link).First.GetAttributeAsync("href") ?? ""));
        }

        AssertNone(await FindFaultsAsync(visit, pages));
    }

    private static async Task<List<string>> FindFaultsAsync(WatchedPage visit, IReadOnlyList<(string Name, string Path)> pages)
    {
        List<string> faults = [];
        for (int page = 0; page < pages.Count; page++)
        {
            // Every second page is opened narrow, so that both ways of coming to a width are walked.
            (int Width, ColorScheme Scheme)[] looks = int.IsEvenInteger(page) ? Looks.Both : [.. Looks.Both.Reverse()];
            await visit.SeeAsync(looks[0].Width, looks[0].Scheme);
            await visit.GoAsync(pages[page].Path);
            faults.AddRange(await visit.FindFaultsAsync(pages[page].Name, looks));
        }

        return faults;
    }

    private static void AssertNone(List<string> faults) => Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
}
