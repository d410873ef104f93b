using System.Security.Cryptography;
using System.Text;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Privacy;

/// <summary>
/// The key of the digests that stand for rows and persons in logs and facts: whoever has the database alone cannot tell
/// by trying names which person a digest stands for.
/// </summary>
public sealed class PrivacyKey(AppendGate gate, ArtifactStore store, IDbContextFactory<GovernanceDb> contexts)
{
    private const int Length = 32;
    private byte[]? known;

    /// <summary>The keyed digest of a row of a data set.</summary>
    /// <param name="dataset">The digest of the data set's bytes.</param>
    /// <param name="row">From 0.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<string> OfRowAsync(ArtifactDigest dataset, long row, CancellationToken cancellationToken) =>
        OfAsync($"row\n{dataset.Hex}\n{row}", cancellationToken);

    /// <summary>The keyed digest of a text: HMAC-SHA256, 64 lower-case hexadecimal digits.</summary>
    public async Task<string> OfAsync(string text, CancellationToken cancellationToken)
    {
        byte[] key = known ??= await LoadAsync(cancellationToken);
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }

    private async Task<byte[]> LoadAsync(CancellationToken cancellationToken)
    {
        await using (GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (await db.PrivacyKeys.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is PrivacyKeyRecord row)
            {
                return await store.ReadAsync(row.Artifact, cancellationToken);
            }
        }

        StoredArtifact made = await store.WriteAsync(RandomNumberGenerator.GetBytes(Length), ArtifactKind.PrivacyKey, cancellationToken);
        ArtifactDigest kept = await gate.RunAsync(Actor.System, async change =>
        {
            if (await change.Db.PrivacyKeys.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is PrivacyKeyRecord first)
            {
                return first.Artifact;
            }

            PrivacyKeyRecord row = new(PrivacyKeyRecord.Only, made.Digest, change.Now);
            await ArtifactRows.AddAsync(change, made, row.Subject, cancellationToken);
            change.Add(row, "privacy-key.made", row.Subject);
            return made.Digest;
        }, cancellationToken);
        return await store.ReadAsync(kept, cancellationToken);
    }
}
