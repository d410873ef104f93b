using MathNet.Numerics.LinearAlgebra;

namespace Governance.Audit.Copies;

/// <summary>How two models' scores on the same rows hang together.</summary>
/// <param name="Labels">The share of rows with the same label, 0 to 1; null for a regression.</param>
/// <param name="Correlation">Of the scores, −1 to 1.</param>
/// <param name="Residual">Of what a plain baseline leaves unexplained in both, −1 to 1: the part that is the models' own.</param>
internal readonly record struct Agreement(double? Labels, double Correlation, double Residual);

/// <summary>Compares scores, with and without what any sensible model of the data would say.</summary>
/// <remarks>
/// The residual is that of a least-squares fit on an intercept and the baselines' scores. Two models that learned
/// the same truth agree because of the truth; what is left after the baseline is mostly habit, and habits are shared by
/// copies. Where a model's residual is under 2 % of its variance it has no habit to speak of, and the residual
/// correlation is 0.
/// </remarks>
internal static class ScoreAgreement
{
    private const double Habit = 0.02;

    /// <summary>Compares two score tables of one shape.</summary>
    /// <param name="suspect">Its columns in the model's class order.</param>
    /// <param name="model">The registered model's.</param>
    /// <param name="baselines">Scores of plain models on the same rows; may be empty.</param>
    /// <param name="rows">The rows that count, for resampling; null for all.</param>
    public static Agreement Of(ScoreTable suspect, ScoreTable model, IReadOnlyList<ScoreTable> baselines, int[]? rows = null)
    {
        rows ??= [.. Enumerable.Range(0, model.Rows)];
        double[] theirs = Flat(suspect, rows);
        double[] ours = Flat(model, rows);
        double[][] plain = [.. baselines.Where(table => table.Width == model.Width).Select(table => Flat(table, rows))];
        double residual = plain.Length == 0 ? Correlate(theirs, ours) : Correlate(Rest(theirs, plain), Rest(ours, plain));
        double? labels = suspect.Labels.Length == 0 || model.Labels.Length == 0
            ? null
            : rows.Count(row => suspect.Labels[row] == model.Labels[row]) / (double)rows.Length;
        return new Agreement(labels, Correlate(theirs, ours), residual);
    }

    /// <summary>The share of a model's variance that the baselines explain, 0 to 1.</summary>
    public static double Explained(ScoreTable model, IReadOnlyList<ScoreTable> baselines)
    {
        int[] rows = [.. Enumerable.Range(0, model.Rows)];
        double[] ours = Flat(model, rows);
        double[] rest = Residual(ours, [.. baselines.Where(table => table.Width == model.Width).Select(table => Flat(table, rows))]);
        double variance = Variance(ours);
        return variance == 0 ? 1 : 1 - (Variance(rest) / variance);
    }

    /// <summary>Pearson's correlation; 0 where one side is constant.</summary>
    public static double Correlate(double[] a, double[] b)
    {
        double meanA = a.Average();
        double meanB = b.Average();
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.Length; i++)
        {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }

        return aa <= 0 || bb <= 0 ? 0 : Math.Clamp(ab / Math.Sqrt(aa * bb), -1, 1);
    }

    private static double[] Rest(double[] scores, double[][] plain)
    {
        double[] rest = Residual(scores, plain);
        return Variance(rest) < Habit * Variance(scores) ? new double[rest.Length] : rest;
    }

    private static double[] Residual(double[] scores, double[][] plain)
    {
        if (plain.Length == 0)
        {
            return scores;
        }

        // A constant baseline would make the system singular; a tiny ridge keeps it solvable and changes nothing else.
        Matrix<double> x = Matrix<double>.Build.DenseOfColumnArrays([[.. Enumerable.Repeat(1.0, scores.Length)], .. plain]);
        Vector<double> y = Vector<double>.Build.Dense(scores);
        Matrix<double> square = x.TransposeThisAndMultiply(x) + (Matrix<double>.Build.DenseIdentity(x.ColumnCount) * 1e-9 * scores.Length);
        return (y - (x * square.Solve(x.TransposeThisAndMultiply(y)))).ToArray();
    }

    private static double[] Flat(ScoreTable table, int[] rows)
    {
        double[] flat = new double[rows.Length * table.Width];
        for (int i = 0; i < rows.Length; i++)
        {
            Array.Copy(table.Values, rows[i] * table.Width, flat, i * table.Width, table.Width);
        }

        return flat;
    }

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / values.Length;
    }
}
