namespace Governance.Audit.Performance;

/// <summary>A figure of a confusion matrix, with its slope in each of the matrix's cells.</summary>
/// <remarks>
/// Every such figure stays the same when all cells are multiplied by one number, so that its slope in a cell times the
/// total weight is the influence of a row of that cell, and its sampling variance is Σ (Σ w² in the cell) · slope².
/// </remarks>
/// <param name="Value">NaN where undefined.</param>
/// <param name="Slopes">Shape [classes, classes], row-major: true class by predicted class.</param>
public sealed record ConfusionMetric(double Value, double[] Slopes)
{
    /// <summary>The sampling variance by the delta method.</summary>
    /// <param name="cells">Shape [classes][classes].</param>
    public double Variance(IReadOnlyList<IReadOnlyList<OutcomeCell>> cells)
    {
        double variance = 0;
        for (int i = 0; i < cells.Count; i++)
        {
            for (int j = 0; j < cells.Count; j++)
            {
                double slope = Slopes[(i * cells.Count) + j];
                variance += cells[i][j].SquaredWeight * slope * slope;
            }
        }

        return variance;
    }

    /// <summary>Matthews' correlation of true and predicted class, of any number of classes.</summary>
    /// <remarks>Gorodkin (2004), Computational Biology and Chemistry 28, 367–374; of two classes it is Matthews' own.</remarks>
    public static ConfusionMetric Matthews(ConfusionSums sums)
    {
        double numerator = (sums.Right * sums.All) - sums.Crossed;
        double first = (sums.All * sums.All) - sums.PredictedSquares;
        double second = (sums.All * sums.All) - sums.ActualSquares;
        double root = Math.Sqrt(first * second);
        return new ConfusionMetric(first * second > 0 ? numerator / root : double.NaN, sums.Slopes((i, j) =>
        {
            double top = (i == j ? sums.All : 0) + sums.Right - sums.Predicted[i] - sums.Actual[j];
            return (top / root) - (numerator / root * (((sums.All - sums.Predicted[j]) / first) + ((sums.All - sums.Actual[i]) / second)));
        }));
    }

    /// <summary>Cohen's κ: agreement beyond chance.</summary>
    /// <remarks>Cohen (1960), Educational and Psychological Measurement 20, 37–46; the variance is Fleiss, Cohen and Everitt's (1969).</remarks>
    public static ConfusionMetric Kappa(ConfusionSums sums)
    {
        double agreed = sums.Right / sums.All;
        double chance = sums.Crossed / (sums.All * sums.All);
        double left = 1 - chance;
        return new ConfusionMetric(left > 0 ? (agreed - chance) / left : double.NaN, sums.Slopes((i, j) =>
        {
            double seen = ((i == j ? 1 : 0) - agreed) / sums.All;
            double expected = (((sums.Predicted[i] + sums.Actual[j]) / sums.All) - (2 * chance)) / sums.All;
            return (seen / left) - (expected * (1 - agreed) / (left * left));
        }));
    }

    /// <summary>The mean F1 over the classes; NaN where a class neither occurs nor is predicted.</summary>
    public static ConfusionMetric MacroF1(ConfusionSums sums)
    {
        double[] f1 = sums.F1();
        return new ConfusionMetric(f1.Average(), sums.Slopes((i, j) =>
            ((i == j ? 2 / sums.Both(i) : 0) - (f1[i] / sums.Both(i)) - (f1[j] / sums.Both(j))) / f1.Length));
    }

    /// <summary>The mean F1 over the classes, each weighted by its true rows.</summary>
    public static ConfusionMetric WeightedF1(ConfusionSums sums)
    {
        double[] f1 = sums.F1();
        double value = sums.WeightedMean(f1);
        return new ConfusionMetric(value, sums.Slopes((i, j) =>
            (f1[i] - value + (i == j ? 2 * sums.Actual[i] / sums.Both(i) : 0)
                - (sums.Actual[i] * f1[i] / sums.Both(i)) - (sums.Actual[j] * f1[j] / sums.Both(j))) / sums.All));
    }

    /// <summary>The mean precision over the classes, each weighted by its true rows.</summary>
    public static ConfusionMetric WeightedPrecision(ConfusionSums sums)
    {
        double[] precision = sums.Precision();
        double value = sums.WeightedMean(precision);
        return new ConfusionMetric(value, sums.Slopes((i, j) =>
            ((sums.Actual[i] > 0 ? precision[i] : 0) - value
                + (sums.Actual[j] * ((i == j ? 1 : 0) - precision[j]) / sums.Predicted[j])) / sums.All));
    }

    /// <summary>Recall's and precision's weighted harmonic mean for the last of two classes.</summary>
    /// <param name="sums">Of two classes, the positive one last.</param>
    /// <param name="beta">How many times recall counts more than precision, above 0.</param>
    public static ConfusionMetric FBeta(ConfusionSums sums, double beta)
    {
        double square = beta * beta;
        double hits = (1 + square) * sums.Hits[1];
        double all = (square * sums.Actual[1]) + sums.Predicted[1];
        return new ConfusionMetric(all > 0 ? hits / all : double.NaN, sums.Slopes((i, j) =>
            ((i == 1 && j == 1 ? 1 + square : 0) - (hits / all * ((i == 1 ? square : 0) + (j == 1 ? 1 : 0)))) / all));
    }

    /// <summary>A share of rows of one kind among those of another; both say which cells belong.</summary>
    public static ConfusionMetric Share(ConfusionSums sums, Func<int, int, bool> part, Func<int, int, bool> whole)
    {
        double hits = sums.Sum(part);
        double all = sums.Sum(whole);
        return new ConfusionMetric(all > 0 ? hits / all : double.NaN, sums.Slopes((i, j) =>
            ((part(i, j) ? 1 : 0) - (whole(i, j) ? hits / all : 0)) / all));
    }

    /// <summary>The plain mean of several figures of one matrix.</summary>
    public static ConfusionMetric Mean(IReadOnlyList<ConfusionMetric> parts) => new(
        parts.Average(part => part.Value),
        [.. Enumerable.Range(0, parts[0].Slopes.Length).Select(cell => parts.Average(part => part.Slopes[cell]))]);
}
