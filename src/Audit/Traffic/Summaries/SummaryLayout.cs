using Governance.Audit.Data;
using Governance.Audit.Traffic.Chunks;
using Governance.Registry.Datasets;
using MathNet.Numerics.Statistics;

namespace Governance.Audit.Traffic.Summaries;

/// <summary>How all columns of a deployment are counted: fixed from the reference data, else from the first rows that have the column.</summary>
internal sealed class SummaryLayout
{
    private const int Parts = 20; // twentieths: every second edge is a decile, which PSI takes
    private const int ScoreBins = 50;
    /// <summary>A numeric protected column of at most so many values has a group for each.</summary>
    public const int FewValues = 20;
    private const string DecisionName = "decision";
    private const string LatencyName = "latency_ms";

    // Milliseconds: a twentieth of a decade apart would tell more than anyone asks; five bins a decade from 0.1 ms to 100 s.
    private static readonly double[] LatencyEdges = [.. Enumerable.Range(0, 31).Select(step => Math.Pow(10, (step / 5.0) - 1))];

    private readonly Dictionary<(SummaryRole, string), ColumnLayout> columns = [];

    /// <summary>In the order in which they were met.</summary>
    public List<ColumnLayout> Columns { get; } = [];

    /// <summary>The layout of a column; null where it was not met yet.</summary>
    public ColumnLayout? Find(SummaryRole role, string name) => columns.GetValueOrDefault((role, name));

    /// <summary>The layout of a deployment before its first row.</summary>
    /// <param name="reference">The rows that windows are compared with; null for none.</param>
    /// <param name="declared">What its columns are, with all their marks.</param>
    public static SummaryLayout Of(Table? reference, IReadOnlyList<DatasetColumn> declared)
    {
        SummaryLayout layout = new();
        foreach (DatasetColumn column in declared.Where(column => column.Role is not (ColumnRole.Label or ColumnRole.Prediction or ColumnRole.Score or ColumnRole.Weight)))
        {
            if (reference?.Find(column.Name) is Column cells)
            {
                layout.Add(OfCells(cells, column));
            }
        }

        return layout;
    }

    /// <summary>This layout with what rows bring that it does not know yet; itself where they bring nothing.</summary>
    public SummaryLayout With(DayRows rows)
    {
        List<ColumnLayout> found = [];
        found.AddRange(rows.Columns.Where(column => Find(SummaryRole.Feature, column.Name) is null).Select(column => OfCells(column, null)));
        found.AddRange(rows.Scores.Where(score => Find(SummaryRole.Score, score.Class) is null).Select(OfScore));
        if (rows.Decisions is not null && Find(SummaryRole.Decision, DecisionName) is null)
        {
            found.Add(new ColumnLayout(DecisionName, SummaryRole.Decision, false, false, false, [], []));
        }

        if (rows.Latency is not null && Find(SummaryRole.Latency, LatencyName) is null)
        {
            found.Add(new ColumnLayout(LatencyName, SummaryRole.Latency, true, false, false, LatencyEdges, []));
        }

        if (found.Count == 0)
        {
            return this;
        }

        SummaryLayout more = new();
        foreach (ColumnLayout column in Columns.Concat(found))
        {
            more.Add(column);
        }

        return more;
    }

    /// <summary>This layout with the columns of an earlier one that it does not know; the earlier one's stand first.</summary>
    public SummaryLayout With(SummaryLayout? earlier)
    {
        if (earlier is null)
        {
            return this;
        }

        SummaryLayout both = new();
        foreach (ColumnLayout column in earlier.Columns.Concat(Columns).DistinctBy(column => (column.Role, column.Name)))
        {
            both.Add(column);
        }

        return both;
    }

    public void Write(ByteSink sink)
    {
        sink.Count(Columns.Count);
        foreach (ColumnLayout column in Columns)
        {
            column.Write(sink);
        }
    }

    public static SummaryLayout Read(ref ByteSource source)
    {
        SummaryLayout layout = new();
        for (int left = source.Count(); left > 0; left--)
        {
            layout.Add(ColumnLayout.Read(ref source));
        }

        return layout;
    }

    private static ColumnLayout OfCells(Column cells, DatasetColumn? declared)
    {
        bool group = declared?.Role == ColumnRole.Protected;
        bool person = declared is { Role: ColumnRole.Id } or { Subject: true } or { Personal: true } or { Kind: ColumnKind.Text };
        bool number = declared is null ? cells is NumberColumn : declared.Kind == ColumnKind.Numeric && cells is NumberColumn;
        return person ? new ColumnLayout(cells.Name, SummaryRole.Feature, false, group, true, [], [])
            : number ? new ColumnLayout(cells.Name, SummaryRole.Feature, true, group, false, EdgesOf((NumberColumn)cells, group), [])
            : new ColumnLayout(cells.Name, SummaryRole.Feature, false, group, false, [], declared is null ? [] : LevelsOf(cells));
    }

    private static double[] EdgesOf(NumberColumn cells, bool group)
    {
        double[] values = [.. cells.Values.ToArray().Where(double.IsFinite).Order()];
        double[] distinct = [.. values.Distinct().Take(FewValues + 1)];
        return values.Length == 0 ? []
            : values[0] == values[^1] ? [values[0], Math.BitIncrement(values[0])] // below, the value, above
            : group && distinct.Length <= FewValues ? distinct
            : [.. Enumerable.Range(1, Parts - 1).Select(part => SortedArrayStatistics.QuantileCustom(values, part / (double)Parts, QuantileDefinition.R7)).Distinct()];
    }

    private static string[] LevelsOf(Column cells) =>
    [
        .. Enumerable.Range(0, cells.Count).Select(cells.Text).OfType<string>().CountBy(text => text, StringComparer.Ordinal)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(ColumnLayout.MostLevels).Select(pair => pair.Key),
    ];

    private static ColumnLayout OfScore(ScoreColumn score)
    {
        bool share = score.Values.All(value => double.IsNaN(value) || value is >= 0 and <= 1);
        double[] edges = share
            ? [.. Enumerable.Range(1, ScoreBins - 1).Select(bin => bin / (double)ScoreBins)]
            : EdgesOf(new NumberColumn(score.Class, score.Values), false);
        return new ColumnLayout(score.Class, SummaryRole.Score, true, false, false, edges, []);
    }

    private void Add(ColumnLayout column)
    {
        columns.Add((column.Role, column.Name), column);
        Columns.Add(column);
    }
}
