using AngleSharp.Html.Dom;
using Governance.Audit.Registrations;
using Governance.Audit.Variants;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Variants;

[Collection(PortalTests.Name)]
public sealed class VariantPageTests(SamplePortal portal)
{
    private const string Page = "/models/variant_probe/versions/1/variants";

    [Fact]
    public async Task A_variant_asked_for_on_the_page_becomes_a_version_with_parent_encoding_and_sealed_recipe()
    {
        ModelVersionId parent = await RegisterAsync();
        using SignedInClient dev = await portal.SignInAsync("dev");
        using SignedInClient aude = await portal.SignInAsync("aude");
        IHtmlDocument before = await dev.GetAsync(Page);

        IHtmlDocument refused = await dev.SubmitAsync(Page, "#variant-recipe", ("Form.Recipe", "int8-static"));
        await dev.SubmitAsync(Page, "#variant-recipe", ("Form.Recipe", "int8-dynamic"), ("Form.Exclude", "nothing"));
        AuditRun failed = await OverAsync(parent, 1);
        IHtmlDocument told = await dev.GetAsync(Page);
        await dev.SubmitAsync(Page, "#variant-recipe", ("Form.Recipe", "int8-dynamic"));
        AuditRun made = await OverAsync(parent, 2);
        IHtmlDocument page = await dev.GetAsync(Page);
        IHtmlDocument read = await aude.GetAsync(Page);

        Assert.Contains("No variant was made of this version yet", before.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("needs a data set", refused.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal((RunStatus.Failed, "The model has no node 'nothing' that could be left as it is."), (failed.Status, failed.Message));
        Assert.Contains("no node 'nothing'", told.Body!.TextContent, StringComparison.Ordinal);
        Assert.True(made.Status == RunStatus.Sealed, $"{made.Status}: {made.Message}");
        await using GovernanceDb db = await portal.Services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        VersionParent link = await db.VersionParents.AsNoTracking().SingleAsync(row => row.Parent == parent);
        ModelVersion child = await db.Versions.AsNoTracking().SingleAsync(row => row.Id == link.Child);
        ModelVersion given = await db.Versions.AsNoTracking().SingleAsync(row => row.Id == parent);
        EvidenceRecord evidence = await db.Evidence.AsNoTracking().SingleAsync(row => row.Run == made.Id);
        Assert.Equal((ParentKind.QuantisedFrom, 2, given.Encoding, Stage.Draft), (link.Kind, child.Number, child.Encoding, child.Stage));
        Assert.StartsWith("INT8, dynamic: each row on its own scale", child.Note, StringComparison.Ordinal);
        Assert.False(evidence.Decides);
        Assert.NotNull(page.QuerySelector("table a[href='/models/variant_probe/versions/2']"));
        Assert.NotNull(page.QuerySelector("table a[href='/models/variant_probe/versions/2/battery']"));
        Assert.Null(read.QuerySelector("#variant-recipe"));
        Assert.Contains("quantised from v1", (await dev.GetAsync("/models?q=variant_probe")).QuerySelector("tbody tr")!.TextContent, StringComparison.Ordinal);
        IHtmlDocument sealedPage = await aude.GetAsync(page.QuerySelector("table a[href*='/evidence/']")!.GetAttribute("href")!);
        Assert.Contains("nodes changed", sealedPage.QuerySelector("section[aria-labelledby=variant-made]")!.TextContent, StringComparison.Ordinal);
    }

    // A process that dies between registering the child and sealing its run leaves a version without evidence, and a run that is
    // done again: it must find that version and not make another one.
    [Fact]
    public async Task A_version_that_a_process_left_behind_before_it_sealed_is_found_again_and_sealed()
    {
        ModelVersionId parent = await RegisterAsync("variant_twin");
        (byte[] file, byte[] encoding) = await FilesAsync();
        byte[] made = MakeVariant.Run(file, new VariantRecipe { Kind = VariantKind.Int8Dynamic }, null, null, default).Model;
        ModelVersion left = Assert.IsType<RegisterVersionOutcome.Registered>(await portal.Services.GetRequiredService<AdmitVersion>().RunAsync(
            Actor.Person(portal["dev"]), "variant_twin", made, encoding, "Left behind.", [(parent, ParentKind.QuantisedFrom)], default)).Version;
        using SignedInClient dev = await portal.SignInAsync("dev");

        await dev.SubmitAsync("/models/variant_twin/versions/1/variants", "#variant-recipe", ("Form.Recipe", "int8-dynamic"));
        AuditRun run = await OverAsync(parent, 1);

        Assert.True(run.Status == RunStatus.Sealed, $"{run.Status}: {run.Message}");
        await using GovernanceDb db = await portal.Services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        Assert.Equal(left.Id, (await db.VersionParents.AsNoTracking().SingleAsync(row => row.Parent == parent)).Child);
        IHtmlDocument page = await dev.GetAsync("/models/variant_twin/versions/1/variants");
        Assert.NotNull(page.QuerySelector("table a[href='/models/variant_twin/versions/2']"));
        Assert.NotNull(page.QuerySelector("table a[href*='/evidence/']"));
    }

    private async Task<ModelVersionId> RegisterAsync(string name = "variant_probe")
    {
        Actor owner = Actor.Person(portal["dev"]);
        await portal.Services.GetRequiredService<RegisterModel>().RunAsync(owner, new NewModel(name, "Variants", "Reads digits.", RiskTier.Low), default);
        (byte[] file, byte[] encoding) = await FilesAsync();
        RegisterVersionOutcome outcome = await portal.Services.GetRequiredService<AdmitVersion>().RunAsync(owner, name, file, encoding, null, [], default);
        return Assert.IsType<RegisterVersionOutcome.Registered>(outcome).Version.Id;
    }

    private static async Task<(byte[] File, byte[] Encoding)> FilesAsync()
    {
        string folder = Path.Combine(Governance.Tests.Reference.Repository, "samples", "models", "digits_cnn");
        return (await File.ReadAllBytesAsync(Path.Combine(folder, "model.onnx")), await File.ReadAllBytesAsync(Path.Combine(folder, "manifest.json")));
    }

    // The run that was asked for as the given one in order.
    private Task<AuditRun> OverAsync(ModelVersionId version, int number) =>
        portal.Services.EndedAsync(runs => runs.Where(run => run.Version == version).OrderBy(run => run.RequestedAt).Skip(number - 1));
}
