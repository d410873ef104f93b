namespace Governance.Audit.Explanations.Profiles;

/// <summary>Partial dependence: the mean output over rows, with columns set to a point in every row.</summary>
/// <remarks>
/// Friedman, "Greedy function approximation: a gradient boosting machine", Annals of Statistics 29, 2001, section 8.2.
/// The curves of single rows (individual conditional expectation: Goldstein, Kapelner, Bleich and Pitkin, JCGS 24, 2015)
/// are the rows of the same matrix.
/// </remarks>
public static class PartialDependence
{
    /// <summary>Weighted column means. O(rows · columns).</summary>
    /// <param name="scores">Shape [rows, columns]: the output of each row at each point (and class).</param>
    /// <param name="weights">Shape [rows], at least 0.</param>
    /// <param name="mean">Shape [columns], overwritten; NaN without weight.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static void Mean(ReadOnlySpan<double> scores, ReadOnlySpan<double> weights, Span<double> mean)
    {
        int columns = mean.Length;
        if (scores.Length != weights.Length * columns)
        {
            throw new ArgumentException("Scores, weights and means do not fit each other.", nameof(scores));
        }

        mean.Clear();
        double total = 0;
        for (int row = 0; row < weights.Length; row++)
        {
            double weight = weights[row];
            if (weight > 0)
            {
                total += weight;
                ReadOnlySpan<double> own = scores.Slice(row * columns, columns);
                for (int column = 0; column < columns; column++)
                {
                    mean[column] += weight * own[column];
                }
            }
        }

        for (int column = 0; column < columns; column++)
        {
            mean[column] /= total;
        }
    }

    /// <summary>Moves each row's curve so that it begins at 0: what is left is how the row responds.</summary>
    /// <param name="scores">Shape [rows, points, outputs], changed in place.</param>
    /// <param name="points">Points a curve, at least 1.</param>
    /// <param name="outputs">Outputs a point, at least 1.</param>
    public static void Centre(Span<double> scores, int points, int outputs)
    {
        for (int start = 0; start < scores.Length; start += points * outputs)
        {
            Span<double> curve = scores.Slice(start, points * outputs);
            for (int at = curve.Length - 1; at >= 0; at--)
            {
                curve[at] -= curve[at % outputs];
            }
        }
    }
}
