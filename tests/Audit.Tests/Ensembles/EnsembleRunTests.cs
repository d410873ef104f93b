using System.Text.Json;
using Governance.Audit.Candidates;
using Governance.Audit.Data;
using Governance.Audit.Ensembles;
using Governance.Audit.Registrations;
using Governance.Audit.Runs;
using Governance.Audit.Tests.Quarantine;
using Governance.Registry;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Audit.Tests.Ensembles;

/// <summary>From a recipe to a registered version, its audit and a recorded choice, on a real database and store.</summary>
public sealed class EnsembleRunTests : IAsyncLifetime
{
    private static readonly string Samples = Path.Combine(Reference.Repository, "samples");

    private readonly string folder = Directory.CreateTempSubdirectory("governance-ensembles-").FullName;
    private readonly List<ModelVersionId> members = [];
    private ServiceProvider services = null!;
    private Actor owner = null!;
    private Actor other = null!;

    public async Task InitializeAsync()
    {
        ServiceCollection collection = new();
        collection.AddLogging();
        collection.AddRegistry(new RegistryOptions { DataFolder = Path.Combine(folder, "data"), KeyFile = Path.Combine(folder, "kek") });
        collection.AddAudit(GivenQuarantine.Options);
        services = collection.BuildServiceProvider();
        await Get<MigrateDatabase>().RunAsync(default);
        owner = await PersonAsync("olive", Role.Developer);
        other = await PersonAsync("rita", Role.Reviewer);
        byte[] csv = await File.ReadAllBytesAsync(Path.Combine(Samples, "hmda", "test.csv"));
        Assert.IsType<RegisterDatasetOutcome.Registered>(await Get<AdmitDataset>().RunAsync(owner, "hmda-test", "Mortgages", csv, Columns, "yes", "no", default));
        await Get<RegisterModel>().RunAsync(owner, new NewModel("hmda", "HMDA", "Mortgage denial.", RiskTier.Medium), default);
        await Get<GrantAccess>().RunAsync(Actor.System, other.User!.Value, "hmda", GrantExtras.None, default);
        foreach (string sample in (string[])["hmda_biased", "hmda_fair"])
        {
            string model = Path.Combine(Samples, "models", sample);
            members.Add(Assert.IsType<RegisterVersionOutcome.Registered>(await Get<AdmitVersion>().RunAsync(
                owner, "hmda", await File.ReadAllBytesAsync(Path.Combine(model, "model.onnx")),
                await File.ReadAllBytesAsync(Path.Combine(model, "manifest.json")), null, [], default)).Version.Id);
        }
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_run_registers_the_ensemble_with_its_members_as_parents_and_an_audit_of_it_measures_disagreement()
    {
        EnsembleRecipe recipe = new() { Model = "hmda", Members = ["hmda/1", "hmda/2"], Combination = Combination.Average, Data = "hmda-test" };

        RegisteredEnsemble made = (await SealedAsync(await Get<RequestEnsemble>().RunAsync(owner, recipe, default))).Ensemble!;

        Assert.Equal("hmda/3", made.Version);
        Assert.Equal(476, made.Report.Judged!.Rows);
        ModelVersionId id;
        await using (GovernanceDb db = await DbAsync())
        {
            ModelVersion version = await db.Versions.SingleAsync(row => row.Number == 3);
            id = version.Id;
            Assert.Equal((Stage.Draft, owner.User, made.Report.Sha256), (version.Stage, (UserId?)version.Author, version.Artifact.Hex));
            VersionParent[] parents = await db.VersionParents.Where(row => row.Child == id).ToArrayAsync();
            Assert.Equal(members.Select(member => member.Value).Order(), parents.Select(parent => parent.Parent.Value).Order());
            Assert.All(parents, parent => Assert.Equal(ParentKind.EnsembleOf, parent.Kind));
        }

        FindingsDocument audited = await SealedAsync(await Get<RequestAudit>().RunAsync(
            owner, id, new AuditOptions { Name = "Audit", Evaluation = "hmda-test", Background = "hmda-test", Explanation = new ExplanationOptions { Rows = 0 } }, default));

        // The same rows, once judged by the maker and once by the audit of the registered file.
        Assert.Equal(made.Report.Judged.Disagreement.Bins.Select(bin => (bin.Count, bin.Errors)), audited.Disagreement!.Bins.Select(bin => (bin.Count, bin.Errors)));
        Assert.Equal(audited.Performance!.Metrics["error_rate"]!.Value, audited.Disagreement.Bins.Sum(bin => bin.Errors!.Value) / 476.0, 1e-12);
        Assert.IsType<LedgerVerdict.Holds>(await Get<VerifyLedger>().RunAsync(default));

        // The same recipe again makes nothing new.
        Assert.Equal("hmda/3", (await SealedAsync(await Get<RequestEnsemble>().RunAsync(owner, recipe, default))).Ensemble!.Version);
    }

    [Fact]
    public async Task Who_may_not_register_versions_and_recipes_that_cannot_be_are_refused()
    {
        EnsembleRecipe recipe = new() { Model = "hmda", Members = ["hmda/1", "hmda/2"], Combination = Combination.Average };

        Assert.IsType<StartRunOutcome.Refused>(await Get<RequestEnsemble>().RunAsync(other, recipe, default));
        Assert.Contains("at least two", Sentence(await Get<RequestEnsemble>().RunAsync(owner, recipe with { Members = ["hmda/1"] }, default)));
        Assert.Contains("learns from labelled rows", Sentence(await Get<RequestEnsemble>().RunAsync(owner, recipe with { Combination = Combination.Stacking }, default)));
        Assert.Contains("no data set", Sentence(await Get<RequestEnsemble>().RunAsync(owner, recipe with { Data = "none" }, default)));
        Assert.IsType<StartRunOutcome.NoSuchVersion>(await Get<RequestEnsemble>().RunAsync(owner, recipe with { Members = ["hmda/1", "hmda/9"] }, default));
    }

    [Fact]
    public async Task A_choice_is_sealed_with_its_reason_and_what_stood_beside_it()
    {
        CandidateChoice choice = new()
        {
            Chosen = "hmda/2",
            Reason = "Its impact ratio is higher at the same accuracy.",
            Data = "hmda-test",
            DataDigest = new string('0', 64),
            Metrics = [new CandidateMetric("accuracy", false)],
            Among =
            [
                new ChosenAmong("hmda/1", new string('1', 64), null, null, true, FrontPlace.Dominated, ["hmda/2"], null, new Dictionary<string, CandidateFigure> { ["accuracy"] = new(0.8, [0.79, 0.81]) }),
                new ChosenAmong("hmda/2", new string('2', 64), null, null, false, FrontPlace.Front, [], null, new Dictionary<string, CandidateFigure> { ["accuracy"] = new(0.9, [0.89, 0.91]) }),
            ],
        };

        FindingsDocument document = await SealedAsync(await Get<RequestChoice>().RunAsync(owner, members[1], choice, default));

        Assert.Equal(choice.Reason, document.Choice!.Reason);
        Assert.Equal(["hmda/2"], document.Choice.Among[0].By);
        Assert.Equal(FrontPlace.Dominated, document.Choice.Among[0].Place);
        Assert.Empty(document.Findings);
        await using GovernanceDb db = await DbAsync();
        Assert.False((await db.Evidence.SingleAsync()).Decides);
        Assert.IsType<StartRunOutcome.Refused>(await Get<RequestChoice>().RunAsync(other, members[1], choice, default));
        Assert.Contains("Say why", Sentence(await Get<RequestChoice>().RunAsync(owner, members[1], choice with { Reason = " " }, default)));
    }

    private static IReadOnlyList<DatasetColumn> Columns(Table table) =>
        [.. table.Columns.Select(column => new DatasetColumn(column.Name, column is NumberColumn ? ColumnKind.Numeric : ColumnKind.Categorical,
            column.Name == "deny" ? ColumnRole.Label : ColumnRole.Feature))];

    private static string Sentence(StartRunOutcome outcome) => Assert.IsType<StartRunOutcome.Refused>(outcome).Reason.Sentence;

    private async Task<Actor> PersonAsync(string name, Role role) => Actor.Person(Assert.IsType<AddUserOutcome.Added>(await Get<AddUser>().RunAsync(
        Actor.System, new NewUser(name, name, $"a password of {name}", new HashSet<Role> { role }), default)).Person.Id);

    private async Task<FindingsDocument> SealedAsync(StartRunOutcome outcome)
    {
        Assert.True(outcome is StartRunOutcome.Queued, outcome is StartRunOutcome.Refused { Reason.Sentence: var why } ? why : outcome.ToString());
        AuditRun run = (await Get<ClaimRun>().RunAsync(default))!;
        SealOutcome.Sealed result = Assert.IsType<SealOutcome.Sealed>(await Get<RunAudit>().RunAsync(run, 1, new NoProgress(), default));
        return JsonSerializer.Deserialize<FindingsDocument>(await Get<ArtifactStore>().ReadAsync(result.Evidence.Findings, default), ReportJson.Options)!;
    }

    private T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    private async Task<GovernanceDb> DbAsync() => await Get<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();

    private sealed class NoProgress : IRunProgress
    {
        public void Report(string stage, long done, long total)
        {
        }
    }
}
