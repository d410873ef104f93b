using System.Text.Json;
using Governance.Registry.Checkpoints;
using Governance.Registry.Keys;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Governance.Registry.Ledger;

/// <summary>
/// Recomputes the whole ledger and compares it with the facts: gaps, form, hashes, time, and that every version,
/// sign-off, evidence, move, data set, artefact, run, grant and account is still what its last entry says.
/// </summary>
/// <remarks>
/// Alone it does not catch someone who rewrites rows <em>and</em> ledger, or cuts its end: that takes the root kept
/// outside the database, which this returns.
/// </remarks>
public sealed class VerifyLedger(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>Verifies everything. About 10 microseconds of hashing an entry; memory grows with the facts, not the ledger's text.</summary>
    /// <returns>That it holds, or the first fault.</returns>
    public Task<LedgerVerdict> RunAsync(CancellationToken cancellationToken) => RunAsync([], cancellationToken);

    /// <summary>Verifies everything, and that the ledger goes on from checkpoints that were kept outside the database.</summary>
    /// <param name="kept">Signed notes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<LedgerVerdict> RunAsync(IReadOnlyList<string> kept, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);

        // One snapshot for ledger and facts, or a change in between would look like tampering.
        await using IDbContextTransaction snapshot = await LedgerSnapshot.BeginAsync(db, cancellationToken);
        CheckpointTrail trail;
        try
        {
            trail = await TrailAsync(db, kept, cancellationToken);
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException)
        {
            return new LedgerVerdict.Broken(
                new LedgerFault(LedgerFaultKind.Checkpoint, null, fault.Message), await db.Ledger.LongCountAsync(cancellationToken));
        }

        MerkleTree tree = new();
        Dictionary<LedgerSubject, (long Sequence, FactDigest? After)> latest = [];
        Dictionary<FactDigest, long> reasons = [];
        LedgerEntry? previous = null;
        LedgerFault? broken = null;
        await foreach (LedgerEntry entry in db.Ledger.AsNoTracking().OrderBy(row => row.Sequence).AsAsyncEnumerable()
            .WithCancellation(cancellationToken))
        {
            if ((FaultOf(entry, tree.Size, previous, out LedgerLeaf? leaf) ?? ChainFault(leaf!, latest)) is LedgerFault fault)
            {
                broken = fault;
                break;
            }

            tree.Append(Convert.FromHexString(entry.Hash));
            if (trail.Append(leaf!, tree) is string unsigned)
            {
                broken = new LedgerFault(LedgerFaultKind.Checkpoint, entry.Sequence, unsigned);
                break;
            }

            latest[leaf!.Subject] = (entry.Sequence, leaf.After);
            if (leaf.Reason is FactDigest reason)
            {
                reasons.TryAdd(reason, entry.Sequence);
            }

            previous = entry;
        }

        if (broken is not null)
        {
            return new LedgerVerdict.Broken(broken, await db.Ledger.LongCountAsync(cancellationToken)); // one reader at a time
        }

        LedgerFault? factFault = trail.End(tree.Size) is string gone ? new LedgerFault(LedgerFaultKind.Checkpoint, null, gone) : null;
        try
        {
            factFault ??= FactFault(latest, await FactInventory.LoadAsync(db, cancellationToken));
            if (factFault is null && await FactInventory.FindDriftAsync(db, cancellationToken) is (LedgerSubject subject, string sentence))
            {
                factFault = new LedgerFault(LedgerFaultKind.Stage, latest[subject].Sequence, sentence);
            }

            factFault ??= await TextFaultAsync(db, reasons, cancellationToken);
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException or FormatException or JsonException)
        {
            // Our own constructors and converters refuse what we never wrote: an unknown word, a digest that is none.
            factFault = new LedgerFault(
                LedgerFaultKind.FactChanged, null, "A row holds something that was never written by this program: " + fault.Message);
        }

        int erased = reasons.Count == 0 ? 0 : reasons.Count - (await db.PersonalTexts.Select(text => text.Digest)
            .ToListAsync(cancellationToken)).Count(reasons.ContainsKey);
        return factFault is null
            ? new LedgerVerdict.Holds(tree.Size, Convert.ToHexStringLower(tree.Root()), erased) { Sealed = trail.Sealed, Checkpoints = trail.Held }
            : new LedgerVerdict.Broken(factFault, tree.Size);
    }

    // Every checkpoint by the keys on record, whose rows the ledger proves in turn; that they are ours only a kept copy can say.
    private static async Task<CheckpointTrail> TrailAsync(GovernanceDb db, IReadOnlyList<string> kept, CancellationToken cancellationToken)
    {
        List<CheckpointRecord> rows = await db.Checkpoints.AsNoTracking().OrderBy(row => row.Size).ToListAsync(cancellationToken);
        if (rows.FirstOrDefault(row => SignedNote.Parse(row.Note).Text is string text
            && TreeHead.Parse(text) is TreeHead head && (head.Size != row.Size || Convert.ToHexStringLower(head.Root) != row.Root.Hex)) is CheckpointRecord other)
        {
            throw new FormatException($"The columns of the checkpoint over {other.Size} entries do not repeat its note.");
        }

        SigningKeyRecord[] keys = await RecordSigningKeys.AllAsync(db, cancellationToken);
        return new CheckpointTrail(
            rows.Select(row => row.Note), kept, keys.Select(key => InstallationKey.Read(key.Pem)), new Dictionary<FactDigest, InstallationKey>());
    }

    private static LedgerFault? FaultOf(LedgerEntry entry, long expected, LedgerEntry? previous, out LedgerLeaf? leaf)
    {
        leaf = null;
        if (entry.Sequence != expected)
        {
            return new LedgerFault(LedgerFaultKind.Gap, expected, $"Entry {expected} is missing.");
        }

        try
        {
            leaf = entry.Read();
        }
        catch (FormatException)
        {
            return new LedgerFault(LedgerFaultKind.Form, entry.Sequence, $"Entry {entry.Sequence} is no leaf of the ledger.");
        }

        return leaf.ToText() != entry.Leaf
            ? new LedgerFault(LedgerFaultKind.Form, entry.Sequence, $"Entry {entry.Sequence} is not in canonical form.")
            : LedgerEntry.HashOf(entry.Leaf) != entry.Hash
            ? new LedgerFault(LedgerFaultKind.Hash, entry.Sequence, $"The hash of entry {entry.Sequence} is not that of its text.")
            : leaf.Sequence != entry.Sequence || leaf.At != entry.At || leaf.Actor != entry.Actor
                || leaf.Action != entry.Action || leaf.Subject != new LedgerSubject(entry.SubjectKind, entry.SubjectId)
                || leaf.Scope?.Kind != entry.ScopeKind || leaf.Scope?.Id != entry.ScopeId
            ? new LedgerFault(LedgerFaultKind.Columns, entry.Sequence, $"The columns of entry {entry.Sequence} do not repeat its leaf.")
            : previous is not null && entry.At < previous.At
            ? new LedgerFault(LedgerFaultKind.Time, entry.Sequence, $"Entry {entry.Sequence} is older than the one before it.")
            : null;
    }

    private static LedgerFault? ChainFault(
        LedgerLeaf leaf, Dictionary<LedgerSubject, (long Sequence, FactDigest? After)> latest)
    {
        FactDigest? known = latest.TryGetValue(leaf.Subject, out (long, FactDigest? After) before) ? before.After : null;
        return leaf.Before == known
            ? null
            : new LedgerFault(
                LedgerFaultKind.Chain, leaf.Sequence,
                $"Entry {leaf.Sequence} does not follow from what the ledger said of {leaf.Subject} before.");
    }

    private static LedgerFault? FactFault(
        Dictionary<LedgerSubject, (long Sequence, FactDigest? After)> latest, Dictionary<LedgerSubject, FactDigest> facts)
    {
        foreach ((LedgerSubject subject, (long sequence, FactDigest? after)) in latest.OrderBy(pair => pair.Value.Sequence))
        {
            bool present = facts.TryGetValue(subject, out FactDigest now);
            if (after is null == present || (present && now != after))
            {
                return present
                    ? new LedgerFault(LedgerFaultKind.FactChanged, sequence, $"The row of {subject} is not what entry {sequence} says.")
                    : new LedgerFault(LedgerFaultKind.FactMissing, sequence, $"The row of {subject}, which entry {sequence} names, is gone.");
            }
        }

        LedgerSubject? stray = facts.Keys.Where(subject => !latest.ContainsKey(subject))
            .OrderBy(subject => subject.ToString(), StringComparer.Ordinal).Cast<LedgerSubject?>().FirstOrDefault();
        return stray is null
            ? null
            : new LedgerFault(LedgerFaultKind.FactUnknown, null, $"There is a row of {stray} that no entry speaks of.");
    }

    private static async Task<LedgerFault?> TextFaultAsync(
        GovernanceDb db, Dictionary<FactDigest, long> reasons, CancellationToken cancellationToken)
    {
        await foreach (PersonalText text in db.PersonalTexts.AsNoTracking().AsAsyncEnumerable()
            .WithCancellation(cancellationToken))
        {
            if (!text.Holds())
            {
                long? sequence = reasons.TryGetValue(text.Digest, out long known) ? known : null;
                return new LedgerFault(LedgerFaultKind.Text, sequence, "A text is not the one that was written.");
            }
        }

        return null;
    }
}
