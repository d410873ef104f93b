using System.Net;
using AngleSharp.Html.Dom;
using Governance.Audit.Runs;
using Governance.Portal.Tests.Answers;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.SignOffs;

/// <summary>Lines of the checklist follow what people do in a real portal.</summary>
[Collection(PortalTests.Name)]
public sealed class ChecklistFactsPageTests(SamplePortal portal)
{
    [Fact]
    public async Task Lines_follow_alternatives_reproductions_and_answers()
    {
        ModelVersionId version = await portal.RegisterAsync("facts", "hmda_fair");
        await portal.RegisterAsync("facts", "hmda_biased");
        using SignedInClient dev = await portal.SignInAsync("dev");
        const string Page = "/models/facts/versions/1/sign-off";

        IHtmlDocument before = await dev.GetAsync(Page);
        await ReproducedAsync(version);
        (HttpStatusCode answered, _, _) = await AnswerPortal.AskAsync(dev, "facts", "predict", [VoidedAnswerTests.Row()]);
        IHtmlDocument after = await dev.GetAsync(Page);

        Assert.Equal(HttpStatusCode.OK, answered);
        Assert.Contains("2 versions were measured on the same data; this one has score", Line(before, "less-discriminatory"), StringComparison.Ordinal);
        Assert.Matches("explained cases decided against a person, [0-9]+ have a reason", Line(before, "reason-codes"));
        Assert.Contains("A sealed run scored", Line(before, "capacity"), StringComparison.Ordinal);
        Assert.Contains("Latency was not measured yet", Line(before, "capacity"), StringComparison.Ordinal);
        Assert.Contains("was computed again yet", Line(before, "re-scoring"), StringComparison.Ordinal);
        Assert.Contains("Not applicable before approval", Line(before, "monitoring-plan"), StringComparison.Ordinal);

        Assert.Contains("'First audit' was computed again", Line(after, "re-scoring"), StringComparison.Ordinal);
        Assert.Contains("bit for bit the same", Line(after, "re-scoring"), StringComparison.Ordinal);
        Assert.Matches("1 answers since the portal started: half within [0-9.]+ ms", Line(after, "capacity"));
        Assert.StartsWith("Meets", Line(after, "capacity").TrimStart(), StringComparison.Ordinal);
    }

    private static string Line(IHtmlDocument page, string id) => page.QuerySelector($"#line-{id}")!.TextContent;

    private async Task ReproducedAsync(ModelVersionId version)
    {
        EvidenceId evidence;
        await using (GovernanceDb db = await DbAsync())
        {
            evidence = (await db.Evidence.AsNoTracking().SingleAsync(row => row.Version == version)).Id;
        }

        AuditRunId run = Assert.IsType<StartRunOutcome.Queued>(await portal.Services.GetRequiredService<RequestReproduction>()
            .RunAsync(Actor.Person(portal["dev"]), evidence, default)).Run.Id;
        await portal.Services.SealedAsync(runs => runs.Where(each => each.Id == run));
    }

    private Task<GovernanceDb> DbAsync() => portal.Services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
}
