using Governance.Registry.Keys;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.SignOffs;

/// <summary>Verifies signatures of this installation by the id of the key, old keys included.</summary>
public sealed class KnownSigningKeys(SigningKeys keys)
{
    /// <summary>Whether a known key of this id made the signature; false for an unknown id.</summary>
    internal async Task<bool> VerifyAsync(
        GovernanceDb db, string keyId, byte[] message, byte[] signature, CancellationToken cancellationToken)
    {
        InstallationKey? held = keys.All.FirstOrDefault(key => key.Fingerprint.Hex == keyId);
        if (held is not null)
        {
            return held.Verify(message, signature);
        }

        SigningKeyRecord? old = await db.SigningKeys.AsNoTracking().FirstOrDefaultAsync(row => row.Fingerprint == new Ledger.FactDigest(keyId), cancellationToken);
        return old is not null && InstallationKey.Read(old.Pem).Verify(message, signature);
    }
}
