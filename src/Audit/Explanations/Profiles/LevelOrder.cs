using Governance.Audit.Data;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Governance.Audit.Explanations.Profiles;

/// <summary>Puts the levels of a column into an order along which effects can be accumulated.</summary>
/// <remarks>
/// Where the encoding gives levels numbers, those order them. Else levels are near each other whose rows are alike in
/// the other columns: the distance of two levels is the sum over the other columns of the Kolmogorov–Smirnov distance
/// (numbers) or half the L1 distance of shares (levels), and the first axis of classical scaling orders them. Source:
/// Apley and Zhu, "Visualizing the effects of predictor variables in black box supervised learning models", JRSS-B 82,
/// 2020, appendix E.
/// </remarks>
public static class LevelOrder
{
    /// <summary>Orders levels.</summary>
    /// <param name="levels">At least two, distinct.</param>
    /// <param name="column">Whose levels they are.</param>
    /// <param name="table">The rows.</param>
    /// <param name="columns">The columns that the model takes.</param>
    /// <param name="order">"auto", "similarity" or "level".</param>
    /// <returns>The levels in order, and the order's name: "encoding", "number", "similarity" or "level".</returns>
    /// <exception cref="InputException">There is no such order.</exception>
    public static (string[] Levels, string Order) Sort(
        IReadOnlyList<string> levels, ReadableColumn column, Table table, IReadOnlyList<string> columns, string order)
    {
        if (order is not ("auto" or "similarity" or "level"))
        {
            throw new InputException($"Levels are ordered by 'auto', 'similarity' or 'level', not '{order}'.");
        }

        if (order == "auto" && column.Ranks is { } ranks && levels.All(ranks.ContainsKey))
        {
            return ([.. levels.OrderBy(level => ranks[level]).ThenBy(level => level, StringComparer.Ordinal)], "encoding");
        }

        string[] byName = ByName(levels, column);
        bool numbers = column.Cells is NumberColumn;
        Column[] others = [.. columns.Where(name => name != column.Name).Select(table.Find).OfType<Column>()];
        return order == "level" || levels.Count == 2 || others.Length == 0 || (order == "auto" && numbers)
            ? (byName, numbers ? "number" : "level")
            : (BySimilarity(byName, column.Cells, others), "similarity");
    }

    private static string[] ByName(IReadOnlyList<string> levels, ReadableColumn column)
    {
        if (column.Cells is NumberColumn)
        {
            return [.. levels.OrderBy(level => double.Parse(level, System.Globalization.CultureInfo.InvariantCulture))];
        }

        List<string> known = [.. column.KnownLevels ?? []];
        return [.. levels.OrderBy(level => known.IndexOf(level) is >= 0 and int at ? at : int.MaxValue).ThenBy(level => level, StringComparer.Ordinal)];
    }

    private static string[] BySimilarity(string[] levels, Column cells, Column[] others)
    {
        int count = levels.Length;
        Dictionary<string, int> index = levels.Select((level, i) => (level, i)).ToDictionary(pair => pair.level, pair => pair.i, StringComparer.Ordinal);
        int[] codes = [.. Enumerable.Range(0, cells.Count).Select(row => cells.Text(row) is string text ? index.GetValueOrDefault(text, -1) : -1)];
        double[] distances = new double[count * count];
        foreach (Column other in others)
        {
            LevelDistance.Add(other, codes, count, distances);
        }

        double[] place = FirstAxis(distances, count);

        // The axis has no direction of its own; it is turned so that it runs with the levels' names.
        double lean = 0;
        for (int i = 0; i < count; i++)
        {
            lean += place[i] * (i - ((count - 1) / 2.0));
        }

        return [.. Enumerable.Range(0, count).OrderBy(i => lean < 0 ? -place[i] : place[i]).ThenBy(i => i).Select(i => levels[i])];
    }

    // Classical scaling: the eigenvector of the largest eigenvalue of −½ J D² J.
    private static double[] FirstAxis(double[] distances, int count)
    {
        Matrix<double> squared = Matrix<double>.Build.Dense(count, count, (i, j) => distances[(i * count) + j] * distances[(i * count) + j]);
        Vector<double> means = squared.RowSums() / count;
        double mean = means.Average();
        Matrix<double> centred = Matrix<double>.Build.Dense(count, count, (i, j) => -0.5 * (squared[i, j] - means[i] - means[j] + mean));
        Evd<double> parts = centred.Evd(Symmetricity.Symmetric);
        int largest = parts.EigenValues.Select(value => value.Real).ToList() is var values ? values.IndexOf(values.Max()) : 0;
        return [.. parts.EigenVectors.Column(largest)];
    }
}
