using System.Text;
using Governance.Registry.Checkpoints;
using Governance.Registry.Keys;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.Checkpoints;

/// <summary>A database administrator with bad intentions: the triggers are dropped, every row is theirs to write.</summary>
internal static class Forger
{
    /// <summary>Puts other leaves in the place of the ledger's, each with the hash of its text.</summary>
    public static async Task RewriteAsync(Given given, Func<List<LedgerLeaf>, List<LedgerLeaf>> change)
    {
        List<LedgerLeaf> leaves = await LeavesAsync(given);
        given.DropTriggers();
        given.Sql("DELETE FROM Ledger");
        await using GovernanceDb db = given.Db();
        db.Ledger.AddRange(change(leaves).DistinctBy(leaf => leaf.Sequence).Select(LedgerEntry.Of));
        await db.SaveChangesAsync();
    }

    /// <summary>Signs every checkpoint anew over the ledger as it stands, with the installation's own key; those behind its end go.</summary>
    public static async Task SignAnewAsync(Given given)
    {
        LedgerLeaf[] leaves = [.. await LeavesAsync(given)];
        await using GovernanceDb db = given.Db();
        CheckpointRecord[] old = await db.Checkpoints.AsNoTracking().ToArrayAsync();
        given.Sql("DELETE FROM CheckpointCopies; DELETE FROM Checkpoints;");
        foreach (CheckpointRecord each in old.Where(row => row.Size <= leaves.Length))
        {
            MerkleTree tree = TreeOf(leaves.Take((int)each.Size));
            TreeHead head = new(TreeHead.Parse(SignedNote.Parse(each.Note).Text).Origin, each.Size, tree.Root());
            string note = SignedNote.Sign(head.ToText(), head.Origin, given.Get<SigningKeys>()).ToString();
            db.Add(new CheckpointRecord(each.Size, new FactDigest(Convert.ToHexStringLower(head.Root)), each.At, note));
        }

        await db.SaveChangesAsync();
    }

    /// <summary>Leaves numbered, timed and chained as a verifier wants them.</summary>
    public static List<LedgerLeaf> Rebuilt(IEnumerable<LedgerLeaf> leaves)
    {
        Dictionary<LedgerSubject, FactDigest?> latest = [];
        List<LedgerLeaf> rebuilt = [];
        long checkpoint = 0;
        foreach (LedgerLeaf leaf in leaves)
        {
            checkpoint = Math.Max(checkpoint, leaf.Checkpoint is long size && size <= rebuilt.Count ? size : 0);
            LedgerLeaf mended = leaf with
            {
                Sequence = rebuilt.Count, Before = latest.GetValueOrDefault(leaf.Subject), Checkpoint = checkpoint == 0 ? null : checkpoint,
                At = rebuilt.Count > 0 && leaf.At < rebuilt[^1].At ? rebuilt[^1].At : leaf.At,
            };
            latest[mended.Subject] = mended.After;
            rebuilt.Add(mended);
        }

        return rebuilt;
    }

    public static MerkleTree TreeOf(IEnumerable<LedgerLeaf> leaves)
    {
        MerkleTree tree = new();
        foreach (LedgerLeaf leaf in leaves)
        {
            tree.Append(MerkleTree.HashLeaf(Encoding.UTF8.GetBytes(leaf.ToText())));
        }

        return tree;
    }

    public static async Task<List<LedgerLeaf>> LeavesAsync(Given given)
    {
        await using GovernanceDb db = given.Db();
        return [.. (await db.Ledger.AsNoTracking().OrderBy(entry => entry.Sequence).ToListAsync()).Select(entry => entry.Read())];
    }

    /// <summary>What an auditor does: the exported file, the public key and what they kept.</summary>
    public static async Task<ExportVerdict> VerifyAsync(Given given, InstallationKey key, params string[] kept)
    {
        using MemoryStream file = new();
        await given.Get<ExportLedger>().RunAsync(file, default);
        file.Position = 0;
        return await VerifyExport.RunAsync(file, [key], kept, default);
    }
}
