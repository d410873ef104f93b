using System.Diagnostics;
using System.Net.Sockets;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Tests.Uploads;
using Governance.Registry.Uploads;
using Governance.Registry.Versions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Governance.Registry.Tests.Storage;

public sealed class StorageFaultTests
{
    public static TheoryData<Exception, string?> Faults() => new()
    {
        { new IOException("No space left on device", 28), StorageFault.NoRoom },
        { new DbUpdateException("failed", new SqliteException("full", 13)), StorageFault.NoRoom },
        { new IOException("Read-only file system", 30), StorageFault.NotWritable },
        { new UnauthorizedAccessException(), StorageFault.NotWritable },
        { new SqliteException("attempt to write a readonly database", 8), StorageFault.NotWritable },
        { new DbUpdateException("failed", new PostgresException("no space", "ERROR", "ERROR", "53100")), StorageFault.NoRoom },
        { new PostgresException("read-only transaction", "ERROR", "ERROR", "25006"), StorageFault.NotWritable },
        { new IOException("The connection was reset.", 104), null },
        { new SqliteException("constraint", 19), null },
        { new InvalidOperationException(), null },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_disk_that_is_full_or_closed_is_told_from_other_faults(Exception fault, string? sentence) =>
        Assert.Equal(sentence, StorageFault.SentenceOf(fault));

    public static TheoryData<Exception, string?> DatabaseFaults() => new()
    {
        { new SqliteException("database is locked", 5), DatabaseFault.Busy },
        { new DbUpdateException("failed", new SqliteException("table is locked", 6)), DatabaseFault.Busy },
        { new NpgsqlException("refused", new SocketException(111)), DatabaseFault.Gone },
        { new NpgsqlException("The connection pool has been exhausted"), DatabaseFault.Gone },
        { new InvalidOperationException("transient", new NpgsqlException("broken", new EndOfStreamException())), DatabaseFault.Gone },
        { new PostgresException("terminating connection", "FATAL", "FATAL", "57P01"), DatabaseFault.Gone },
        { new PostgresException("too many clients", "FATAL", "FATAL", "53300"), DatabaseFault.Gone },
        { new PostgresException("does not exist", "FATAL", "FATAL", "3D000"), DatabaseFault.Gone },
        { new PostgresException("password", "FATAL", "FATAL", "28P01"), DatabaseFault.Gone },
        { new PostgresException("lock timeout", "ERROR", "ERROR", "55P03"), DatabaseFault.Busy },
        { new PostgresException("could not serialize", "ERROR", "ERROR", "40001"), DatabaseFault.Busy },
        { new PostgresException("permission denied", "ERROR", "ERROR", "42501"), DatabaseFault.NotGranted },
        { new PostgresException("syntax", "ERROR", "ERROR", "42601"), null },
        { new PostgresException("duplicate key", "ERROR", "ERROR", "23505"), null },
        { new SqliteException("constraint", 19), null },
        { new SocketException(111), null }, // not the database's
    };

    [Theory]
    [MemberData(nameof(DatabaseFaults))]
    public void A_database_that_is_gone_busy_or_closed_is_told_from_other_faults(Exception fault, string? sentence) =>
        Assert.Equal(sentence, DatabaseFault.SentenceOf(fault));

    [DatabaseFact]
    public async Task A_database_that_goes_away_leaves_nothing_half_written_and_serves_when_it_is_back()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync("before");
        await given.CutOffAsync();

        Exception fault = await Assert.ThrowsAnyAsync<Exception>(() => given.ModelAsync("during"));

        Assert.NotNull(StorageFault.SentenceOf(fault) ?? DatabaseFault.SentenceOf(fault));
        await given.ReconnectAsync();
        await given.ModelAsync("after");
        await using GovernanceDb db = given.Db();
        Assert.Equal(["after", "before"], await db.Models.Select(model => model.Name).OrderBy(name => name).ToListAsync());
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [SkippableFact]
    public async Task On_a_full_disk_nothing_is_half_written_and_reads_go_on()
    {
        await using SmallDisk disk = await SmallDisk.MountAsync("4m");
        await using Given given = await Given.RegistryAsync();
        Model model = await given.ModelAsync();
        ModelVersion before = await given.VersionAsync(model, "before");
        using ArtifactStore store = new(Path.Combine(disk.Path, "artifacts"), given.Get<RegistryOptions>().LoadKeys);
        StoredArtifact kept = await store.WriteAsync(new byte[1 << 20], ArtifactKind.Model, default);

        using MemoryStream large = new(new byte[8 << 20]);
        IOException fault = await Assert.ThrowsAnyAsync<IOException>(() => store.WriteAsync(large, ArtifactKind.Model, 8 << 20, default));

        Assert.Equal(StorageFault.NoRoom, StorageFault.SentenceOf(fault));
        Assert.Equal([store.PathOf(kept.Digest)], Directory.GetFiles(Path.Combine(disk.Path, "artifacts"), "*", SearchOption.AllDirectories));
        await store.CheckAsync(kept.Digest, default);
        await given.Get<ArtifactStore>().CheckAsync(before.Artifact, default);
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));

