using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Portal.Features.Explanations;

namespace Governance.Portal.Features.Cohorts;

/// <summary>The evaluation rows of some evidence with what the version says of them, kept in memory. In the clear: <see cref="ReadCohort"/> decides who sees what.</summary>
public sealed class ScoredRows
{
    private const int MostSets = 16;

    private readonly Lock gate = new();
    private readonly LinkedList<(string Where, int[] Rows)> sets = [];

    /// <summary>Keeps scored rows.</summary>
    public ScoredRows(ScoredTable scored)
    {
        Scored = scored;
        Table = DerivedColumns.Of(scored);
        Data = scored.Table.Keep(scored.Table.Columns.Select(column => column.Name).Where(name => name != scored.Prediction && !scored.Scores.Contains(name)));
    }

    /// <summary>The rows with the columns of predictions and scores, as the measures take them.</summary>
    public ScoredTable Scored { get; }

    /// <summary>The rows as the data have them, with nothing that the model said.</summary>
    public Table Data { get; }

    /// <summary>The scored rows with the columns that conditions can name besides.</summary>
    public Table Table { get; }

    /// <summary>How many rows.</summary>
    public int Count => Table.Rows;

    /// <summary>About how many bytes they take, with the sets of rows that are kept besides.</summary>
    public long Bytes => (4L * MostSets * Count) + KeptTables.Bytes(Table);

    /// <summary>The rows that fulfil a condition, ascending; all of them without one. The array is shared: do not write to it.</summary>
    /// <exception cref="InputException">It is no condition, or does not fit the data; the sentence says why.</exception>
    public int[] Rows(string? where)
    {
        if (string.IsNullOrWhiteSpace(where))
        {
            return [.. Enumerable.Range(0, Count)];
        }

        lock (gate)
        {
            if (sets.FirstOrDefault(set => set.Where == where) is { Rows: { } kept } found)
            {
                sets.Remove(found);
                sets.AddFirst(found);
                return kept;
            }
        }

        Cohort cohort = Cohort.Parse(where);
        string? refusal = cohort.Columns.Where(column => DerivedColumns.All.Contains(column) && Table.Find(column) is null)
            .Select(column => DerivedColumns.Refusal(column, Scored)).FirstOrDefault(sentence => sentence is not null);
        int[] rows = refusal is null ? cohort.Rows(Table) : throw new InputException(refusal);
        lock (gate)
        {
            sets.AddFirst((where, rows));
            if (sets.Count > MostSets)
            {
                sets.RemoveLast();
            }
        }

        return rows;
    }
}
