namespace Governance.Audit.Training;

/// <summary>A non-decreasing curve: flat outside its knots, straight lines between them.</summary>
/// <param name="Knots">Shape [knots], increasing, at least one.</param>
/// <param name="Values">Shape [knots], not decreasing: the curve at each knot.</param>
public sealed record IsotonicCurve(IReadOnlyList<double> Knots, IReadOnlyList<double> Values)
{
    /// <summary>The curve at a point; NaN at NaN. O(log knots).</summary>
    public double At(double x)
    {
        if (double.IsNaN(x))
        {
            return double.NaN;
        }

        int low = 0;
        int high = Knots.Count - 1;
        if (x <= Knots[low])
        {
            return Values[low];
        }

        if (x >= Knots[high])
        {
            return Values[high];
        }

        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            (low, high) = Knots[middle] <= x ? (middle, high) : (low, middle);
        }

        double share = (x - Knots[low]) / (Knots[high] - Knots[low]);
        return Values[low] + (share * (Values[high] - Values[low]));
    }
}
