using Governance.Audit;
using Governance.Audit.Data;
using Governance.Audit.Quarantine;
using Governance.Audit.Registrations;
using Governance.Audit.Runs;
using Governance.Registry;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Bench;

/// <summary>A data folder for the bench "desk": people, data sets, three versions, and the audits that the portal works through.</summary>
internal sealed class DeskData : IAsyncDisposable
{
    /// <summary>The password of everybody here.</summary>
    public const string Password = "correct horse battery";

    private const string TreesExplained = "All rows of the trees explained";
    private const string ValuesExplained = "All values explained";

    private readonly ServiceProvider services;

    private DeskData(ServiceProvider services) => this.services = services;

    /// <summary>Opens what is in a folder.</summary>
    /// <param name="folder">Holds data, keys and configuration.</param>
    public static DeskData Open(string folder)
    {
        RegistryOptions options = new() { DataFolder = Path.Combine(folder, "data"), KeyFile = Path.Combine(folder, "config", "governance", "kek") };
        return new DeskData(new ServiceCollection().AddLogging().AddRegistry(options).AddAudit(new QuarantineOptions { Command = [] }).BuildServiceProvider());
    }

    /// <summary>How each run ended, once all have.</summary>
    public async Task<IReadOnlyList<AuditRun>> EndedAsync(TimeSpan patience)
    {
        using CancellationTokenSource limit = new(patience);
        while (true)
        {
            await using GovernanceDb db = await services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync(limit.Token);
            List<AuditRun> runs = await db.Runs.AsNoTracking().OrderBy(run => run.RequestedAt).ToListAsync(limit.Token);
            if (runs.All(run => run.Status.IsOver()))
            {
                return runs;
            }

            await Task.Delay(500, limit.Token);
        }
    }

    /// <summary>The evidence of each data set that explains all of its rows: of the trees, and of the values.</summary>
    public async Task<(Guid Trees, Guid Values)> ExplainedAsync()
    {
        await using GovernanceDb db = await services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        Dictionary<string, Guid> evidence = await (
            from run in db.Runs join record in db.Evidence on run.Id equals record.Run select new { run.Title, record.Id }).ToDictionaryAsync(each => each.Title, each => each.Id.Value);
        return (evidence[TreesExplained], evidence[ValuesExplained]);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => services.DisposeAsync();

    /// <summary>Fills an empty folder and queues the audits; nothing has run yet.</summary>
    /// <param name="rows">Of the evaluation data sets.</param>
    public async Task FillAsync(int rows)
    {
        await services.GetRequiredService<MigrateDatabase>().RunAsync(default);
        Actor owner = Actor.Person(await AddAsync("olive", Role.Developer));
        UserId rita = await AddAsync("rita", Role.Reviewer);
        byte[] train = await File.ReadAllBytesAsync(Path.Combine(Folders.Samples, "hmda", "train.csv"));
        await DatasetAsync(owner, "mortgages-train", train, "deny", ["afam", "single"]);
        await DatasetAsync(owner, "mortgages", DeskRows.Mortgages(rows), "deny", ["afam", "single"]);
        await DatasetAsync(owner, "values", DeskRows.Values(rows), "y", ["group"]);
        foreach (string model in (string[])["desk", "desk-value"])
        {
            await services.GetRequiredService<RegisterModel>().RunAsync(owner, new NewModel(model, model, "Is looked at.", RiskTier.Low), default);
            await services.GetRequiredService<GrantAccess>().RunAsync(Actor.System, rita, model, GrantExtras.PersonalRows, default);
        }

        ModelVersionId trees = await VersionAsync(owner, "desk", await SampleAsync("model.onnx", "hmda_gbt"), await SampleAsync("manifest.json", "hmda_gbt"));
        ModelVersionId linear = await VersionAsync(owner, "desk", await SampleAsync("model.onnx", "hmda_logreg"), await SampleAsync("manifest.json", "hmda_logreg"));
        ModelVersionId value = await VersionAsync(owner, "desk-value", DeskRows.ValueModel, DeskRows.ValueEncoding);
        AuditOptions audit = new()
        {
            Name = "Audit of the trees", Evaluation = "mortgages", Background = "mortgages-train", BackgroundRows = 50, Protected = ["afam", "single"],
            Explanation = new ExplanationOptions { Rows = 200 },
        };
        await RequestAsync(owner, trees, audit);
        await RequestAsync(owner, linear, audit with { Name = "Audit of the regression" });
        await RequestAsync(owner, value, audit with { Name = "Audit of the values", Evaluation = "values", Background = "values", Protected = ["group"] });
        await RequestAsync(owner, trees, audit with
        {
            Kind = AuditKind.Explanation, Name = TreesExplained, Protected = [], Explanation = new ExplanationOptions { Rows = rows },
        });
        await RequestAsync(owner, value, audit with
        {
            Kind = AuditKind.Explanation, Name = ValuesExplained, Evaluation = "values", Background = "values", Protected = [], Explanation = new ExplanationOptions { Rows = rows },
        });
    }

    private async Task<UserId> AddAsync(string name, Role role) => ((AddUserOutcome.Added)await services.GetRequiredService<AddUser>().RunAsync(
        Actor.System, new NewUser(name, name, Password, new HashSet<Role> { role }), default)).Person.Id;

    private async Task DatasetAsync(Actor owner, string name, byte[] csv, string label, string[] attributes)
    {
        bool classes = label == "deny";
        RegisterDatasetOutcome outcome = await services.GetRequiredService<AdmitDataset>().RunAsync(
            owner, name, name, csv, table => [.. table.Columns.Select(column => Column(column, label, attributes))], classes ? "yes" : null, classes ? "no" : null, default);
        if (outcome is RegisterDatasetOutcome.Refused refused)
        {
            throw new InvalidOperationException(refused.Reason.Sentence);
        }
    }

    private static DatasetColumn Column(Column column, string label, string[] attributes) => new(
        column.Name, column is NumberColumn ? ColumnKind.Numeric : ColumnKind.Categorical,
        column.Name == label ? ColumnRole.Label : attributes.Contains(column.Name) ? ColumnRole.Protected : ColumnRole.Feature);

    private static Task<byte[]> SampleAsync(string file, string model) => File.ReadAllBytesAsync(Path.Combine(Folders.Samples, "models", model, file));

    private async Task<ModelVersionId> VersionAsync(Actor owner, string model, byte[] file, byte[] encoding)
    {
        using MemoryStream stream = new(file);
        return ((RegisterVersionOutcome.Registered)await services.GetRequiredService<RegisterVersion>().RunAsync(
            owner, new NewVersion(model, stream, 2L << 30, encoding, null, []), default)).Version.Id;
    }

    private async Task RequestAsync(Actor owner, ModelVersionId version, AuditOptions options)
    {
        if (await services.GetRequiredService<RequestAudit>().RunAsync(owner, version, options, default) is StartRunOutcome.Refused refused)
        {
            throw new InvalidOperationException(refused.Reason.Sentence);
        }
    }
}
