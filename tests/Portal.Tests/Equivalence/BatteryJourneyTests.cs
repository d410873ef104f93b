using AngleSharp.Html.Dom;
using Google.Protobuf;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Registrations;
using Governance.Audit.Runs;
using Governance.Portal.Features.Datasets;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Equivalence;

/// <summary>The whole way of two variants: one that harms a group is stopped by name, an equivalent one inherits the sign-off.</summary>
[Collection(PortalTests.Name)]
public sealed class BatteryJourneyTests(SamplePortal portal)
{
    private const string Model = "battery-parent";
    private const string Data = "hmda-all";

    private static readonly string Samples = Path.Combine(Reference.Repository, "samples");

    [Fact]
    public async Task A_harmful_variant_is_stopped_by_its_group_and_an_equivalent_one_inherits()
    {
        byte[] file = await File.ReadAllBytesAsync(Path.Combine(Samples, "models", "hmda_logreg", "model.onnx"));
        byte[] encoding = CanonicalEncoding.Write(ModelEncoding.Read(await File.ReadAllBytesAsync(Path.Combine(Samples, "models", "hmda_logreg", "manifest.json"))));
        ModelVersionId parent = await ParentAsync(file, encoding);
        ModelProto copy = ModelProto.Parser.ParseFrom(file);
        copy.DocString = "The same graph, written anew.";
        ModelVersionId good = await VariantAsync(copy.ToByteArray(), encoding, parent);
        ModelVersionId bad = await VariantAsync(file, Harsher(encoding), parent);

        using SignedInClient dev = await portal.SignInAsync("dev");
        foreach ((int number, ModelVersionId version) in ((int, ModelVersionId)[])[(2, good), (3, bad)])
        {
            IHtmlDocument before = await dev.GetAsync($"/models/{Model}/versions/{number}/battery");
            Assert.Contains("was not yet compared", before.Body!.TextContent, StringComparison.Ordinal);
            await dev.SubmitAsync($"/models/{Model}/versions/{number}/battery", "#battery-parent", ("Form.Parent", $"{Model}/1"), ("Form.Evaluation", Data), ("Form.Background", "hmda-train"));
            await SealedAsync(version);
        }

        string stopped = (await dev.GetAsync($"/models/{Model}/versions/3/battery")).Body!.TextContent;
        Assert.Contains("for the group afam = yes", stopped, StringComparison.Ordinal);
        Assert.Contains("needs a sign-off of its own", stopped, StringComparison.Ordinal);
        Assert.Equal("not-equivalent", (await InheritAsync(bad) as SignOffOutcome.Refused)?.Reason.Code);

        IHtmlDocument page = await dev.GetAsync($"/models/{Model}/versions/2/battery");
        Assert.Contains("The variant is equivalent by the policy", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("may inherit the sign-off", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Equal(3, page.QuerySelectorAll("gov-plot").Length);
        using SignedInClient carl = await portal.SignInAsync("carl");
        await carl.ConfirmSignatureAsync($"/models/{Model}/versions/2/sign-off");
        Assert.Contains("Inherit the parent’s sign-off", (await carl.GetAsync($"/models/{Model}/versions/2/sign-off")).Body!.TextContent, StringComparison.Ordinal);
        Assert.IsType<SignOffOutcome.Recorded>(await InheritAsync(good));
        Assert.Equal(Stage.Approved, await StageAsync(good));
        Assert.Contains($"{Model}/2 meets all", (await dev.GetAsync($"/models/{Model}/versions/1/sign-off")).Body!.TextContent, StringComparison.Ordinal);
    }

    private async Task<ModelVersionId> ParentAsync(byte[] file, byte[] encoding)
    {
        string[] parts = [.. ((string[])["train", "validation", "test"]).Select(part => File.ReadAllText(Path.Combine(Samples, "hmda", $"{part}.csv")))];
        string rows = parts[0].TrimEnd() + "\n" + string.Concat(parts.Skip(1).Select(part => part[(part.IndexOf('\n', StringComparison.Ordinal) + 1)..].TrimEnd() + "\n"));
        Assert.IsType<RegisterDatasetOutcome.Registered>(await Get<AdmitDataset>().RunAsync(
            Person("dev"), Data, "All sample rows", System.Text.Encoding.UTF8.GetBytes(rows), Columns, "yes", "no", default));
        Assert.IsType<RegisterModelOutcome.Registered>(await Get<RegisterModel>().RunAsync(
            Person("dev"), new NewModel(Model, "Parent", "Estimates whether a mortgage application will be denied.", RiskTier.Medium), default));
        foreach (string user in (string[])["rita", "carl"])
        {
            await Get<GrantAccess>().RunAsync(Actor.System, portal[user], Model, GrantExtras.None, default);
        }

        ModelVersionId parent = await RegisterAsync(file, encoding, []);
        Assert.IsType<StartRunOutcome.Queued>(await Get<RequestAudit>().RunAsync(
            Person("dev"), parent,
            new AuditOptions { Name = "Audit", Evaluation = Data, Background = "hmda-train", Protected = ["afam"], Explanation = new ExplanationOptions { Rows = 0 } }, default));
        await SealedAsync(parent);
        await SubmitAsync(parent);
        Assert.IsType<SignOffOutcome.Recorded>(await SignAsync("rita", parent, Verdict.Reviewed));
        Assert.IsType<SignOffOutcome.Recorded>(await SignAsync("carl", parent, Verdict.Approve));
        Assert.Equal(Stage.Approved, await StageAsync(parent));
        return parent;
    }

    private async Task<ModelVersionId> VariantAsync(byte[] file, byte[] encoding, ModelVersionId parent)
    {
        ModelVersionId version = await RegisterAsync(file, encoding, [(parent, ParentKind.OptimisedFrom)]);
        await SubmitAsync(version);
        return version;
    }

    private async Task<ModelVersionId> RegisterAsync(byte[] file, byte[] encoding, IReadOnlyList<(ModelVersionId, ParentKind)> parents) =>
        Assert.IsType<RegisterVersionOutcome.Registered>(await Get<AdmitVersion>().RunAsync(Person("dev"), Model, file, encoding, null, parents, default)).Version.Id;

    private async Task SubmitAsync(ModelVersionId version) =>
        Assert.IsType<MoveOutcome.Moved>(await Get<MoveVersion>().RunAsync(Person("dev"), version, StageRequest.Submit, "Ready.", default));

    private Task<SignOffOutcome> InheritAsync(ModelVersionId version) => SignAsync("carl", version, Verdict.Inherit);

    private async Task<SignOffOutcome> SignAsync(string user, ModelVersionId version, Verdict verdict)
    {
        SignOffDossier dossier = (await Get<DossierQueries>().OfAsync(version, default))!;
        await using GovernanceDb db = await Contexts().CreateDbContextAsync();
        ModelVersion row = await db.Versions.AsNoTracking().SingleAsync(each => each.Id == version);
        string[] open = [.. dossier.Findings.Where(finding => finding.IsOpen).Select(finding => finding.Id), .. dossier.Register.Where(finding => finding.State == "Open").Select(finding => finding.Id)];
        NewSignOff wanted = new(version, row.Digest, EvidenceRoot.Of(row.Digest, await db.Evidence.AsNoTracking().Where(each => each.Version == version).ToListAsync()), verdict, "It holds.")
        {
            SeenDossier = verdict == Verdict.Reviewed ? null : dossier.Root,
            Waived = verdict == Verdict.Reviewed || open.Length == 0 ? []
                : [new LineWaiver("all", "All lines", Registry.Policies.GateVerdict.Breaches, "Known.", DateTimeOffset.UnixEpoch.AddYears(57), open)],
        };
        return verdict == Verdict.Reviewed
            ? await Get<RecordReview>().RunAsync(Person(user), wanted, default)
            : await Get<RecordDecision>().RunAsync(Person(user), wanted, default);
    }

    private Task<EvidenceRecord> SealedAsync(ModelVersionId version) =>
        portal.Services.SealedAsync(runs => runs.Where(run => run.Version == version).OrderByDescending(run => run.RequestedAt));

    private async Task<Stage> StageAsync(ModelVersionId version)
    {
        await using GovernanceDb db = await Contexts().CreateDbContextAsync();
        return (await db.Versions.AsNoTracking().SingleAsync(each => each.Id == version)).Stage;
    }

    // From a lower probability of denial on, applicants of one group alone are denied.
    private static byte[] Harsher(byte[] encoding)
    {
        System.Text.Json.Nodes.JsonObject json = System.Text.Json.Nodes.JsonNode.Parse(encoding)!.AsObject();
        json["groupThresholds"] = GroupThresholdsJson.Write(new GroupThresholds
        {
            Method = "threshold", Columns = ["afam"], Positive = "yes", Otherwise = 0.5, Key = "k",
            Groups = [new GroupRule("yes", 0, 0, [new ThresholdRule(1, ThresholdOperator.AtLeast, 0.2)])],
        });
        return System.Text.Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    private static IReadOnlyList<DatasetColumn> Columns(Table table) =>
        [.. ColumnGuess.Of(table).Select(column => column.Role == ColumnRole.Protected && column.Name != "afam" ? new DatasetColumn(column.Name, column.Kind, ColumnRole.Feature) : column)];

    private Actor Person(string user) => Actor.Person(portal[user]);

    private T Get<T>() where T : notnull => portal.Services.GetRequiredService<T>();

    private IDbContextFactory<GovernanceDb> Contexts() => Get<IDbContextFactory<GovernanceDb>>();
}
