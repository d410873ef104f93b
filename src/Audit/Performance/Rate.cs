using Governance.Audit.Statistics;

namespace Governance.Audit.Performance;

/// <summary>A share of rows, with what stands behind it.</summary>
/// <param name="Value">In [0, 1]; NaN where there is nothing to take a share of.</param>
/// <param name="EffectiveRows">Of the denominator: equal to <paramref name="Rows"/> without weights, else Kish's effective number.</param>
/// <param name="Rows">Rows of the denominator, never weighted.</param>
public readonly record struct Rate(double Value, double EffectiveRows, int Rows)
{
    /// <summary>Whether there was anything to take a share of.</summary>
    public bool IsDefined => !double.IsNaN(Value);

    /// <summary>The share of <paramref name="whole"/> that is <paramref name="part"/>; undefined where the whole has no weight.</summary>
    public static Rate Of(OutcomeCell part, OutcomeCell whole) =>
        new(whole.Weight > 0 ? Math.Min(1, part.Weight / whole.Weight) : double.NaN, whole.EffectiveRows, whole.Rows);

    /// <summary>The Wilson interval, or null where the rate is undefined.</summary>
    /// <param name="level">The confidence level, above 0 and below 1.</param>
    public Interval? Wilson(double level) => IsDefined ? WilsonInterval.Compute(Value, EffectiveRows, level) : null;
}
