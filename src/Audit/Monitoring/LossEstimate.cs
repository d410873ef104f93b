using Governance.Audit.Data;
using Governance.Audit.Training;
using Governance.Audit.Training.Trees;

namespace Governance.Audit.Monitoring;

/// <summary>Direct loss estimation: boosted trees that expect the error of a prediction from the row that it was made for.</summary>
/// <remarks>
/// NannyML's DLE idea with our trees. Features are the columns (levels by their share of the reference, unseen ones 0)
/// and the prediction itself. Rows of the reference are expected by trees that were grown on the other half of it, so
/// that the reference's own figure is as honest as that of traffic.
/// </remarks>
public sealed class LossEstimate
{
    private readonly string[] columns;
    private readonly Dictionary<string, Dictionary<string, float>> levels;
    private readonly TreesModel absolute;
    private readonly TreesModel squared;

    private LossEstimate(string[] columns, Dictionary<string, Dictionary<string, float>> levels, TreesModel absolute, TreesModel squared) =>
        (this.columns, this.levels, this.absolute, this.squared) = (columns, levels, absolute, squared);

    /// <summary>Grows the trees.</summary>
    /// <param name="rows">The reference, with labels that are numbers.</param>
    /// <param name="values">Shape [rows]: the predictions.</param>
    /// <param name="errors">Shape [rows]: absolute errors.</param>
    /// <param name="columns">The columns to learn from.</param>
    /// <param name="seed">The seed of the trees.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The estimate, and the expected absolute and squared errors of the reference, each by the other half's trees.</returns>
    public static (LossEstimate Estimate, double[] Absolute, double[] Squared) Fit(
        Table rows, double[] values, double[] errors, IReadOnlyList<string> columns, int seed, CancellationToken cancellationToken)
    {
        Dictionary<string, Dictionary<string, float>> levels = [];
        foreach (string name in columns)
        {
            if (rows.Find(name) is TextColumn text)
            {
                levels[name] = Enumerable.Range(0, text.Count).Where(row => !text.IsMissing(row))
                    .GroupBy(row => text.Text(row)!, StringComparer.Ordinal).ToDictionary(group => group.Key, group => (float)group.Count() / text.Count, StringComparer.Ordinal);
            }
        }

        string[] kept = [.. columns.Where(name => rows.Find(name) is not null)];
        TrainingRows features = Features(rows, values, kept, levels);
        double[] squares = Array.ConvertAll(errors, error => error * error);
        LossEstimate Grow(int[] part) => new(kept, levels, Trees(features, errors, part, seed, cancellationToken), Trees(features, squares, part, seed, cancellationToken));
        int[] even = [.. Enumerable.Range(0, errors.Length).Where(row => row % 2 == 0)];
        int[] odd = [.. Enumerable.Range(0, errors.Length).Where(row => row % 2 == 1)];
        (LossEstimate first, LossEstimate second) = (Grow(even), Grow(odd));
        double[] expected = new double[errors.Length];
        double[] expectedSquares = new double[errors.Length];
        for (int row = 0; row < errors.Length; row++)
        {
            (expected[row], expectedSquares[row]) = (row % 2 == 0 ? second : first).At(features.Row(row));
        }

        return (Grow([.. Enumerable.Range(0, errors.Length)]), expected, expectedSquares);
    }

    /// <summary>Expects the errors of rows.</summary>
    /// <param name="rows">At least one row.</param>
    /// <param name="values">Shape [rows]: the predictions.</param>
    /// <returns>Shape [rows] each: the absolute and the squared error, not negative.</returns>
    public (double[] Absolute, double[] Squared) Expect(Table rows, double[] values)
    {
        TrainingRows features = Features(rows, values, columns, levels);
        (double Absolute, double Squared)[] expected = [.. Enumerable.Range(0, features.Count).Select(row => At(features.Row(row)))];
        return ([.. expected.Select(pair => pair.Absolute)], [.. expected.Select(pair => pair.Squared)]);
    }

    private (double Absolute, double Squared) At(ReadOnlySpan<float> row) =>
        (Math.Max(0, absolute.Predict(row)[0]), Math.Max(0, squared.Predict(row)[0]));

    private static TreesModel Trees(TrainingRows features, double[] targets, int[] part, int seed, CancellationToken cancellationToken) => FitTrees.Run(
        features.Take(part), Array.ConvertAll(part, row => targets[row]),
        new BoostedTreesOptions { Task = TreesTask.Regression, Classes = 1, Rounds = 60, MostDepth = 4, MostLeaves = 12, Seed = seed }, cancellationToken);

    private static TrainingRows Features(Table rows, double[] values, string[] columns, Dictionary<string, Dictionary<string, float>> levels)
    {
        int width = columns.Length + 1;
        float[] cells = new float[rows.Rows * width];
        for (int at = 0; at < columns.Length; at++)
        {
            Column? column = rows.Find(columns[at]);
            Dictionary<string, float>? shares = levels.GetValueOrDefault(columns[at]);
            for (int row = 0; row < rows.Rows; row++)
            {
                cells[(row * width) + at] = column is null || column.IsMissing(row) ? float.NaN
                    : shares is not null ? shares.GetValueOrDefault(column.Text(row)!)
                    : Finite(column.Number(row));
            }
        }

        for (int row = 0; row < rows.Rows; row++)
        {
            cells[(row * width) + columns.Length] = Finite(values[row]);
        }

        return new TrainingRows([.. columns, "(prediction)"], cells);
    }

    private static float Finite(double value) => float.IsInfinity((float)value) ? float.NaN : (float)value;
}
