using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Portal.Tests.CommandLine;
using Governance.Registry;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Mitigations;

/// <summary>From scores to a governed version: by the command line, with the sample model.</summary>
public sealed class RegisterMitigationTests : IAsyncLifetime
{
    private static readonly string Sample = Path.Combine(Reference.Repository, "samples", "models", "hmda_biased");
    private static readonly string Rows = Path.Combine(Reference.Repository, "samples", "hmda", "test.csv");

    private readonly string folder = Directory.CreateTempSubdirectory("governance-mitigated-").FullName;

    private string Data => Path.Combine(folder, "data");

    private string Scores => Path.Combine(folder, "scores.csv");

    public async Task InitializeAsync()
    {
        await using ServiceProvider registry = Services();
        await MigratedDatabase.PlaceAsync(registry.GetRequiredService<RegistryOptions>());
        await registry.GetRequiredService<MigrateDatabase>().RunAsync(default);
        foreach (string name in (string[])["dev", "dev2"])
        {
            await registry.GetRequiredService<AddUser>().RunAsync(
                Actor.System, new NewUser(name, name, "correct horse battery", new HashSet<Role> { Role.Developer }), default);
        }

        await RunAsync("model", "add", "loans", "--purpose", "Decides on loans.", "--tier", "High", "--as", "dev", "--data", Data);
        Assert.Equal(0, (await RunAsync("version", "add", "loans", Model, "--encoding", Manifest, "--as", "dev", "--data", Data)).Code);
        await WriteScoresAsync(score => score);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Thresholds_become_a_version_that_decides_by_them()
    {
        CommandRun run = await MitigateAsync("--register", "loans", "--as", "dev");

        Assert.Equal(("", 0), (run.Error, run.Code));
        JsonElement registered = run.Json.GetProperty("registered");
        Assert.Equal(2, registered.GetProperty("number").GetInt32());
        await using ServiceProvider registry = Services();
        await using GovernanceDb db = await registry.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        ModelVersion[] versions = await db.Versions.OrderBy(version => version.Number).ToArrayAsync();
        Assert.Equal(versions[0].Artifact, versions[1].Artifact);
        Assert.NotEqual(versions[0].Encoding, versions[1].Encoding);
        VersionParent parent = Assert.Single(await db.VersionParents.ToArrayAsync());
        Assert.Equal((versions[0].Id, ParentKind.PostProcessedFrom), (parent.Parent, parent.Kind));
        Assert.Equal(2, await db.Ledger.CountAsync(entry => entry.Action == "version.registered"));
        Assert.IsType<LedgerVerdict.Holds>(await registry.GetRequiredService<VerifyLedger>().RunAsync(default));

        byte[] encoding = await registry.GetRequiredService<ArtifactStore>().ReadAsync(versions[1].Encoding!.Value, default);
        GroupThresholds step = ModelEncoding.Read(encoding).GroupThresholds!;
        Assert.Equal(
            run.Json.GetProperty("thresholds").EnumerateArray().Select(rule => rule.GetProperty("group").GetString()), step.Groups.Select(rule => rule.Group));

        // What the version decides is what the rules say of its own scores.
        string file = Path.Combine(folder, "encoding.json");
        await File.WriteAllBytesAsync(file, encoding);
        JsonElement inferred = (await RunAsync("infer", Model, "--data", Rows, "--encoding", file)).Json;
        string[] decided = [.. inferred.GetProperty("decisions").GetProperty("values").EnumerateArray().Select(value => value.GetString()!)];
        Table table = Read(Rows);
        double[] scores = Probabilities(inferred);
        GroupRule?[] rules = step.RulesOf(table);
        Assert.Equal(decided, scores.Select((score, row) => rules[row]!.Probability(score) >= 1 ? "yes" : "no"));
    }

    [Fact]
    public async Task Rules_of_a_file_are_registered_with_the_model_file()
    {
        string rules = Path.Combine(folder, "rules.json");
        Assert.Equal(0, (await MitigateAsync("--out", rules)).Code);

        CommandRun run = await RunAsync(
            "version", "add", "loans", Model, "--encoding", Manifest, "--mitigation", rules, "--parent", "loans/1=PostProcessedFrom", "--as", "dev", "--data", Data);
        CommandRun bare = await RunAsync("version", "add", "loans", Model, "--mitigation", rules, "--as", "dev", "--data", Data);
        CommandRun again = await MitigateAsync("--register", "loans/1", "--as", "dev");

        Assert.Equal(("", 0), (run.Error, run.Code));
        Assert.StartsWith("--mitigation needs --encoding", bare.Error, StringComparison.Ordinal);
        Assert.StartsWith("Version 2 of this model is exactly the same.", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scores_of_another_model_are_refused()
    {
        await WriteScoresAsync(score => Math.Min(1, score + 0.01));

        CommandRun run = await MitigateAsync("--register", "loans", "--as", "dev");

        Assert.Equal(2, run.Code);
        Assert.StartsWith("The scores are not this model's: Data row 1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_may_not_see_or_register_is_refused()
    {
        Assert.StartsWith("There is no version of 'loans'", (await MitigateAsync("--register", "loans", "--as", "dev2")).Error, StringComparison.Ordinal);
        Assert.StartsWith("There is no version 9 of 'loans'", (await MitigateAsync("--register", "loans/9", "--as", "dev")).Error, StringComparison.Ordinal);
        Assert.StartsWith("There is no account 'nobody'", (await MitigateAsync("--register", "loans", "--as", "nobody")).Error, StringComparison.Ordinal);
    }

    private static string Model => Path.Combine(Sample, "model.onnx");

    private static string Manifest => Path.Combine(Sample, "manifest.json");

    private static Table Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return CsvTable.Read(stream, default);
    }

    private static double[] Probabilities(JsonElement inferred)
    {
        JsonElement output = inferred.GetProperty("outputs").EnumerateArray().First(output => output.GetProperty("shape").GetArrayLength() == 2 && output.GetProperty("shape")[1].GetInt32() == 2);
        return [.. output.GetProperty("values").EnumerateArray().Select(row => row[1].GetDouble())];
    }

    private static Task<CommandRun> RunAsync(params string[] args) => CommandRun.OfAsync([.. args, "--json", "-", "--quiet", "--provider", "cpu"]);

    private Task<CommandRun> MitigateAsync(params string[] more) => RunAsync(
        ["mitigate", Scores, "--label", "deny", "--positive", "yes", "--favourable", "no", "--score", "score", "--protected", "afam",
            "--method", "threshold", "--decisions", "deterministic", "--data", Data, .. more]);

    private async Task WriteScoresAsync(Func<double, double> change)
    {
        double[] scores = Probabilities((await RunAsync("infer", Model, "--data", Rows, "--encoding", Manifest)).Json);
        Table table = Read(Rows);
        await using StreamWriter writer = new(Scores);
        new CsvWriter(writer).Table(new Table([.. table.Columns, new NumberColumn("score", [.. scores.Select(change)])]));
    }

    private ServiceProvider Services() => new ServiceCollection().AddRegistry(new RegistryOptions { DataFolder = Data }).BuildServiceProvider();
}
