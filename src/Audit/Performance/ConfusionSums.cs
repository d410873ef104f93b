namespace Governance.Audit.Performance;

/// <summary>A confusion matrix by its sums: what every figure of it is made of.</summary>
public sealed class ConfusionSums
{
    private readonly double[] cells;

    /// <summary>Sums up a matrix.</summary>
    /// <param name="weights">Shape [classes, classes], row-major: the weight of rows by true and predicted class.</param>
    /// <param name="classes">At least 1.</param>
    /// <exception cref="ArgumentException">The shape does not fit.</exception>
    public ConfusionSums(double[] weights, int classes)
    {
        if (classes < 1 || weights.Length != classes * classes)
        {
            throw new ArgumentException($"Expected {classes} by {classes} cells.", nameof(weights));
        }

        cells = weights;
        Hits = new double[classes];
        Actual = new double[classes];
        Predicted = new double[classes];
        for (int i = 0; i < classes; i++)
        {
            Hits[i] = weights[(i * classes) + i];
            Right += Hits[i];
            for (int j = 0; j < classes; j++)
            {
                double weight = weights[(i * classes) + j];
                All += weight;
                Actual[i] += weight;
                Predicted[j] += weight;
            }
        }
    }

    /// <summary>Shape [classes]: right rows by class.</summary>
    public double[] Hits { get; }

    /// <summary>Shape [classes]: rows by true class.</summary>
    public double[] Actual { get; }

    /// <summary>Shape [classes]: rows by predicted class.</summary>
    public double[] Predicted { get; }

    /// <summary>All rows.</summary>
    public double All { get; }

    /// <summary>Rows predicted right.</summary>
    public double Right { get; }

    /// <summary>Σ actual · predicted over the classes.</summary>
    public double Crossed => Dot(Actual, Predicted);

    /// <summary>Σ actual².</summary>
    public double ActualSquares => Dot(Actual, Actual);

    /// <summary>Σ predicted².</summary>
    public double PredictedSquares => Dot(Predicted, Predicted);

    /// <summary>Rows of a class and rows predicted as it, added.</summary>
    public double Both(int kind) => Actual[kind] + Predicted[kind];

    /// <summary>Shape [classes]: NaN where no row is of the class.</summary>
    public double[] Recall() => [.. Hits.Select((hits, k) => hits / Actual[k])];

    /// <summary>Shape [classes]: NaN where no row is predicted as the class.</summary>
    public double[] Precision() => [.. Hits.Select((hits, k) => hits / Predicted[k])];

    /// <summary>Shape [classes]: NaN where no row is of the class or predicted as it.</summary>
    public double[] F1() => [.. Hits.Select((hits, k) => 2 * hits / Both(k))];

    /// <summary>The mean over the classes, each weighted by its true rows; a class without any has no say.</summary>
    public double WeightedMean(double[] values)
    {
        double sum = 0;
        for (int k = 0; k < values.Length; k++)
        {
            sum += Actual[k] > 0 ? Actual[k] * values[k] : 0;
        }

        return sum / All;
    }

    /// <summary>The weight of the cells that belong.</summary>
    public double Sum(Func<int, int, bool> belongs)
    {
        double sum = 0;
        for (int i = 0; i < Hits.Length; i++)
        {
            for (int j = 0; j < Hits.Length; j++)
            {
                sum += belongs(i, j) ? cells[(i * Hits.Length) + j] : 0;
            }
        }

        return sum;
    }

    /// <summary>The slopes of a figure in the cells that hold rows; 0 in the others, where a division may have no meaning.</summary>
    public double[] Slopes(Func<int, int, double> slope)
    {
        double[] slopes = new double[cells.Length];
        for (int cell = 0; cell < cells.Length; cell++)
        {
            slopes[cell] = cells[cell] > 0 ? slope(cell / Hits.Length, cell % Hits.Length) : 0;
        }

        return slopes;
    }

    private static double Dot(double[] left, double[] right)
    {
        double sum = 0;
        for (int k = 0; k < left.Length; k++)
        {
            sum += left[k] * right[k];
        }

        return sum;
    }
}
