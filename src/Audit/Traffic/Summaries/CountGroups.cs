using Governance.Audit.Data;
using Governance.Audit.Traffic.Chunks;

namespace Governance.Audit.Traffic.Summaries;

/// <summary>Counts rows of a protected column's groups by what was decided about them.</summary>
internal static class CountGroups
{
    /// <summary>Adds rows.</summary>
    /// <param name="summary">Where to.</param>
    /// <param name="layout">The protected column's: its bins are the groups of many numbers.</param>
    /// <param name="cells">Its cells.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="from">The first of them.</param>
    /// <param name="count">How many.</param>
    public static void Add(GroupSummary summary, ColumnLayout layout, Column cells, DayRows rows, int from, int count)
    {
        if (layout.Counts)
        {
            return; // each of its values is one person
        }

        double[]? scores = rows.Scores.Count > 0 ? rows.Scores[0].Values : null;
        Dictionary<(string Level, int Decision), Sums> sums = [];
        for (int row = from; row < from + count; row++)
        {
            if (LevelOf(layout, cells, row) is not string level)
            {
                continue;
            }

            int decision = rows.Decisions?.Codes[row] ?? -1;
            Sums sum = sums.GetValueOrDefault((level, decision));
            double score = scores?[row] ?? double.NaN;
            sums[(level, decision)] = double.IsFinite(score)
                ? new Sums(sum.Rows + 1, sum.Scored + 1, sum.Sum + score, sum.Squares + (score * score))
                : sum with { Rows = sum.Rows + 1 };
        }

        foreach (((string level, int decision), Sums sum) in sums.OrderByDescending(pair => pair.Value.Rows).ThenBy(pair => pair.Key.Level, StringComparer.Ordinal))
        {
            summary.Of(level).Add(decision < 0 ? null : rows.Decisions!.Levels[decision], sum.Rows, sum.Scored, sum.Sum, sum.Squares);
        }
    }

    private static string? LevelOf(ColumnLayout layout, Column cells, int row)
    {
        if (!layout.IsNumber)
        {
            return cells.Text(row);
        }

        double value = cells.Number(row);
        if (double.IsNaN(value))
        {
            return null;
        }

        // Few values are their own edges: the group is the value itself.
        int bin = ColumnLayout.BinOf(layout.EdgeArray, value);
        return bin > 0 && layout.EdgeArray[bin - 1] == value && layout.EdgeArray.Length <= SummaryLayout.FewValues ? cells.Text(row) : layout.BinName(bin);
    }

    private readonly record struct Sums(long Rows, long Scored, double Sum, double Squares);
}
