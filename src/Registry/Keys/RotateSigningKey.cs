using Governance.Registry.Access;
using Governance.Registry.Checkpoints;
using Governance.Registry.Ledger;

namespace Governance.Registry.Keys;

/// <summary>What came of a rotation.</summary>
public abstract record KeyRotationOutcome
{
    private KeyRotationOutcome()
    {
    }

    /// <summary>A new key signs.</summary>
    /// <param name="Key">Its public half.</param>
    /// <param name="Handover">What sealing the checkpoint that old and new key sign together came to.</param>
    public sealed record Rotated(InstallationKey Key, SealOutcome Handover) : KeyRotationOutcome;

    /// <summary>Nothing was done.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Refused(Refusal Reason) : KeyRotationOutcome;
}

/// <summary>Makes a new signing key; an administrator may, and the system.</summary>
/// <remarks>
/// Order: the new private key in its folder, its ledger entry, a checkpoint over that entry signed by both keys, the end of
/// the old private key. Whoever is killed in between leaves two keys, and the next checkpoint finishes it.
/// </remarks>
public sealed class RotateSigningKey(AppendGate gate, SigningKeys keys, RecordSigningKeys record, SealCheckpoint seal)
{
    /// <summary>Rotates.</summary>
    /// <param name="actor">Who wants it.</param>
    /// <param name="cancellationToken">Ends it before the new key is made.</param>
    /// <exception cref="Artifacts.ArtifactKeyException">The keys cannot be used.</exception>
    public async Task<KeyRotationOutcome> RunAsync(Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        await record.RunAsync(cancellationToken);
        Refusal? refusal = await gate.RunAsync(actor, async change =>
        {
            Standing standing = await Standing.LoadAsync(change.Db, actor, null, cancellationToken);
            if (standing.RefusalFor(Right.Administer) is Refusal noRight)
            {
                return noRight;
            }

            await RecordSigningKeys.WriteAsync(change, keys.Next(), cancellationToken);
            return null;
        }, cancellationToken);
        return refusal is not null
            ? new KeyRotationOutcome.Refused(refusal)
            : new KeyRotationOutcome.Rotated(keys.Current, await seal.RunAsync(cancellationToken));
    }
}
