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
        foreach (ShownRows part in await register.OfAsync(person, dataset, cancellationToken))
        {
            if (Rows(part, table) is int[] rows)
            {
                shown.Add(rows);
                if (part.Packed is null)
                {
                    known.Add(part.Where);
                }
            }
        }

        HashSet<string> open = [];
        List<ShownRows> added = [];
        foreach (string where in conditions.Distinct(StringComparer.Ordinal))
        {
            if (known.Contains(where))
            {
                open.Add(where);
            }
            else if (Rows(where, table) is int[] rows && rows.Length >= smallest && !CohortDisclosure.Discloses(table.Rows, shown, rows, smallest))
            {
                shown.Add(rows);
                added.Add(new ShownRows(where));
                open.Add(where);
            }
        }

        if (added.Count > 0)
        {
            await register.AddAsync(person, dataset, added, cancellationToken);
        }

        return open;
    }

    /// <summary>Decides about one part whose rows are known.</summary>
    /// <param name="person">Who looks.</param>
    /// <param name="dataset">The digest of the data set's bytes.</param>
    /// <param name="table">Its rows, with nothing that a model said of them.</param>
    /// <param name="where">The condition; where it names other columns than the table's, the rows themselves are remembered.</param>
    /// <param name="rows">The rows that fulfil it, ascending.</param>
    /// <param name="smallest">k: parts and differences of fewer rows are not shown.</param>
    /// <param name="cancellationToken">Ends it; then nothing may be shown.</param>
    /// <returns>Whether figures of the part may be shown; it is written down as shown then.</returns>
    public Task<bool> RunAsync(
        UserId person, ArtifactDigest dataset, Table table, string where, int[] rows, int smallest, CancellationToken cancellationToken) =>
        DecideAsync(person, dataset, table, where, rows, [], smallest, cancellationToken);

    /// <summary>Decides about figures by group of one part that may be shown as a whole: none of few rows may follow for any group.</summary>
    /// <param name="person">Who looks.</param>
    /// <param name="dataset">The digest of the data set's bytes.</param>
    /// <param name="table">Its rows, with nothing that a model said of them.</param>
    /// <param name="where">The condition.</param>
    /// <param name="rows">The rows that fulfil it, ascending.</param>
    /// <param name="attributes">One column for each attribute, or intersection, whose groups are shown; at least one.</param>
    /// <param name="smallest">k: groups and differences of fewer rows are not shown.</param>
    /// <param name="cancellationToken">Ends it; then nothing may be shown.</param>
    public Task<bool> ByGroupAsync(
        UserId person, ArtifactDigest dataset, Table table, string where, int[] rows, IReadOnlyList<TextColumn> attributes, int smallest,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        ArgumentOutOfRangeException.ThrowIfZero(attributes.Count, nameof(attributes));
        return DecideAsync(person, dataset, table, where, rows, attributes, smallest, cancellationToken);
    }

    private async Task<bool> DecideAsync(
        UserId person, ArtifactDigest dataset, Table table, string where, int[] rows, IReadOnlyList<TextColumn> attributes, int smallest,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(rows);
        bool byGroup = attributes.Count > 0;
        bool derived = Cohort.Parse(where).Columns.Any(column => table.Find(column) is null);
        ShownRows part = new(where, derived ? PackedRows.Pack(rows, table.Rows) : null, byGroup);
        IReadOnlyList<ShownRows> before = [.. (await register.OfAsync(person, dataset, cancellationToken)).Where(each => each.ByGroup || !byGroup)];
        if (before.Any(each => each.Where == where && Same(each.Packed, part.Packed)))
        {
            return true;
        }

        List<int[]> shown = [.. before.Select(each => Rows(each, table)).OfType<int[]>()];
        bool discloses = byGroup
            ? attributes.Any(attribute => TellsGroup(attribute, shown, rows, smallest))
            : rows.Length < smallest || CohortDisclosure.Discloses(table.Rows, shown, rows, smallest);
        if (where.Length > ShownCohort.MaxLength || discloses)
        {
            return false;
        }

        await register.AddAsync(person, dataset, [part], cancellationToken);
        return true;
    }

    // Within each group by itself: what follows for rows of several groups follows for those of each.
    private static bool TellsGroup(TextColumn attribute, List<int[]> shown, int[] rows, int smallest)
    {
        int[] counts = new int[attribute.Levels.Count];
        int[] place = new int[attribute.Count];
        for (int row = 0; row < place.Length; row++)
        {
            int code = attribute.Codes[row];
            place[row] = code < 0 ? -1 : counts[code]++;
        }

        return Enumerable.Range(0, counts.Length).Where(group => counts[group] > 0).Any(group =>
            counts[group] < smallest || CohortDisclosure.Discloses(counts[group], [.. shown.Select(part => Within(part, group))], Within(rows, group), smallest)
            || Within(rows, group).Length is > 0 and int held && held < smallest);

        int[] Within(int[] part, int group) => [.. part.Where(row => attribute.Codes[row] == group).Select(row => place[row])];
    }

    private static bool Same(byte[]? first, byte[]? second) =>
        first is null || second is null ? first is null && second is null : first.AsSpan().SequenceEqual(second);

    private static int[]? Rows(ShownRows part, Table table) => part.Packed is byte[] packed ? PackedRows.Unpack(packed, table.Rows) : Rows(part.Where, table);

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
