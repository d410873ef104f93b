using Governance.Audit.Privacy;
using Governance.Audit.Registrations;
using Governance.Audit.Runs;
using Governance.Portal.Features.Versions;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Policies;
using Governance.Registry.Privacy;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Privacy;

/// <summary>Findings documents as one person may see them: sealed for those who read personal rows, masked for others.</summary>
internal sealed class MaskedFindings(IDbContextFactory<GovernanceDb> databases, ArtifactStore store, ShowCohorts cohorts)
{
    /// <summary>The document as the person may see it.</summary>
    /// <param name="view">The version, with what the person may see.</param>
    /// <param name="document">What was sealed.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <returns>The same instance where nothing is masked.</returns>
    public async Task<FindingsDocument> ForAsync(VersionView view, FindingsDocument document, CancellationToken cancellationToken)
    {
        // A faithful stand-in tells what coefficients tell.
        if (document.Inside is { } inside && !view.Viewer.SeeCoefficients)
        {
            document = document with { Inside = inside.Closed() };
        }

        if (!view.Viewer.MaskProtected)
        {
            return document;
        }

        int smallest = PolicyPack.Default.SmallestShownGroup;
        Dataset? dataset = null;
        IReadOnlyList<DatasetColumn> columns = [];
        if (document.Data.FirstOrDefault(data => data.Role == "evaluation") is { } evaluation)
        {
            ArtifactDigest digest = new(evaluation.Digest);
            await using GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken);
            dataset = await db.Datasets.AsNoTracking().FirstOrDefaultAsync(row => row.Digest == digest, cancellationToken);
            columns = dataset is null ? [] : await MarkedColumns.OfAsync(db, dataset, cancellationToken);
        }

        IReadOnlySet<string> open = await OpenAsync(view.Viewer.Person, document, dataset, smallest, cancellationToken);
        return MaskFindings.Run(
            document, smallest, RowMask.Of(view.PersonalRows, columns), cohort => cohort.Where is string where && open.Contains(where));
    }

    // Cohorts of data that are gone cannot be compared with those shown before, so they are not shown.
    private async Task<IReadOnlySet<string>> OpenAsync(
        UserId person, FindingsDocument document, Dataset? dataset, int smallest, CancellationToken cancellationToken)
    {
        string[] conditions = [.. (document.Cohorts ?? []).Where(cohort => cohort.Rows >= smallest).Select(cohort => cohort.Where).OfType<string>()];
        if (conditions.Length == 0 || dataset is null || !store.Contains(dataset.Digest))
        {
            return new HashSet<string>();
        }

        byte[] bytes = await store.ReadAsync(dataset.Digest, cancellationToken);
        Audit.Data.Table table = await Task.Run(
            () => ReadDataset.Run(new MemoryStream(bytes, writable: false), dataset.Columns, cancellationToken), cancellationToken);
        return await cohorts.RunAsync(person, dataset.Digest, table, conditions, smallest, cancellationToken);
    }
}
