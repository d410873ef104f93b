using Governance.Audit.Answers;
using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Audit.Statistics;

namespace Governance.Audit.Cases;

/// <summary>A row that resembles a case.</summary>
/// <param name="Row">The row in the data, from 0.</param>
/// <param name="Distance">Gower's distance, in [0, 1].</param>
/// <param name="Decision">What the model decided; for values "the higher half" or "the lower half".</param>
/// <param name="Score">The positive class's probability or the value; null where the model gives none.</param>
/// <param name="Differs">The columns whose cells differ, the largest share of the distance first.</param>
public sealed record NearCase(int Row, double Distance, string Decision, double? Score, IReadOnlyList<string> Differs);

/// <summary>The rows around a case, and whether they were decided alike.</summary>
/// <param name="Columns">The columns that the distance looks at.</param>
/// <param name="Decision">What was decided on the case itself.</param>
/// <param name="Alike">The nearest with the same decision, the nearest first.</param>
/// <param name="Otherwise">The nearest with another decision, the nearest first.</param>
/// <param name="Around">How many of the nearest rows were counted.</param>
/// <param name="AroundAlike">How many of them were decided as the case was.</param>
/// <param name="Interval">The 95 % Wilson interval of that share; null where no row is near.</param>
/// <param name="OverallAlike">The share of all other rows that were decided so, in [0, 1]; null where there is no other row.</param>
/// <param name="Twins">Other rows that differ in none of the columns.</param>
/// <param name="TwinsOtherwise">How many of these were decided otherwise.</param>
public sealed record Neighbourhood(
    IReadOnlyList<string> Columns, string Decision, IReadOnlyList<NearCase> Alike, IReadOnlyList<NearCase> Otherwise, int Around, int AroundAlike,
    Interval? Interval, double? OverallAlike, int Twins, int TwinsOtherwise);

/// <summary>Finds the rows nearest to a case, by decision.</summary>
/// <remarks>
/// Gower's distance: the mean over columns of |a − b| by the column's range, or 0 and 1 for equal and different levels; a cell
/// that is missing in one of the two rows is 1 away. Ties go to the earlier row. Source: Gower, "A general coefficient of
/// similarity", Biometrics 27 (1971). O(rows · columns + rows · log rows).
/// </remarks>
public static class NearestCases
{
    /// <summary>What stands for the decision where a model predicts values of which the row's is in the upper half.</summary>
    public const string Higher = "the higher half";

    /// <summary>The same below the middle value.</summary>
    public const string Lower = "the lower half";

    /// <summary>Finds them.</summary>
    /// <param name="scored">All rows with what the model said of them.</param>
    /// <param name="row">The case, from 0.</param>
    /// <param name="columns">What the distance looks at: the readable columns of the model; at least one.</param>
    /// <param name="count">How many of either decision, at least 1.</param>
    /// <param name="around">How many of the nearest are counted, at least 1.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">There is no such row, no column to compare by, or a column is not in the data.</exception>
    public static Neighbourhood Of(
        ScoredTable scored, int row, IReadOnlyList<string> columns, int count, int around, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scored);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(around, 1);
        Table table = scored.Table;
        if (row < 0 || row >= table.Rows)
        {
            throw new InputException($"The data have rows 0 to {table.Rows - 1}, not {row}.");
        }

        if (columns.Count == 0)
        {
            throw new InputException("No column of the model is readable for you, so there is nothing to compare rows by.");
        }

        RowDistance distance = new(table, columns);
        Table own = table.Take([row]);
        double[] far = new double[table.Rows];
        for (int at = 0; at < far.Length; at++)
        {
            if (at % 1_000 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            far[at] = distance.Of(table, at, own);
        }

        int[] order = [.. Enumerable.Range(0, far.Length).Where(at => at != row && double.IsFinite(far[at]))];
        Array.Sort(order, (a, b) => far[a].CompareTo(far[b]) is int by && by != 0 ? by : a.CompareTo(b));
        CaseDecisions decisions = CaseDecisions.Of(scored);
        string decided = decisions[row];
        int near = Math.Min(around, order.Length);
        int alike = order.Take(near).Count(at => decisions[at] == decided);
        int[] twins = [.. order.TakeWhile(at => far[at] == 0)];
        return new Neighbourhood(
            columns, decided,
            [.. order.Where(at => decisions[at] == decided).Take(count).Select(Near)],
            [.. order.Where(at => decisions[at] != decided).Take(count).Select(Near)],
            near, alike,
            near == 0 ? null : WilsonInterval.Compute(alike / (double)near, near, 0.95),
            order.Length == 0 ? null : order.Count(at => decisions[at] == decided) / (double)order.Length,
            twins.Length, twins.Count(at => decisions[at] != decided));

        NearCase Near(int at) => new(at, far[at], decisions[at], decisions.ScoreOf(at), distance.Differences(table, at, own));
    }
}
