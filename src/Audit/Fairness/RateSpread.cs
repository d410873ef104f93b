using Governance.Audit.Performance;
using Governance.Audit.Statistics;

namespace Governance.Audit.Fairness;

/// <summary>How far apart the groups' values of one rate lie.</summary>
/// <remarks>Groups whose rate is undefined are left out; the report names them.</remarks>
internal sealed class RateSpread
{
    private readonly Rate[] rates;

    /// <summary>Gathers a rate's values.</summary>
    /// <param name="rates">One a group.</param>
    /// <param name="overall">The same rate of all rows.</param>
    /// <param name="relativeTo">What differences and ratios are taken between.</param>
    public RateSpread(IEnumerable<Rate> rates, Rate overall, Comparison relativeTo)
    {
        this.rates = [.. rates.Where(rate => rate.IsDefined)];
        if (this.rates.Length == 0)
        {
            (Difference, Ratio) = (double.NaN, double.NaN);
        }
        else if (relativeTo == Comparison.Overall)
        {
            Difference = this.rates.Max(rate => Math.Abs(rate.Value - overall.Value));
            Ratio = this.rates.Min(rate => Math.Min(rate.Value / overall.Value, overall.Value / rate.Value));
        }
        else
        {
            (double least, double most) = (this.rates.Min(rate => rate.Value), this.rates.Max(rate => rate.Value));
            (Difference, Ratio) = (most - least, least / most);
        }
    }

    /// <summary>max − min over the groups, or the largest distance to all rows, in [0, 1]; NaN where no group has the rate.</summary>
    public double Difference { get; }

    /// <summary>min / max over the groups, or the smallest ratio with all rows either way round, in [0, 1]; NaN for 0 / 0 and where no group has the rate.</summary>
    public double Ratio { get; }

    /// <summary>An interval of max − min from simultaneous Newcombe intervals of all pairs; null with fewer than two groups.</summary>
    /// <remarks>
    /// With m pairs (and <paramref name="rateCount"/> rates read together) each interval has level 1 − α / m (Bonferroni). At
    /// once, the largest true difference is then at least the largest lower end and at most the largest upper end. Unlike a
    /// percentile bootstrap of max − min, it covers 0 when the groups are alike.
    /// </remarks>
    /// <param name="level">The confidence level 1 − α.</param>
    /// <param name="rateCount">How many rates share the level.</param>
    public Interval? DifferenceInterval(double level, int rateCount = 1)
    {
        if (rates.Length < 2)
        {
            return null;
        }

        double each = EachLevel(level, rateCount);
        Interval worst = new(0, 0);
        for (int i = 0; i < rates.Length; i++)
        {
            for (int j = i + 1; j < rates.Length; j++)
            {
                (Rate high, Rate low) = rates[i].Value >= rates[j].Value ? (rates[i], rates[j]) : (rates[j], rates[i]);
                Interval pair = NewcombeInterval.Compute(high.Value, high.EffectiveRows, low.Value, low.EffectiveRows, each);
                worst = new Interval(Math.Max(worst.Low, pair.Low), Math.Max(worst.High, Math.Max(pair.High, -pair.Low)));
            }
        }

        return worst;
    }

    /// <summary>An interval of min / max from simultaneous log-ratio intervals of all pairs; null with fewer than two groups or for 0 / 0.</summary>
    /// <remarks>As <see cref="DifferenceInterval"/>, with <see cref="LogRatioInterval"/> and the smallest ends, cut at 1.</remarks>
    public Interval? RatioInterval(double level, int rateCount = 1)
    {
        if (rates.Length < 2 || double.IsNaN(Ratio))
        {
            return null;
        }

        double each = EachLevel(level, rateCount);
        Interval worst = new(1, 1);
        for (int i = 0; i < rates.Length; i++)
        {
            for (int j = i + 1; j < rates.Length; j++)
            {
                (Rate high, Rate low) = rates[i].Value >= rates[j].Value ? (rates[i], rates[j]) : (rates[j], rates[i]);
                if (high.Value > 0)
                {
                    Interval pair = LogRatioInterval.Compute(low.Value, low.EffectiveRows, high.Value, high.EffectiveRows, each);
                    worst = new Interval(Math.Min(worst.Low, Math.Min(pair.Low, 1 / pair.High)), Math.Min(worst.High, pair.High));
                }
            }
        }

        return worst;
    }

    private double EachLevel(double level, int rateCount) =>
        1 - ((1 - level) / (rates.Length * (rates.Length - 1) / 2 * rateCount));
}
