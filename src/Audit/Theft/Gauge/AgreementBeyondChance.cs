using Governance.Audit.Performance;
using Governance.Audit.Statistics;

namespace Governance.Audit.Theft.Gauge;

/// <summary>How alike two deciders decide, beyond what they would by chance: Cohen's κ (<see cref="ConfusionMetric.Kappa"/>).</summary>
/// <param name="Value">At most 1; 0 for a decider that knows nothing of the other, such as one that always gives the commonest answer.</param>
/// <param name="Interval">Of <paramref name="Value"/>.</param>
/// <param name="Plain">The share of rows decided alike.</param>
/// <remarks>
/// A copy that always gives the commonest answer agrees on 95 % of the rows where 5 % are decided otherwise, and has copied
/// nothing; one that gives the rare answer too often finds these rows and is no copy either. The interval is the delta
/// method's on Fisher's scale; where every row is decided alike, Wilson's of the plain share with the chance taken as known.
/// </remarks>
public readonly record struct AgreementBeyondChance(double Value, Interval Interval, double Plain)
{
    /// <summary>Compares.</summary>
    /// <param name="first">Shape [rows]: decisions, from 0; at least one row.</param>
    /// <param name="second">Shape [rows].</param>
    /// <param name="classes">How many decisions there are.</param>
    /// <param name="level">The confidence level, above 0 and below 1.</param>
    /// <returns>Where both give one and the same decision to every row, there is nothing beyond chance: 0.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other, or there is no row.</exception>
    public static AgreementBeyondChance Of(ReadOnlySpan<int> first, ReadOnlySpan<int> second, int classes, double level)
    {
        ArgumentOutOfRangeException.ThrowIfZero(first.Length, nameof(first));
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Length, first.Length, nameof(second));
        double[] cells = new double[classes * classes];
        for (int row = 0; row < first.Length; row++)
        {
            cells[(first[row] * classes) + second[row]]++;
        }

        ConfusionSums sums = new(cells, classes);
        ConfusionMetric kappa = ConfusionMetric.Kappa(sums);
        double plain = sums.Right / sums.All;
        if (double.IsNaN(kappa.Value))
        {
            return new AgreementBeyondChance(0, new Interval(0, 0), plain);
        }

        double variance = cells.Zip(kappa.Slopes, (count, slope) => count * slope * slope).Sum();
        double chance = sums.Crossed / (sums.All * sums.All);
        Interval wilson = WilsonInterval.Compute(plain, sums.All, level);
        return new AgreementBeyondChance(
            kappa.Value,
            TransformedInterval.FisherZ(kappa.Value, variance, level) ?? new Interval((wilson.Low - chance) / (1 - chance), (wilson.High - chance) / (1 - chance)),
            plain);
    }
}
