using Governance.Audit.Data;
using Governance.Audit.Runs;

namespace Governance.Audit.Cases;

/// <summary>In which order the cases of a cohort are gone through. The same choice gives the same order on every machine.</summary>
public static class CaseOrder
{
    /// <summary>Orders rows.</summary>
    /// <param name="scored">All rows with what the model said of them.</param>
    /// <param name="rows">The rows of the cohort, ascending, from 0.</param>
    /// <param name="pick">By row, drawn by the seed, by nearness to the threshold, or the surest wrong decisions first; of values the largest errors.</param>
    /// <param name="decision">Only rows that were decided so; null for all.</param>
    /// <param name="seed">Draws random rows.</param>
    /// <returns>Rows from 0; none where no row fits.</returns>
    /// <exception cref="InputException">The model has no such score, or the data no true outcome.</exception>
    public static int[] Of(ScoredTable scored, IReadOnlyList<int> rows, RowPick pick, string? decision, int seed)
    {
        ArgumentNullException.ThrowIfNull(scored);
        ArgumentNullException.ThrowIfNull(rows);
        int[] fitting = [.. rows];
        if (decision is not null)
        {
            CaseDecisions decisions = CaseDecisions.Of(scored);
            fitting = [.. rows.Where(row => decisions[row] == decision)];
        }

        return pick == RowPick.Wrong && scored.IsRegression ? Residuals(scored, fitting) : PickRows.Ordered(pick, fitting, scored, seed);
    }

    private static int[] Residuals(ScoredTable scored, int[] rows)
    {
        Column truth = scored.Label is string label && scored.Table.Find(label) is Column known
            ? known : throw new InputException("The data say nothing of the true values, so errors cannot be ordered.");
        Column prediction = scored.Table.Need(scored.Prediction);
        double[] errors = [.. rows.Select(row => Math.Abs(prediction.Number(row) - truth.Number(row)))];
        return [.. Enumerable.Range(0, rows.Length).Where(at => !double.IsNaN(errors[at])).OrderByDescending(at => errors[at]).ThenBy(at => rows[at]).Select(at => rows[at])];
    }
}
