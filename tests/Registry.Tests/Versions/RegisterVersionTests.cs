using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.Versions;

public sealed class RegisterVersionTests
{
    [DatabaseFact]
    public async Task A_version_is_its_bytes_its_encoding_and_its_parents()
    {
        await using Given given = await Given.RegistryAsync();
        Model model = await given.ModelAsync();

        ModelVersion first = await given.VersionAsync(model);
        ModelVersion second = Assert.IsType<RegisterVersionOutcome.Registered>(
            await RegisterAsync(given, "weights", [(first.Id, ParentKind.RetrainedFrom)])).Version;

        Assert.Equal((1, 2), (first.Number, second.Number));
        Assert.Equal(first.Artifact, second.Artifact);
        Assert.NotEqual(first.Digest, second.Digest);
        Assert.Equal("{\"threshold\":0.5}"u8.ToArray(), await given.Get<ArtifactStore>().ReadAsync(second.Encoding!.Value, default));
        VersionDetails details = (await given.Get<VersionQueries>().FindAsync(given.Developer, "credit", 2, default))!;
        Assert.Equal("credit/1", Assert.Single(details.Parents).Label);
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task Refuses_what_it_has_already_and_parents_that_are_not_there()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion first = await given.VersionAsync(await given.ModelAsync());

        Assert.Equal("same-version", Refused(await RegisterAsync(given, "weights", [])));
        Assert.Equal("bad-parents", Refused(await RegisterAsync(given, "x", [(ModelVersionId.New(), ParentKind.EnsembleOf)])));
        Assert.Equal("bad-parents", Refused(await RegisterAsync(
            given, "x", [(first.Id, ParentKind.EnsembleOf), (first.Id, ParentKind.RetrainedFrom)])));
    }

    [DatabaseFact]
    public async Task Nothing_refused_is_stored()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        ArtifactDigest digest = ArtifactDigest.Of("secret"u8);

        Assert.IsType<RegisterVersionOutcome.NoSuchModel>(await RegisterAsync(given, "secret", [], given.Stranger));
        Assert.Equal("no-right", Refused(await RegisterAsync(given, "secret", [], given.Reviewer)));
        Assert.Equal("bad-encoding", Refused(await RegisterAsync(given, "secret", [], encoding: "{\"a\":1,\"a\":2}")));
        await Assert.ThrowsAsync<ArtifactTooLargeException>(() => RegisterAsync(given, "secret", [], limit: 5));

