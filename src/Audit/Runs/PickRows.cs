using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Audit.Explanations;

namespace Governance.Audit.Runs;

/// <summary>Chooses the rows that are explained.</summary>
internal static class PickRows
{
    /// <summary>Chooses them.</summary>
    /// <param name="options">Which, and how many.</param>
    /// <param name="scored">All rows with what the model said of them.</param>
    /// <param name="seed">Of the audit; draws random rows.</param>
    /// <returns>Row numbers from 0, ascending, at least one.</returns>
    /// <exception cref="InputException">No row fits, a row number does not exist, or the model has no such score or label.</exception>
    public static int[] Of(ExplanationOptions options, ScoredTable scored, int seed)
    {
        int[] rows = options.Where is string where ? Cohort.Parse(where).Rows(scored.Table) : [.. Enumerable.Range(0, scored.Table.Rows)];
        if (options.RowNumbers is { Count: > 0 } numbers)
        {
            HashSet<int> allowed = [.. rows];
            int absent = numbers.FirstOrDefault(row => !allowed.Contains(row), -1);
            return absent < 0
                ? [.. numbers.Distinct().Order()]
                : throw new InputException(absent >= 0 && absent < scored.Table.Rows
                    ? $"The row {absent} does not belong to the cohort."
                    : $"The data has no row {absent}; it has {scored.Table.Rows}, counted from 0.");
        }

        int[] picked = Ordered(options.Pick, rows, scored, seed);
        if (picked.Length == 0)
        {
            throw new InputException(options.Where is null && options.Pick != RowPick.Wrong
                ? "The data has no rows."
                : "No row of the data fits the choice of rows to explain.");
        }

        int[] taken = picked[..Math.Min(options.Rows, picked.Length)];
        Array.Sort(taken);
        return taken;
    }

    /// <summary>All rows that fit, in the order in which they would be taken.</summary>
    /// <param name="pick">Which, and how they are ordered.</param>
    /// <param name="rows">The rows to choose from, ascending; the array may be reordered.</param>
    /// <param name="scored">All rows with what the model said of them.</param>
    /// <param name="seed">Draws random rows.</param>
    /// <exception cref="InputException">The model has no such score, or the data no label.</exception>
    public static int[] Ordered(RowPick pick, int[] rows, ScoredTable scored, int seed) => pick switch
    {
        RowPick.Random => Shuffled(rows, seed),
        RowPick.NearThreshold => Nearest(rows, scored),
        RowPick.Wrong => Wrong(rows, scored),
        _ => rows,
    };

    private static int[] Shuffled(int[] rows, int seed)
    {
        SeededRandom random = new(seed, -1);
        for (int i = rows.Length - 1; i > 0; i--)
        {
            int other = random.NextBelow(i + 1);
            (rows[i], rows[other]) = (rows[other], rows[i]);
        }

        return rows;
    }

    private static int[] Nearest(int[] rows, ScoredTable scored)
    {
        double[] distance = Distances(scored, "Rows nearest to the threshold");
        return [.. rows.Where(row => !double.IsNaN(distance[row])).OrderBy(row => distance[row]).ThenBy(row => row)];
    }

    private static int[] Wrong(int[] rows, ScoredTable scored)
    {
        if (scored.Label is not string label || scored.Table.Find(label) is not Column truth || scored.IsRegression)
        {
            throw new InputException("Rows decided against the outcome need data with a label and a model of classes.");
        }

        double[] distance = scored.Scores.Count == 1 ? Distances(scored, "") : new double[scored.Table.Rows];
        Column prediction = scored.Table.Need(scored.Prediction);
        return [.. rows
            .Where(row => !truth.IsMissing(row) && truth.Text(row) != prediction.Text(row))
            .OrderByDescending(row => distance[row]).ThenBy(row => row)];
    }

    private static double[] Distances(ScoredTable scored, string what)
    {
        if (scored.Scores.Count != 1)
        {
            throw new InputException($"{what} need a model of two classes.");
        }

        Column score = scored.Table.Need(scored.Scores[0]);
        double threshold = scored.Threshold ?? 0.5;
        return [.. Enumerable.Range(0, scored.Table.Rows).Select(row => Math.Abs(score.Number(row) - threshold))];
    }
}
