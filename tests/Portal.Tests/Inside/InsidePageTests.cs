using AngleSharp.Html.Dom;
using Governance.Audit.Registrations;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Inside;

/// <summary>A student made and a look inside taken in the portal: who sees what of them.</summary>
[Collection(PortalTests.Name)]
public sealed class InsidePageTests(SamplePortal portal)
{
    private const string Page = "/models/inside_probe/versions/1/variants";

    [Fact]
    public async Task A_look_inside_is_sealed_without_findings_and_its_terms_are_for_those_who_see_coefficients()
    {
        ModelVersionId version = await RegisterAsync();
        using SignedInClient dev = await portal.SignInAsync("dev");
        using SignedInClient aude = await portal.SignInAsync("aude");
        Assert.Null((await aude.GetAsync(Page)).QuerySelector("#inside-data"));

        await dev.SubmitAsync(Page, "#inside-data", ("Form.Data", "hmda-test"));
        AuditRun look = await OverAsync(version, 1);
        await dev.SubmitAsync(Page, "#variant-recipe", ("Form.Recipe", "distil"), ("Form.Data", "hmda-train"), ("Form.Student", "Tree"));
        AuditRun made = await OverAsync(version, 2);

        Assert.True(look.Status == RunStatus.Sealed, look.Message);
        Assert.True(made.Status == RunStatus.Sealed, made.Message);
        await using GovernanceDb db = await Databases().CreateDbContextAsync();
        EvidenceRecord record = await db.Evidence.AsNoTracking().SingleAsync(row => row.Run == look.Id);
        VersionParent link = await db.VersionParents.AsNoTracking().SingleAsync(row => row.Parent == version);
        Assert.False(record.Decides);
        Assert.Equal(ParentKind.DistilledFrom, link.Kind);

        IHtmlDocument owner = await dev.GetAsync(Page);
        string inside = owner.QuerySelector("section[aria-labelledby=inside-title]")!.TextContent;
        Assert.Contains("rows held out as the model does", inside, StringComparison.Ordinal);
        Assert.Contains("is at most", inside, StringComparison.Ordinal);
        Assert.Contains("Without protection", inside, StringComparison.Ordinal);
        Assert.Contains("Boosting: each tree corrects those before it", inside, StringComparison.Ordinal);
        Assert.True(owner.QuerySelectorAll("gov-plot").Length >= 3);

        string auditor = (await aude.GetAsync(Page)).QuerySelector("section[aria-labelledby=inside-title]")!.TextContent;
        Assert.Contains("rows held out as the model does", auditor, StringComparison.Ordinal);
        Assert.DoesNotContain("is at most", auditor, StringComparison.Ordinal);
        Assert.Contains("only the model’s owner and its reviewers", auditor, StringComparison.Ordinal);
        string address = $"/models/inside_probe/versions/1/evidence/{record.Id}";
        Assert.Contains("\"conditions\"", await dev.DownloadAsync($"{address}/findings.json"), StringComparison.Ordinal);
        Assert.DoesNotContain("\"conditions\"", await aude.DownloadAsync($"{address}/findings.json"), StringComparison.Ordinal);

        string student = (await aude.GetAsync(owner.QuerySelector("table a[href*='/evidence/']")!.GetAttribute("href")!)).Body!.TextContent;
        Assert.Contains("Rows decided as the model does", student, StringComparison.Ordinal);
        Assert.Contains("rows that it did not learn from", student, StringComparison.Ordinal);
    }

    private async Task<ModelVersionId> RegisterAsync()
    {
        Actor owner = Actor.Person(portal["dev"]);
        await portal.Services.GetRequiredService<RegisterModel>().RunAsync(owner, new NewModel("inside_probe", "Inside", "Estimates denials.", RiskTier.Low), default);
        string folder = Path.Combine(Governance.Tests.Reference.Repository, "samples", "models", "hmda_gbt");
        RegisterVersionOutcome outcome = await portal.Services.GetRequiredService<AdmitVersion>().RunAsync(
            owner, "inside_probe", await File.ReadAllBytesAsync(Path.Combine(folder, "model.onnx")),
            await File.ReadAllBytesAsync(Path.Combine(folder, "manifest.json")), null, [], default);
        return Assert.IsType<RegisterVersionOutcome.Registered>(outcome).Version.Id;
    }

    private IDbContextFactory<GovernanceDb> Databases() => portal.Services.GetRequiredService<IDbContextFactory<GovernanceDb>>();

    private Task<AuditRun> OverAsync(ModelVersionId version, int number) =>
        portal.Services.EndedAsync(runs => runs.Where(run => run.Version == version).OrderBy(run => run.RequestedAt).Skip(number - 1));
}
