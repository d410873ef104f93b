using Governance.Audit.Statistics;

namespace Governance.Audit.Performance;

/// <summary>An area under the ROC curve.</summary>
/// <param name="Area">In [0, 1]; NaN where a class is missing.</param>
/// <param name="Variance">Of the area; NaN with fewer than two rows of a class.</param>
public readonly record struct AucEstimate(double Area, double Variance)
{
    /// <summary>Whether rows of both classes were there.</summary>
    public bool IsDefined => !double.IsNaN(Area);

    /// <summary>
    /// The normal interval, cut at 0 and 1; null where the area is undefined or its estimated variance is 0, as with
    /// perfect separation: an interval of no width would claim a certainty that few rows cannot give.
    /// </summary>
    /// <param name="level">The confidence level, above 0 and below 1.</param>
    public Interval? DeLong(double level)
    {
        if (!(Variance > 1e-18))
        {
            return null;
        }

        double error = NormalQuantile.TwoSided(level) * Math.Sqrt(Variance);
        return new Interval(Math.Max(0, Area - error), Math.Min(1, Area + error));
    }
}
