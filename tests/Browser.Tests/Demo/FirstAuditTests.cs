using System.Diagnostics;
using System.Text.RegularExpressions;
using Governance.Browser.Tests.Browsing;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Demo;

/// <summary>The first audit: what a reviewer sees, whom the rules refuse, and how a version is signed off.</summary>
[Collection(BrowserTests.Name)]
public sealed partial class FirstAuditTests(Chromium chromium, DemoPortal portal)
{
    private const string Biased = "/models/hmda_biased/versions/1";
    private const string Fair = "/models/hmda_fair/versions/1";

    // The impact ratio is the figure of samples/models/expected_metrics.json: 0.267.
    [SkippableFact]
    public async Task A_reviewer_sees_the_disparity_of_the_biased_model()
    {
        await using WatchedPage page = await chromium.SignInAsync(portal, "rita");
        await page.GoAsync($"{Biased}/fairness");

        string text = await page.TextAsync();

        Assert.Contains("0.267", text, StringComparison.Ordinal);
        Assert.Contains("Breaches", text, StringComparison.Ordinal);
        Assert.Contains("A flag is a disparity to investigate, not proof of discrimination.", text, StringComparison.Ordinal);
        Assert.Empty(page.Faults);
    }

    [SkippableFact]
    public async Task A_reviewer_sees_that_race_moves_the_biased_model_most()
    {
        await using WatchedPage page = await chromium.SignInAsync(portal, "rita");
        await page.GoAsync($"{Biased}/explain");

        ILocator bars = page.Page.Locator("gov-plot").Nth(1);
        IReadOnlyList<string> features = await page.Page.Locator("table").Filter(new() { HasText = "Places open" }).First
            .Locator("tbody tr").EvaluateAllAsync<string[]>("rows => rows.slice(0, 3).map(row => row.textContent)");

        Assert.Contains(features, row => row.Contains("afam", StringComparison.Ordinal));
        Assert.True(await bars.IsVisibleAsync());
        Assert.Empty(page.Faults);
    }

    [SkippableFact]
    public async Task The_author_of_the_biased_model_is_refused_in_words()
    {
        await using WatchedPage page = await chromium.SignInAsync(portal, "olive");
        await page.GoAsync($"{Biased}/sign-off");

        string text = await page.TextAsync();

        Assert.Contains("You are the author of this version", text, StringComparison.Ordinal);
        Assert.Equal(0, await page.Page.GetByRole(AriaRole.Button, new() { Name = "Sign the decision" }).CountAsync());
    }

    [SkippableFact]
    public async Task Three_accounts_take_the_fair_model_to_approved_and_the_ledger_verifies()
    {
        await using (WatchedPage developer = await chromium.SignInAsync(portal, "dev"))
        {
            await developer.GoAsync($"{Fair}/sign-off");
            await developer.Page.GetByLabel("What reviewers should know").FillAsync("Trained on reweighed rows.");
            await developer.Page.GetByRole(AriaRole.Button, new() { Name = "Submit for review" }).ClickAsync();
            await Assertions.Expect(developer.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("Devi Rao");
        }

        await using (WatchedPage reviewer = await chromium.SignInAsync(portal, "rita"))
        {
            await reviewer.GoAsync($"{Fair}/sign-off");
            await reviewer.Page.GetByLabel("Reviewed, no objection").CheckAsync();
            await reviewer.Page.GetByLabel("Rationale").FillAsync("The ranks of the attributions agree with what underwriters expect.");
            await reviewer.Page.GetByRole(AriaRole.Button, new() { Name = "Record the review" }).ClickAsync();
            await Assertions.Expect(reviewer.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("underwriters expect");
        }

        await using (WatchedPage approver = await chromium.SignInAsync(portal, "carl"))
        {
            await approver.GoAsync($"{Fair}/sign-off");
            await approver.Page.GetByRole(AriaRole.Link, new() { Name = "Confirm that it is you" }).First.ClickAsync();
            await approver.Page.GetByLabel("Password").FillAsync(portal.PasswordOf("carl"));
            await approver.Page.GetByRole(AriaRole.Button, new() { Name = "Confirm", Exact = true }).ClickAsync();
            await approver.Page.ArriveAsync(url => !url.Contains("/accounts/", StringComparison.Ordinal));
            foreach (ILocator why in await approver.Page.GetByLabel("Why all the same").AllAsync())
            {
                await why.FillAsync("More rows are needed to decide; the ratio is looked at each month.");
            }

            await approver.Page.GetByRole(AriaRole.Radio, new() { NameRegex = OutrightApproval() }).CheckAsync();
            await approver.Page.GetByLabel("Rationale").FillAsync("Impact ratio and errors looked at; the open lines need more rows.");
            await approver.Page.GetByRole(AriaRole.Button, new() { Name = "Sign the decision" }).ClickAsync();
            await Assertions.Expect(approver.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("1 of 1 approval");

            await approver.GoAsync($"{Fair}/history");
            string history = await approver.TextAsync();
            Assert.Contains("Devi Rao", history, StringComparison.Ordinal);
            Assert.Contains("Rita Brandt", history, StringComparison.Ordinal);
            Assert.Contains("Carl Lindqvist", history, StringComparison.Ordinal);
            Assert.Empty(approver.Faults);
        }

        (int code, string said) = await RunAsync("ledger", "verify", "--data", portal.Data);
        Assert.Equal(0, code);
        Assert.Contains("ok", said, StringComparison.Ordinal);
    }

    [GeneratedRegex("^Approve(?! with)")]
    private static partial Regex OutrightApproval();

    private static async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [DemoPortal.Program, .. arguments])
        {
            RedirectStandardOutput = true,
        })!;
        string said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said);
    }
}
