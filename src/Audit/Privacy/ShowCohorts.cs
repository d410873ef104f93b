using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Privacy;

namespace Governance.Audit.Privacy;

/// <summary>Decides which parts of a data set a person may be shown figures of, after all that they were shown before, and remembers it.</summary>
public sealed class ShowCohorts(ShownCohorts register)
{
    /// <summary>Decides about parts, in their order.</summary>
    /// <param name="person">Who looks.</param>
    /// <param name="dataset">The digest of the data set's bytes.</param>
    /// <param name="table">Its rows.</param>
    /// <param name="conditions">One a part.</param>
    /// <param name="smallest">k: parts and differences of fewer rows are not shown.</param>
    /// <param name="cancellationToken">Ends it; then nothing may be shown.</param>
    /// <returns>The conditions that may be shown; each is written down as shown.</returns>
    public async Task<IReadOnlySet<string>> RunAsync(
        UserId person, ArtifactDigest dataset, Table table, IReadOnlyList<string> conditions, int smallest, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(conditions);
        List<int[]> shown = [];
        HashSet<string> known = [];
        foreach (string where in await register.OfAsync(person, dataset, cancellationToken))
        {
            if (Rows(where, table) is int[] rows)
            {
                shown.Add(rows);
                known.Add(where);
            }
        }

        HashSet<string> open = [];
        List<string> added = [];
        foreach (string where in conditions.Distinct(StringComparer.Ordinal))
        {
            if (known.Contains(where))
            {
                open.Add(where);
            }
            else if (Rows(where, table) is int[] rows && rows.Length >= smallest && !CohortDisclosure.Discloses(table.Rows, shown, rows, smallest))
            {
                shown.Add(rows);
                added.Add(where);
                open.Add(where);
            }
        }

        if (added.Count > 0)
        {
            await register.AddAsync(person, dataset, added, cancellationToken);
        }

        return open;
    }

    // Null where a condition cannot be remembered or does not fit the data.
    private static int[]? Rows(string where, Table table)
    {
        if (where.Length > ShownCohort.MaxLength)
        {
            return null;
        }

        try
        {
            return Cohort.Parse(where).Rows(table);
        }
        catch (InputException)
        {
            return null; // of other columns than the data have
        }
    }
}
