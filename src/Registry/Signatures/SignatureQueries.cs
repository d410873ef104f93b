using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Signatures;

/// <summary>A version's signature as pages show it.</summary>
/// <param name="Signature">The record.</param>
/// <param name="Key">The trusted key that made it; null where the key is unknown. It may have been withdrawn since.</param>
public sealed record SignatureView(VersionSignature Signature, PublisherKey? Key);

/// <summary>Reads signatures. Whoever sees a version sees its signatures.</summary>
public sealed class SignatureQueries(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>The signatures of a version, the oldest first; none where it is unsigned.</summary>
    public async Task<IReadOnlyList<SignatureView>> OfAsync(ModelVersionId version, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        List<VersionSignature> rows = await db.Signatures.AsNoTracking().Where(row => row.Version == version)
            .OrderBy(row => row.RecordedAt).ToListAsync(cancellationToken);
        PublisherKeyId[] ids = [.. rows.Select(row => row.Key).OfType<PublisherKeyId>()];
        List<PublisherKey> keys = await db.PublisherKeys.AsNoTracking().Where(key => ids.Contains(key.Id)).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new SignatureView(row, keys.FirstOrDefault(key => key.Id == row.Key)))];
    }
}
