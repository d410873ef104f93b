using Governance.Registry.Access;
using Governance.Registry.Checkpoints;
using Governance.Registry.Keys;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.Checkpoints;

public sealed class SealCheckpointTests
{
    [Fact]
    public async Task The_first_checkpoint_records_the_key_and_covers_its_entry()
    {
        await using Given given = await Given.RegistryAsync();

        SignedCheckpoint sealedOne = await SealAsync(given);

        LedgerHead head = await given.Get<LedgerQueries>().HeadAsync(default);
        SigningKeyRecord key = Assert.Single(await given.Get<CheckpointQueries>().KeysAsync(default));
        Assert.Equal((head.Size, head.Root), (sealedOne.Size, sealedOne.RootHex));
        Assert.Equal(given.Get<SigningKeys>().Current.Fingerprint, key.Fingerprint);
        Assert.Null(SignedCheckpoint.FaultOf(sealedOne.Note, [InstallationKey.Read(key.Pem)], out TreeHead? said));
        Assert.Equal($"governance/ledger/{key.Fingerprint.Hex[..16]}", said!.Origin);
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [Fact]
    public async Task Nothing_new_is_not_sealed_again_and_the_next_leaf_names_the_checkpoint()
    {
        await using Given given = await Given.RegistryAsync();
        SignedCheckpoint first = await SealAsync(given);

        Assert.False(Assert.IsType<SealOutcome.Sealed>(await given.Get<SealCheckpoint>().RunAsync(default)).IsNew);
        await given.ModelAsync();
        SignedCheckpoint second = await SealAsync(given);

        await using GovernanceDb db = given.Db();
        Assert.Equal([first.Size, second.Size], await db.Checkpoints.Select(row => row.Size).Order().ToListAsync());
        LedgerEntry[] entries = await db.Ledger.OrderBy(entry => entry.Sequence).ToArrayAsync();
        Assert.All(entries, entry => Assert.Equal(entry.Sequence < first.Size ? null : first.Size, entry.Read().Checkpoint));
    }

    [Fact]
    public async Task Entries_have_proofs_against_the_last_checkpoint()
    {
        await using Given given = await Given.RegistryAsync();
        await WriteAsync(given, 700); // more than two tiles
        SignedCheckpoint last = await SealAsync(given);

        await using GovernanceDb db = given.Db();
        foreach (LedgerEntry entry in await db.Ledger.AsNoTracking().Where(entry => entry.Sequence % 7 == 0).ToListAsync())
        {
            TlogProof proof = (await given.Get<LedgerProofs>().ProveAsync(entry.Sequence, default))!;
            Assert.Null(TlogProof.Parse(proof.ToString()).FaultOf(Convert.FromHexString(entry.Hash), [given.Get<SigningKeys>().Current]));
        }

        byte[][] leaves = [.. db.Ledger.OrderBy(entry => entry.Sequence).Select(entry => entry.Hash).AsEnumerable().Select(Convert.FromHexString)];
        foreach (long first in (long[])[1, 2, 255, 256, 257, 300, 511, 512, 513, 640, last.Size])
        {
            ConsistencyProof proof = await given.Get<LedgerProofs>().ConsistencyAsync(first, last.Size, default);
            Assert.Equal(Rfc.Proof((int)first, leaves), proof.Path);
            Assert.True(proof.Verify(Rfc.Root(leaves.AsSpan(0, (int)first)), last.Root));
        }

        await given.ModelAsync();
        Assert.Null(await given.Get<LedgerProofs>().ProveAsync(last.Size, default)); // not sealed yet
    }

    [Fact]
    public async Task A_ledger_that_lost_its_end_is_not_signed_again()
    {
        await using Given given = await Given.RegistryAsync();
        await SealAsync(given);
        given.DropTriggers();
        given.Sql("DELETE FROM Ledger WHERE Sequence > 3; DELETE FROM SigningKeys;");

        // Another process, so that no tree is kept in memory; its first act is to record the key again.
        using LedgerTree tree = new(given.Get<IDbContextFactory<GovernanceDb>>());
        SealOutcome outcome = await Fresh(given, tree).RunAsync(default);

        Assert.Contains("its end is gone", Assert.IsType<SealOutcome.Refused>(outcome).Sentence);
    }

    [Fact]
    public async Task A_rewritten_ledger_is_not_signed_again()
    {
        await using Given given = await Given.RegistryAsync();
        await SealAsync(given);
        given.DropTriggers();
        given.Sql("UPDATE Ledger SET Hash = (SELECT Hash FROM Ledger WHERE Sequence = 1) WHERE Sequence = 2");

        using LedgerTree tree = new(given.Get<IDbContextFactory<GovernanceDb>>());
        SealOutcome outcome = await Fresh(given, tree).RunAsync(default);

        Assert.Contains("history is not the one", Assert.IsType<SealOutcome.Refused>(outcome).Sentence);
    }

    [Fact]
    public async Task A_rotated_key_is_handed_over_by_a_checkpoint_of_both_keys_and_the_old_one_is_destroyed()
    {
        await using Given given = await Given.RegistryAsync();
        await SealAsync(given);
        InstallationKey old = given.Get<SigningKeys>().Current;

        KeyRotationOutcome outcome = await given.Get<RotateSigningKey>().RunAsync(Actor.Person(given.Administrator), default);

        KeyRotationOutcome.Rotated rotated = Assert.IsType<KeyRotationOutcome.Rotated>(outcome);
        string note = Assert.IsType<SealOutcome.Sealed>(rotated.Handover).Checkpoint.Note;
        Assert.Null(SignedCheckpoint.FaultOf(note, [old], out _));
        Assert.Null(SignedCheckpoint.FaultOf(note, [rotated.Key], out _));
        Assert.NotEqual(old.Fingerprint, rotated.Key.Fingerprint);
        Assert.Equal([rotated.Key.Fingerprint], given.Get<SigningKeys>().All.Select(key => key.Fingerprint));
        IReadOnlyList<SigningKeyRecord> records = await given.Get<CheckpointQueries>().KeysAsync(default);
        Assert.Equal([true, false], records.Select(key => key.RetiredAt is not null));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task Whoever_has_only_the_first_public_key_follows_two_rotations_and_no_forged_one()
    {
        await using Given given = await Given.RegistryAsync();
        await SealAsync(given);
        InstallationKey first = given.Get<SigningKeys>().Current;
        for (int i = 0; i < 2; i++)
        {
            Assert.IsType<KeyRotationOutcome.Rotated>(await given.Get<RotateSigningKey>().RunAsync(Actor.System, default));
            await given.ModelAsync($"model-{i}");
        }

        await SealAsync(given);
        ExportVerdict followed = await Forger.VerifyAsync(given, first);

        // A key that was put into the folder without a word in the ledger signs what nobody trusts.
        given.Get<SigningKeys>().Next();
        given.Get<SigningKeys>().DestroyOld();
        given.DropTriggers();
        await Forger.SignAnewAsync(given);
        ExportVerdict forged = await Forger.VerifyAsync(given, first);

        Assert.Null(followed.Fault);
        Assert.Equal((0, 4), (followed.Unsealed, followed.Checkpoints));
        Assert.Contains("not signed by a trusted key", forged.Fault);
    }

    [Fact]
    public async Task Nobody_but_an_administrator_rotates()
    {
        await using Given given = await Given.RegistryAsync();

        foreach (UserId person in (UserId[])[given.Developer, given.Approver, given.Auditor])
        {
            Assert.IsType<KeyRotationOutcome.Refused>(await given.Get<RotateSigningKey>().RunAsync(Actor.Person(person), default));
        }

        Assert.Single(given.Get<SigningKeys>().All);
    }

    [Theory]
    [InlineData("sign-off.decided", true)]
    [InlineData("break-glass.opened", true)]
    [InlineData("user.roles-set", true)]
    [InlineData("artifact.released", true)]
    [InlineData("evidence.sealed", false)]
    [InlineData("user.unlocked", false)]
    public void Some_actions_are_sealed_at_once(string action, bool expected)
    {
        Assert.Equal(expected, CheckpointPolicy.IsAtOnce(action));
        Assert.Equal(expected, CheckpointPolicy.IsDue([action], TimeSpan.FromSeconds(59)));
        Assert.True(CheckpointPolicy.IsDue([action], TimeSpan.FromSeconds(60)));
        Assert.True(CheckpointPolicy.IsDue([.. Enumerable.Repeat(action, 100)], TimeSpan.Zero));
        Assert.False(CheckpointPolicy.IsDue([], TimeSpan.MaxValue));
    }

    internal static SealCheckpoint Fresh(Given given, LedgerTree tree) => new(
        tree, given.Get<RecordSigningKeys>(), given.Get<SigningKeys>(), given.Get<SealSignal>(), given.Get<CheckpointFile>(),
        given.Get<IDbContextFactory<GovernanceDb>>(), given.Clock);

    private static async Task<SignedCheckpoint> SealAsync(Given given) =>
        Assert.IsType<SealOutcome.Sealed>(await given.Get<SealCheckpoint>().RunAsync(default)).Checkpoint;

    internal static Task<bool> WriteAsync(Given given, int entries) => given.Get<AppendGate>().RunAsync(Actor.System, change =>
    {
        for (int i = 0; i < entries; i++)
        {
            change.Write(new LedgerSubject("note", $"{i}"), "note.taken", null, null, null);
        }

        return Task.FromResult(true);
    }, default);
}