        Assert.False(given.Get<ArtifactStore>().Contains(digest));
    }

    // A process killed between file and row, as seen by the next one.
    [DatabaseFact]
    public async Task A_file_without_a_row_is_swept_once_it_is_old_and_others_stay()
    {
        await using Given given = await Given.RegistryAsync();
        ArtifactStore store = given.Get<ArtifactStore>();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        StoredArtifact orphan = await store.WriteAsync("orphan"u8.ToArray(), ArtifactKind.Model, default);
        string unfinished = Path.Combine(given.Get<RegistryOptions>().ArtifactFolder, "x.part");
        await File.WriteAllTextAsync(unfinished, "half");
        given.Clock.Now = DateTimeOffset.UnixEpoch.AddSeconds(1) + (File.GetLastWriteTimeUtc(unfinished) - DateTime.UnixEpoch);

        Assert.Equal(0, await given.Get<SweepArtifacts>().RunAsync(default));
        given.Clock.Now += SweepArtifacts.MinAge;
        Assert.Equal(2, await given.Get<SweepArtifacts>().RunAsync(default));

        Assert.False(store.Contains(orphan.Digest));
        await store.CheckAsync(version.Artifact, default);
        await store.CheckAsync(version.Encoding!.Value, default);
    }

    [DatabaseFact]
    public async Task A_fault_between_file_and_row_leaves_no_row_without_its_file()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        using CancellationTokenSource killed = new();
        using Stream artifact = new CancelAtEnd("late"u8.ToArray(), killed);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given.Get<RegisterVersion>().RunAsync(
            Actor.Person(given.Developer), new NewVersion("credit", artifact, 100, null, null, []), killed.Token));

        await using GovernanceDb db = given.Db();
        Assert.Empty(await db.Versions.ToListAsync());
        foreach (ArtifactRecord record in await db.Artifacts.ToListAsync())
        {
            await given.Get<ArtifactStore>().CheckAsync(record.Digest, default);
        }
    }

    [DatabaseFact]
    public async Task A_data_set_keeps_its_columns_and_its_bytes()
    {
        await using Given given = await Given.RegistryAsync();
        DatasetColumn[] columns =
        [
            new("income", ColumnKind.Numeric, ColumnRole.Feature), new("race", ColumnKind.Categorical, ColumnRole.Protected),
            new("deny", ColumnKind.Categorical, ColumnRole.Label),
        ];
        using MemoryStream csv = new("income,race,deny\n1,a,no\n"u8.ToArray());

        RegisterDatasetOutcome outcome = await given.Get<RegisterDataset>().RunAsync(
            Actor.Person(given.Developer), new NewDataset("hmda", "HMDA", csv, 1_000, 1, columns, "yes", "no"), default);

        Assert.IsType<RegisterDatasetOutcome.Registered>(outcome);
        Dataset dataset = (await given.Get<DatasetQueries>().FindAsync(given.Reviewer, "hmda", default))!;
        Assert.Equal(columns.Select(Plain), dataset.Columns.Select(Plain));
        Assert.Equal("race", Assert.Single(dataset.Of(ColumnRole.Protected)).Name);
        Assert.Null(await given.Get<DatasetQueries>().FindAsync(given.Administrator, "hmda", default));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));

        static (string, ColumnKind, ColumnRole, string) Plain(DatasetColumn column) =>
            (column.Name, column.Kind, column.Role, string.Join('|', column.Missing));
    }

    [DatabaseTheory]
    [InlineData("no-right", "hmda", "deny", true)]
    [InlineData("bad-name", "HMDA 1", "deny", false)]
    [InlineData("bad-columns", "hmda", "income", false)]
    public async Task Refuses_a_data_set_that_breaks_a_rule(string code, string name, string second, bool byReviewer)
    {
        await using Given given = await Given.RegistryAsync();
        DatasetColumn[] columns = [new("income", ColumnKind.Numeric, ColumnRole.Feature), new(second, ColumnKind.Text, ColumnRole.Label)];
        using MemoryStream csv = new([1]);

        RegisterDatasetOutcome outcome = await given.Get<RegisterDataset>().RunAsync(
            Actor.Person(byReviewer ? given.Reviewer : given.Developer), new NewDataset(name, "T", csv, 1_000, 1, columns, null, null), default);

        Assert.Equal(code, Assert.IsType<RegisterDatasetOutcome.Refused>(outcome).Reason.Code);
    }

    private static string Refused(RegisterVersionOutcome outcome) =>
        Assert.IsType<RegisterVersionOutcome.Refused>(outcome).Reason.Code;

    private static async Task<RegisterVersionOutcome> RegisterAsync(
        Given given, string bytes, (ModelVersionId, ParentKind)[] parents, UserId? by = null,
        string encoding = "{\"threshold\":0.5}", long limit = 1_000)
    {
        using MemoryStream artifact = new(System.Text.Encoding.UTF8.GetBytes(bytes));
        return await given.Get<RegisterVersion>().RunAsync(
            Actor.Person(by ?? given.Developer),
            new NewVersion("credit", artifact, limit, System.Text.Encoding.UTF8.GetBytes(encoding), null, parents), default);
    }

    // The upload is complete, and then the process is told to stop.
    private sealed class CancelAtEnd(byte[] bytes, CancellationTokenSource source) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read = await base.ReadAsync(buffer, CancellationToken.None);
            if (read == 0)
            {
                await source.CancelAsync();
            }

            return read;
        }
    }
}
