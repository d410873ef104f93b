using Governance.Audit.Statistics;

namespace Governance.Audit.Explanations.Sampling;

/// <summary>What the residuals of the drawn pairs say of all pairs: a correction of each value and its variance.</summary>
/// <remarks>
/// The difference estimator of survey sampling: Särndal, Swensson and Wretman, "Model Assisted Survey Sampling", 1992,
/// chapter 6, with strata sampled without replacement and a finite-population factor a band. The residual of a pair
/// stands for the pairs that were not drawn, and its own part of the value is known.
/// </remarks>
internal sealed class ResidualSums
{
    private readonly PairedCoalitions design;
    private readonly double[] factors;
    private readonly double[] correction;
    private readonly double[] variance;
    private readonly double[] sum;
    private readonly double[] squares;
    private int count;
    private int drawn;
    private double second;
    private double fourth;

    /// <summary>Starts with nothing.</summary>
    /// <param name="design">The coalitions.</param>
    /// <param name="factors">Shape [players]: <see cref="LeftOutFactor"/>.</param>
    public ResidualSums(PairedCoalitions design, double[] factors)
    {
        this.design = design;
        this.factors = factors;
        correction = new double[factors.Length];
        variance = new double[factors.Length];
        sum = new double[factors.Length];
        squares = new double[factors.Length];
    }

    /// <summary>Shape [players]: to be added to the values of the regression.</summary>
    public ReadOnlySpan<double> Correction => correction;

    /// <summary>Shape [players]: the variance of the corrected values; complete after the last pair.</summary>
    public ReadOnlySpan<double> Variance => variance;

    /// <summary>Adds a pair; all pairs of the design, one after another.</summary>
    /// <param name="pair">Its number.</param>
    /// <param name="unseen">Its residual from a prediction that did not use it.</param>
    /// <param name="seen">Its residual from the regression as it is.</param>
    /// <param name="learned">Whether the regression used it.</param>
    public void Add(int pair, double unseen, double seen, bool learned)
    {
        PairInfluence influence = PairInfluence.Of(design, pair);
        double chance = design.Chances[pair];
        double residual = ((1 - chance) * unseen) + (chance * seen);
        for (int player = 0; player < correction.Length; player++)
        {
            double own = design.Coalitions.Contains(2 * pair, player) ? influence.Member : influence.Other;
            correction[player] += own * residual;
            double share = own * unseen;
            sum[player] += share;
            squares[player] += (learned ? factors[player] : 1) * share * share;
        }

        count++;
        int band = design.Bands[pair];
        if (design.Unsampled[band] > 0)
        {
            double square = design.Unsampled[band] * influence.SumOfSquares * unseen * unseen;
            second += square;
            fourth += square * square;
            drawn++;
        }

        if (pair + 1 == design.Pairs || design.Bands[pair + 1] != band)
        {
            Close(design.Unsampled[band]);
        }
    }

    /// <summary>Student's quantile for 95 % intervals.</summary>
    /// <remarks>
    /// The degrees of freedom come from the residuals' own fourth moment, so that a variance that hangs on few large
    /// residuals gets a wider interval: 2 V² / Var(V) with Var(V) = Σ z⁴ - (Σ z²)² / n.
    /// </remarks>
    public double Quantile()
    {
        double spread = second > 0 ? (fourth / (second * second)) - (1.0 / drawn) : 0;
        double degrees = Math.Clamp(2 / Math.Max(spread, 1e-9), 1, Math.Max(1, drawn - 1));
        return StudentQuantile.At(degrees, 0.975);
    }

    private void Close(double unsampled)
    {
        for (int player = 0; player < variance.Length && unsampled > 0; player++)
        {
            variance[player] += unsampled * count / (count - 1) * Math.Max(0, squares[player] - (sum[player] * sum[player] / count));
        }

        Array.Clear(sum);
        Array.Clear(squares);
        count = 0;
    }
}
