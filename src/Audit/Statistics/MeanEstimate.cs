namespace Governance.Audit.Statistics;

/// <summary>The weighted mean of numbers, one number at a time.</summary>
/// <remarks>West (1979), CACM 22, 532–535: stable where a sum of squares would cancel.</remarks>
internal struct MeanEstimate
{
    private double weight;
    private double squaredWeight;
    private double sum;
    private double mean;
    private double squares;

    /// <summary>The mean; NaN without weight.</summary>
    public readonly double Value => weight > 0 ? sum / weight : double.NaN;

    /// <summary>The weighted mean squared distance from the mean (divisor Σw); NaN without weight.</summary>
    public readonly double Variance => weight > 0 ? squares / weight : double.NaN;

    /// <summary>Kish's effective number of rows, (Σw)² / Σw²; 0 without weight.</summary>
    public readonly double EffectiveRows => squaredWeight > 0 ? weight * weight / squaredWeight : 0;

    /// <summary>The standard error of the mean; NaN with fewer than two effective rows.</summary>
    public readonly double StandardError =>
        EffectiveRows > 1 + 1e-9 ? Math.Sqrt(squares / weight / (EffectiveRows - 1)) : double.NaN;

    /// <summary>Counts one number.</summary>
    /// <param name="value">Finite.</param>
    /// <param name="rowWeight">At least 0.</param>
    public void Add(double value, double rowWeight)
    {
        if (rowWeight > 0)
        {
            weight += rowWeight;
            squaredWeight += rowWeight * rowWeight;
            sum += rowWeight * value;
            double step = value - mean;
            mean += step * rowWeight / weight;
            squares += rowWeight * step * (value - mean);
        }
    }

    /// <summary>Counts many rows of the same number.</summary>
    /// <param name="value">Finite.</param>
    /// <param name="rowWeight">The sum of their weights.</param>
    /// <param name="rowSquares">The sum of their squared weights.</param>
    public void AddMany(double value, double rowWeight, double rowSquares)
    {
        double own = squaredWeight;
        Add(value, rowWeight);
        squaredWeight = own + rowSquares;
    }

    /// <summary>Student's interval with Kish's effective number of rows; null with hardly more than one, or without any spread.</summary>
    public readonly Interval? Interval(double level)
    {
        if (!(StandardError > 0))
        {
            return null;
        }

        double error = StandardError * StudentQuantile.At(EffectiveRows - 1, 0.5 + (level / 2));
        return double.IsFinite(error) ? new Interval(Value - error, Value + error) : null;
    }
}
