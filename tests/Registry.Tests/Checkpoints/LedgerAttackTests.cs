using Governance.Registry.Access;
using Governance.Registry.Checkpoints;
using Governance.Registry.Keys;
using Governance.Registry.Ledger;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.Checkpoints;

/// <summary>
/// What a database administrator may try, triggers dropped, against an auditor who has the public key and one checkpoint
/// kept elsewhere, and works offline on the exported file.
/// </summary>
public sealed class LedgerAttackTests
{
    private const int Before = 3;

    [DatabaseFact]
    public async Task An_untouched_ledger_holds_and_its_unsealed_tail_is_counted()
    {
        (Given given, InstallationKey key, string kept) = await SealedAsync();
        await using Given _ = given;

        ExportVerdict verdict = await Forger.VerifyAsync(given, key, kept);

        Assert.Null(verdict.Fault);
        Assert.True(verdict.Unsealed > 0);
        Assert.Equal(2, verdict.Checkpoints);
        Assert.Equal((await given.Get<LedgerQueries>().HeadAsync(default)).Root, verdict.Root);
        Assert.Equal(2, Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync([kept], default)).Checkpoints);
    }

    [DatabaseFact]
    public async Task With_the_triggers_on_nothing_can_be_written()
    {
        (Given given, _, _) = await SealedAsync();
        await using Given own = given;

        foreach (string sql in (string[])
            [
                "UPDATE Ledger SET Leaf = '{}'", "DELETE FROM Ledger", "UPDATE Checkpoints SET Note = ''", "DELETE FROM Checkpoints",
                "UPDATE SigningKeys SET Pem = ''", "DELETE FROM SigningKeys",
            ])
        {
            given.AssertGuarded(sql);
        }
    }

    [DatabaseTheory]
    [InlineData("edit a row")]
    [InlineData("flip one byte of a hash's text")]
    [InlineData("edit and recompute the chain")]
    [InlineData("delete in the middle")]
    [InlineData("delete in the middle and renumber")]
    [InlineData("insert a back-dated sign-off")]
    [InlineData("swap two")]
    [InlineData("roll back to an older state")]
    [InlineData("edit, and delete the checkpoints after it")]
    [InlineData("rewrite with the signing key stolen")]
    [InlineData("roll back with the signing key stolen")]
    [InlineData("replace the key and sign all with it")]
    public async Task An_attack_is_found_offline(string attack)
    {
        (Given given, InstallationKey key, string kept) = await SealedAsync();
        await using Given own = given;
        await AttackAsync(given, attack);

        ExportVerdict verdict = await Forger.VerifyAsync(given, key, kept);

        Assert.NotNull(verdict.Fault);
        Assert.IsType<LedgerVerdict.Broken>(await given.Get<VerifyLedger>().RunAsync([kept], default));
    }

    // The limit, and the documents say so: what no checkpoint covers yet, nobody can miss.
    [DatabaseFact]
    public async Task Only_the_tail_behind_the_last_checkpoint_can_be_cut_unseen()
    {
        (Given given, InstallationKey key, string kept) = await SealedAsync();
        await using Given own = given;
        long covered = TreeHead.Parse(SignedNote.Parse(kept).Text).Size;

        await Forger.RewriteAsync(given, leaves => leaves[..(int)covered]);
        ExportVerdict cut = await Forger.VerifyAsync(given, key, kept);
        await Forger.RewriteAsync(given, leaves => leaves[..((int)covered - 1)]);

        Assert.Null(cut.Fault);
        Assert.Equal(0, cut.Unsealed);
        Assert.NotNull((await Forger.VerifyAsync(given, key, kept)).Fault);
    }

    // Without a kept checkpoint the thief of the key wins: that is why copies outside are kept.
    [DatabaseFact]
    public async Task A_stolen_key_deceives_whoever_kept_nothing()
    {
        (Given given, InstallationKey key, string kept) = await SealedAsync();
        await using Given own = given;
        await AttackAsync(given, "rewrite with the signing key stolen");

        Assert.Null((await Forger.VerifyAsync(given, key)).Fault);
        Assert.Contains("do not have the root", (await Forger.VerifyAsync(given, key, kept)).Fault);
    }

    private static async Task AttackAsync(Given given, string attack)
    {
        switch (attack)
        {
            case "edit a row":
                given.DropTriggers();
                given.Sql("UPDATE Ledger SET Leaf = replace(Leaf, 'sign-off.reviewed', 'sign-off.decided')");
                break;
            case "flip one byte of a hash's text":
                given.DropTriggers();
                given.Sql("UPDATE Ledger SET Leaf = replace(Leaf, '\"seq\":7', '\"seq\":6') WHERE Sequence = 7");
                break;
            case "edit and recompute the chain":
                await Forger.RewriteAsync(given, leaves => Forger.Rebuilt(leaves.Select((leaf, i) => i == Before ? leaf with { Action = "user.removed" } : leaf)));
                break;
            case "delete in the middle":
                given.DropTriggers();
                given.Sql($"DELETE FROM Ledger WHERE Sequence = {Before}");
                break;
            case "delete in the middle and renumber":
                await Forger.RewriteAsync(given, leaves => Forger.Rebuilt(leaves.Where((_, i) => i != Before)));
                break;
            case "insert a back-dated sign-off":
                await Forger.RewriteAsync(given, leaves => Forger.Rebuilt(
                    [.. leaves[..Before], leaves[Before] with { Action = "sign-off.decided", Subject = new LedgerSubject(LedgerSubject.SignOff, Guid.CreateVersion7().ToString()) }, .. leaves[Before..]]));
                break;
            case "swap two":
                await Forger.RewriteAsync(given, leaves => Forger.Rebuilt([.. leaves[..Before], leaves[Before + 1], leaves[Before], .. leaves[(Before + 2)..]]));
                break;
            case "roll back to an older state":
            case "roll back with the signing key stolen":
                await Forger.RewriteAsync(given, leaves => leaves[..(leaves.Count / 2)]);
                given.Sql("DELETE FROM CheckpointCopies; DELETE FROM Checkpoints;");
                if (attack.Contains("stolen", StringComparison.Ordinal))
                {
                    given.Sql("DELETE FROM SigningKeys");
                    using LedgerTree tree = new(given.Get<IDbContextFactory<GovernanceDb>>());
                    Assert.IsType<SealOutcome.Sealed>(await SealCheckpointTests.Fresh(given, tree).RunAsync(default));
                }

                break;
            case "edit, and delete the checkpoints after it":
                await Forger.RewriteAsync(given, leaves => Forger.Rebuilt(leaves.Select((leaf, i) => (i == Before ? leaf with { Action = "user.removed" } : leaf) with { Checkpoint = null })));
                given.Sql("DELETE FROM CheckpointCopies; DELETE FROM Checkpoints;");
                break;
            case "rewrite with the signing key stolen":
                await Forger.RewriteAsync(given, leaves => Forger.Rebuilt(leaves.Select((leaf, i) => i == Before ? leaf with { Action = "user.removed" } : leaf)));
                await Forger.SignAnewAsync(given);
                break;
            case "replace the key and sign all with it":
                await Forger.RewriteAsync(given, leaves => Forger.Rebuilt(leaves.Select((leaf, i) => i == Before ? leaf with { Action = "user.removed" } : leaf)));
                given.Get<SigningKeys>().Next();
                given.Get<SigningKeys>().DestroyOld();
                await Forger.SignAnewAsync(given);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(attack));
        }
    }

    // A signed-off version under two checkpoints, then a tail that none covers.
    private static async Task<(Given Given, InstallationKey Key, string Kept)> SealedAsync()
    {
        Given given = await Given.RegistryAsync();
        ModelVersion version = await given.InReviewAsync();
        Assert.IsType<SealOutcome.Sealed>(await given.Get<SealCheckpoint>().RunAsync(default));
        Assert.IsType<SignOffOutcome.Recorded>(await given.ReviewAsync(given.Reviewer, version));
        SealOutcome.Sealed last = Assert.IsType<SealOutcome.Sealed>(await given.Get<SealCheckpoint>().RunAsync(default));
        await given.UserAsync("late", Role.Developer);
        return (given, given.Get<SigningKeys>().Current, last.Checkpoint.Note);
    }
}
