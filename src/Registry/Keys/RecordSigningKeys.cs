using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Keys;

/// <summary>Writes the public half of the key that signs down as a fact, so that what it signs can be verified for good.</summary>
public sealed class RecordSigningKeys(AppendGate gate, SigningKeys keys, IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>Records a key that signs and is not on record; whatever signed before is retired by it.</summary>
    /// <returns>Every key on record, the oldest first.</returns>
    /// <exception cref="Artifacts.ArtifactKeyException">The key cannot be read.</exception>
    public async Task<IReadOnlyList<SigningKeyRecord>> RunAsync(CancellationToken cancellationToken)
    {
        InstallationKey current = keys.Current;
        await using (GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            SigningKeyRecord[] known = await AllAsync(db, cancellationToken);
            if (known.Any(key => key.Fingerprint == current.Fingerprint))
            {
                return known;
            }
        }

        return await gate.RunAsync(Actor.System, change => WriteAsync(change, current, cancellationToken), cancellationToken);
    }

    /// <summary>Records the key that signs from now on, inside a change.</summary>
    internal static async Task<IReadOnlyList<SigningKeyRecord>> WriteAsync(
        RegistryChange change, InstallationKey current, CancellationToken cancellationToken)
    {
        List<SigningKeyRecord> rows = await change.Db.SigningKeys.OrderBy(key => key.Since).ToListAsync(cancellationToken);
        if (rows.Any(key => key.Fingerprint == current.Fingerprint))
        {
            return rows; // another process was first
        }

        foreach (SigningKeyRecord old in rows.Where(key => key.RetiredAt is null))
        {
            change.Change(old, "signing-key.retired", null, key => key.Retire(change.Now));
        }

        SigningKeyRecord row = new(current.Fingerprint, current.Pem, change.Now);
        change.Add(row, "signing-key.made", null);
        return [.. rows, row];
    }

    internal static Task<SigningKeyRecord[]> AllAsync(GovernanceDb db, CancellationToken cancellationToken) =>
        db.SigningKeys.AsNoTracking().OrderBy(key => key.Since).ToArrayAsync(cancellationToken);
}
