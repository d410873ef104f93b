using Governance.Registry.Access;
using Governance.Registry.Checkpoints;
using Governance.Registry.Keys;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Packs;

/// <summary>Makes the evidence pack of a version: one file that proves itself to whoever has the public key, without this program's database.</summary>
/// <remarks>
/// It stands on the smallest checkpoint that covers the version's last entry, and a signature once made for a manifest is used
/// again: the same state and the same files give the same bytes. The export is a fact, and a checkpoint is sealed over it at once.
/// </remarks>
public sealed class ExportPack(
    AppendGate gate, IDbContextFactory<GovernanceDb> contexts, CollectPack collect, SealCheckpoint seal, CheckpointQueries checkpoints, SigningKeys keys)
{
    /// <summary>The action of an export's entry.</summary>
    public const string Action = "pack.exported";

    /// <summary>Exports.</summary>
    /// <param name="actor">Who takes it: a person.</param>
    /// <param name="version">Of which version.</param>
    /// <param name="files">
    /// Makes evidence and documents as the person may see them, by path, not under a name of the pack's own: once the person may
    /// take the pack, and the checkpoint that they may quote is sealed.
    /// </param>
    /// <param name="cancellationToken">Ends it, and nothing was exported.</param>
    /// <exception cref="Artifacts.ArtifactKeyException">The signing key cannot be used.</exception>
    /// <exception cref="Artifacts.ArtifactDamagedException">A document that a decision signed is not what was stored.</exception>
    public async Task<PackOutcome> RunAsync(
        Actor actor, ModelVersionId version, Func<Task<Dictionary<string, byte[]>>> files, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(files);
        UserId person = actor.User ?? throw new ArgumentException("A person takes a pack.", nameof(actor));
        await using (GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (await RefusalAsync(db, person, version, cancellationToken) is PackOutcome refusal)
            {
                return refusal;
            }
        }

        IReadOnlyList<SigningKeyRecord> known = await checkpoints.KeysAsync(cancellationToken);
        if (known.Count > 0 && !known.Any(key => keys.All.Any(own => own.Fingerprint == key.Fingerprint)))
        {
            return new PackOutcome.Refused(new Refusal(
                "unknown-key",
                "The signing keys that this program was started with are not those of this ledger, so nobody could verify the pack. Name the same keys as the portal does (GOVERNANCE_KEK, GOVERNANCE_SIGNING_KEYS)."));
        }

        IReadOnlyList<LedgerEntry> entries = await collect.EntriesAsync(version, cancellationToken);
        SignedCheckpoint? checkpoint = await checkpoints.CoveringAsync(entries[^1].Sequence, cancellationToken);
        if (checkpoint is null)
        {
            switch (await seal.RunAsync(cancellationToken))
            {
                case SealOutcome.Refused { Sentence: var sentence }:
                    return new PackOutcome.Refused(new Refusal("ledger-broken", sentence));
                default:
                    entries = await collect.EntriesAsync(version, cancellationToken);
                    checkpoint = await checkpoints.CoveringAsync(entries[^1].Sequence, cancellationToken);
                    break;
            }
        }

        Dictionary<string, byte[]> pack = await files();
        await collect.RunAsync(version, entries, checkpoint!, pack, cancellationToken);
        string origin = TreeHead.Parse(SignedNote.Parse(checkpoint!.Note).Text).Origin;
        byte[] manifest = PackManifest.Write(origin, pack);
        FactDigest digest = FactDigest.Of(manifest);
        PackOutcome outcome = await gate.RunAsync(actor, async change =>
        {
            if (await RefusalAsync(change.Db, person, version, cancellationToken) is PackOutcome late)
            {
                return late;
            }

            string note = await change.Db.PackExports.Where(row => row.Version == version && row.Manifest == digest)
                .OrderBy(row => row.At).Select(row => row.Note).FirstOrDefaultAsync(cancellationToken)
                ?? SignedNote.Sign(PackManifest.SignedText(digest), origin, keys).ToString();
            PackExport export = new(PackExportId.New(), version, digest, note, person, change.Now);
            change.Add(export, Action, new LedgerSubject(LedgerSubject.Version, version.ToString()));
            pack[PackManifest.FilePath] = manifest;
            pack[PackManifest.NotePath] = System.Text.Encoding.UTF8.GetBytes(note);
            return new PackOutcome.Exported(PackFile.Write(pack), digest, checkpoint);
        }, cancellationToken);
        if (outcome is PackOutcome.Exported)
        {
            await seal.RunAsync(cancellationToken);
        }

        return outcome;
    }

    private static async Task<PackOutcome?> RefusalAsync(
        GovernanceDb db, UserId person, ModelVersionId version, CancellationToken cancellationToken)
    {
        ModelVersion? row = await db.Versions.AsNoTracking().FirstOrDefaultAsync(each => each.Id == version, cancellationToken);
        Model? model = row is null ? null : await db.Models.AsNoTracking().FirstAsync(each => each.Id == row.Model, cancellationToken);
        Holdings? holdings = await Holdings.LoadAsync(db, person, cancellationToken);
        return row is null || holdings is null || holdings.VisibilityOf(model!, row.Stage) != ModelVisibility.Full
            ? new PackOutcome.NoSuchVersion()
            : holdings.Decide(Right.SeeLedger, model, row.Stage).Allowed ? null
            : new PackOutcome.Refused(RightsRefusals.For(Right.SeeLedger));
    }
}

/// <summary>What came of an export.</summary>
public abstract record PackOutcome
{
    private PackOutcome()
    {
    }

    /// <summary>The pack.</summary>
    /// <param name="Bytes">The zip.</param>
    /// <param name="Manifest">SHA-256 of its manifest.</param>
    /// <param name="Checkpoint">The checkpoint that it stands on.</param>
    public sealed record Exported(byte[] Bytes, FactDigest Manifest, SignedCheckpoint Checkpoint) : PackOutcome;

    /// <summary>It may not be.</summary>
    public sealed record Refused(Refusal Reason) : PackOutcome;

    /// <summary>There is none, or not for this person.</summary>
    public sealed record NoSuchVersion : PackOutcome;
}
