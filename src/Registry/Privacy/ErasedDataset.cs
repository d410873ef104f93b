using System.Globalization;
using Governance.Registry.Datasets;
using Governance.Registry.Retention;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Privacy;

/// <summary>Says why a data set's rows are gone.</summary>
public static class ErasedDataset
{
    /// <summary>A sentence where its file was destroyed; null where its rows are there.</summary>
    public static async Task<string?> SentenceAsync(GovernanceDb db, Dataset dataset, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(dataset);
        Erasure? erasure = await db.Erasures.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Artifact == dataset.Digest && row.StoredAgainAt == null, cancellationToken);
        if (erasure is null)
        {
            return null;
        }

        string day = erasure.ErasedAt.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        DatasetId id = dataset.Id;
        SubjectErasure? removed = await db.SubjectErasures.AsNoTracking().Where(row => row.Dataset == id)
            .OrderByDescending(row => row.ErasedAt).FirstOrDefaultAsync(cancellationToken);
        if (removed is null)
        {
            return $"The rows of '{dataset.Name}' were erased on {day} because their time was over. Evidence about them keeps its digests, but cannot be computed again.";
        }

        string? other = removed.Replacement is DatasetId replacement
            ? await db.Datasets.AsNoTracking().Where(row => row.Id == replacement).Select(row => row.Name).FirstOrDefaultAsync(cancellationToken) : null;
        return $"'{dataset.Name}' was erased on {day}: {removed.Rows} rows of one person were removed at their request, so what was computed from it cannot be computed again bit for bit."
            + (other is null ? "" : $" '{other}' holds the other rows; an audit of it is a new one.");
    }
}
