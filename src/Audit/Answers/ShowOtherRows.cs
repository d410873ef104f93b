using Governance.Audit.Privacy;
using Governance.Registry.Datasets;
using Governance.Registry.Privacy;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Audit.Answers;

/// <summary>Shows rows that are answered otherwise, as far as the asker may read their cells, and writes down each look at a real one.</summary>
/// <remarks>What is masked is judged at each answer: a column that was marked personal a moment ago is masked in an answer computed before.</remarks>
public sealed class ShowOtherRows(IDbContextFactory<GovernanceDb> contexts, RecordRowReads reads)
{
    /// <summary>Masks the rows of an answer.</summary>
    /// <returns>One a row of the request; null where none was asked for or found.</returns>
    /// <exception cref="DbUpdateException">A look could not be written down, so nothing may be shown.</exception>
    internal async Task<OtherRow?[]> RunAsync(AskedRows asked, ComputedRow[] computed, CancellationToken cancellationToken)
    {
        OtherRow?[] shown = new OtherRow?[computed.Length];
        if (asked.Hosted.Reference is not ReferenceData reference || Array.TrueForAll(computed, row => row.Other is null))
        {
            return shown;
        }

        IReadOnlyList<DatasetColumn> columns;
        await using (GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            columns = await MarkedColumns.OfAsync(db, reference.Dataset, cancellationToken);
        }

        RowMask mask = RowMask.Of(asked.Grant.Rows, columns);
        HashSet<string> hidden = [.. mask.Columns, .. mask.Unmasked ? [] : (IEnumerable<string>?)asked.Hosted.Others?.Personal ?? []];
        int[] real = [.. computed.Select(row => row.Other?.Row).OfType<int>().Distinct()];
        if (real.Length > 0)
        {
            await reads.RunAsync(
                asked.Request.Principal,
                new RowLook(
                    asked.Version.Id, reference.Dataset.Id, reference.Dataset.Digest, real, ReadPurpose.Api, ReadKind.Counterfactual, mask.Unmasked),
                cancellationToken);
        }

        for (int at = 0; at < shown.Length; at++)
        {
            shown[at] = computed[at].Other?.Masked(hidden);
        }

        return shown;
    }
}
