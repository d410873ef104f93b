namespace Governance.Audit.Statistics;

/// <summary>A closed interval of plausible values.</summary>
/// <param name="Low">The lower end, inclusive.</param>
/// <param name="High">The upper end, inclusive; at least <paramref name="Low"/>.</param>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>The form that reports carry: [low, high].</summary>
    public double[] ToArray() => [Low, High];
}