        await disk.CloseAsync();
        Exception closed = await Assert.ThrowsAnyAsync<Exception>(() => store.WriteAsync(new byte[10], ArtifactKind.Model, default));
        Assert.Equal(StorageFault.NotWritable, StorageFault.SentenceOf(closed));
        await store.CheckAsync(kept.Digest, default);
    }

    [SkippableFact]
    public async Task An_upload_that_fills_the_disk_keeps_what_was_acknowledged_and_goes_on_when_there_is_room()
    {
        await using SmallDisk disk = await SmallDisk.MountAsync("3m");
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        RegistryOptions options = given.Get<RegistryOptions>() with { DataFolder = disk.Path, Uploads = new UploadLimits { Reserve = 0 } };
        StagedUploads uploads = new(options, given.Get<ArtifactStore>());
        ContinueUpload send = new(uploads);
        byte[] bytes = GivenUploads.Model(2_500_000);
        BeginUploadOutcome begun = await new BeginUpload(given.Get<IDbContextFactory<GovernanceDb>>(), uploads, options, given.Clock).RunAsync(
            Actor.Person(given.Developer), new NewUpload(UploadKind.Model, "net.onnx", bytes.Length, "credit"), default);
        UploadId id = Assert.IsType<BeginUploadOutcome.Begun>(begun).Upload.Id;
        using MemoryStream first = new(bytes[..1_000_000]);
        Assert.Equal(1_000_000, (await send.RunAsync(given.Developer, id, 0, first, false, default)).Kept().Offset);

        string filler = Path.Combine(disk.Path, "filler");
        await File.WriteAllBytesAsync(filler, new byte[1_600_000]);
        using MemoryStream rest = new(bytes[1_000_000..]);
        IOException fault = await Assert.ThrowsAnyAsync<IOException>(() => send.RunAsync(given.Developer, id, 1_000_000, rest, false, default));
        Assert.Equal(StorageFault.NoRoom, StorageFault.SentenceOf(fault));
        Assert.Equal("no-room", Assert.IsType<BeginUploadOutcome.Refused>(await new BeginUpload(
            given.Get<IDbContextFactory<GovernanceDb>>(), uploads, options, given.Clock).RunAsync(
                Actor.Person(given.Developer), new NewUpload(UploadKind.Model, "net.onnx", bytes.Length, "credit"), default)).Reason.Code);

        File.Delete(filler);
        long offset = uploads.Find(given.Developer, id)!.Offset;
        Assert.True(offset >= 1_000_000);
        using MemoryStream again = new(bytes[(int)offset..]);
        Assert.True((await send.RunAsync(given.Developer, id, offset, again, false, default)).Kept().IsWhole);
        Assert.Equal(bytes, await uploads.ReadAsync(given.Developer, id, default));
    }

    // A file system in memory, of a few megabytes; only root may mount one.
    private sealed class SmallDisk : IAsyncDisposable
    {
        private SmallDisk(string path) => Path = path;

        public string Path { get; }

        public static async Task<SmallDisk> MountAsync(string size)
        {
            string path = Directory.CreateTempSubdirectory("governance-small-").FullName;
            bool mounted = Environment.IsPrivilegedProcess && await RunAsync("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", path);
            Skip.IfNot(mounted, "Only root may mount a small disk.");
            return new SmallDisk(path);
        }

        public async Task CloseAsync() => Assert.True(await RunAsync("mount", "-o", "remount,ro", Path));

        public async ValueTask DisposeAsync()
        {
            await RunAsync("umount", "-l", Path);
            Directory.Delete(Path);
        }

        private static async Task<bool> RunAsync(string program, params string[] arguments)
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
    }
}
