using System.Net;
using AngleSharp.Html.Dom;
using Governance.Registry.Evidence;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Audits;

/// <summary>Audits by spec in the portal, and what becomes of their evidence.</summary>
[Collection(PortalTests.Name)]
public sealed class SpecPageTests(SamplePortal portal)
{
    private const string Spec = """
        governance: audit/1
        name: quarterly
        model: { file: model.onnx }
        data: { evaluation: { file: hmda-test.csv }, background: { file: march.csv, rows: 20 } }
        cohorts: { single: "single = 'yes'" }
        fairness: { attributes: [afam] }
        gates:
          - { id: groups, metric: fairness.selection_rate, attribute: afam, group: "yes", atLeast: 0.5 }
          - { id: singles, metric: performance.roc_auc, cohort: single, atLeast: 0.6 }
        """;

    [Fact]
    public async Task A_pasted_spec_is_audited_sealed_shown_in_two_registers_and_reproduced()
    {
        ModelVersionId version = await portal.RegisterAsync("by_spec", "hmda_biased");
        using SignedInClient rita = await portal.SignInAsync("rita");
        string page = "/models/by_spec/versions/1/audit-spec";

        IHtmlDocument refused = await rita.SubmitAsync(page, "#spec", ("Form.Text", Spec));
        Assert.Contains("The spec takes the file 'march.csv' as 'background'", refused.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        IHtmlDocument wrong = await rita.SubmitAsync(page, "#spec", ("Form.Text", Spec.Replace("gates:", "gate:", StringComparison.Ordinal)));
        Assert.Contains("line 7, column 1: a spec has no key 'gate' (did you mean 'gates'?)", wrong.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);

        await rita.SubmitAsync(page, "#spec", ("Form.Text", Spec), ("Form.Background", "hmda-train"));
        EvidenceRecord record = await SealedAsync(version, "quarterly");

        // The policy pack judges besides the spec's own limits.
        Assert.True(record is { Breaches: >= 2, Meets: >= 1 });
        string address = $"/models/by_spec/versions/1/evidence/{record.Id}";
        IHtmlDocument plain = await rita.GetAsync(address);
        IHtmlDocument technical = await rita.GetAsync(address + "?register=technical");
        Assert.Contains("It breaches the limit of at least 0.50.", plain.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("in the cohort single", plain.Body.TextContent, StringComparison.Ordinal);
        Assert.Contains("selection_rate of afam = yes = 0.259, 95 % CI", technical.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("version: \"by_spec/1\"", await rita.DownloadAsync(address + "/spec.yaml"), StringComparison.Ordinal);
        Assert.Contains("by_spec v1:", await rita.DownloadAsync(address + "/report.html"), StringComparison.Ordinal);

        await rita.SubmitAsync(address, "#reproduce button", []);
        EvidenceRecord again = await SealedAsync(version, $"Reproduction of {record.Findings.Hex[..8]}");
        Assert.False(again.Decides);
        Assert.Contains("The same to the last bit", (await rita.GetAsync(address)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("the same to the last bit", (await rita.GetAsync($"/models/by_spec/versions/1/evidence/{again.Id}")).QuerySelector("#item")!.TextContent, StringComparison.Ordinal);
    }

    // The text that the page begins with is a spec that runs.
    [Fact]
    public async Task The_page_begins_with_a_spec_of_the_data_s_own_columns()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument page = await rita.GetAsync("/models/hmda_fair/versions/1/audit-spec?data=hmda-test");

        string text = ((IHtmlTextAreaElement)page.QuerySelector("#spec")!).Value;
        Audit.Specs.AuditSpec spec = Audit.Specs.ReadSpec.Run(text);
        Assert.Equal("hmda_fair/1", spec.Models[0].Version);
        Assert.Equal(("hmda-test", "hmda-train"), (spec.Evaluation.Dataset, spec.Background!.Dataset));
        Assert.NotEmpty(spec.Measures.Gates);
        Assert.Equal("hmda_fair v1", page.QuerySelector("h1 .ver")!.TextContent);
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("coen")]
    public async Task Who_may_not_run_audits_does_not_see_the_page(string user)
    {
        using SignedInClient client = await portal.SignInAsync(user);

        // Refused by role, with a page that says so, or not there at all.
        Assert.True(
            await client.StatusAsync("/models/hmda_biased/versions/1/audit-spec") == HttpStatusCode.NotFound
            || (await client.GetAsync("/models/hmda_biased/versions/1/audit-spec")).QuerySelector("#spec") is null);
    }

    private async Task<EvidenceRecord> SealedAsync(ModelVersionId version, string title)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(2));
        while (true)
        {
            await using GovernanceDb db = await portal.Services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync(patience.Token);
            if (await db.Evidence.AsNoTracking().FirstOrDefaultAsync(record => record.Version == version && record.Title == title, patience.Token) is { } sealedNow)
            {
                return sealedNow;
            }

            AuditRun? failed = await db.Runs.AsNoTracking().FirstOrDefaultAsync(run => run.Version == version && run.Status == RunStatus.Failed, patience.Token);
            Assert.True(failed is null, failed?.Message);
            await Task.Delay(100, patience.Token);
        }
    }
}
