namespace Governance.Audit.Explanations.Sampling;

/// <summary>Chooses how strong interactions are and how much of the values no interaction explains.</summary>
/// <remarks>
/// The criterion is the variance that the estimate would have: squared residuals of values predicted from all others,
/// weighted as <see cref="SampledShapley"/> weights them. A few steps on a coarse grid, from a middle start: the
/// criterion is flat around its minimum. The last noises leave hardly anything to interactions, so that a game without
/// any to be learned is estimated as by <see cref="KernelShapley"/> alone.
/// </remarks>
internal sealed class OddKernelChoice
{
    /// <summary>The variance of single players' coefficients beyond their relevance, small: a linear fit went before.</summary>
    private const double Linear = 1;

    /// <summary>A relevance beyond this would make the kernel nearly singular in one player.</summary>
    private const double MostRelevance = 0.9;

    private static readonly double[] Strengths = [0.25, 0.5, 1, 2, 4, 8];
    private static readonly double[] Noises = [1e-7, 1e-5, 1e-3, 1e-1, 10, 1000];

    private readonly ReadOnlyMemory<double> relevance;
    private readonly CoalitionSet coalitions;
    private readonly int[] which;
    private readonly double[][] odd;
    private readonly double[] weights;
    private readonly double?[,] seen = new double?[Strengths.Length, Noises.Length];

    private OddKernelChoice(ReadOnlyMemory<double> relevance, PairedCoalitions design, int[] pairs, double[][] odd)
    {
        this.relevance = relevance;
        coalitions = design.Coalitions;
        which = [.. pairs.Select(pair => 2 * pair)];
        this.odd = [.. odd.Select(values => pairs.Select(pair => values[pair]).ToArray())];
        weights = [.. pairs.Select(pair => PairInfluence.Of(design, pair).SumOfSquares * (1 - design.Chances[pair]))];
    }

    /// <summary>Chooses.</summary>
    /// <param name="relevance">Shape [players], adds up to 1.</param>
    /// <param name="design">The coalitions.</param>
    /// <param name="pairs">Which of its pairs to judge by.</param>
    /// <param name="odd">Shape [outputs][pairs of the design]: what a linear fit through the full coalition left of the odd parts.</param>
    /// <returns>The kernel, and the variance of a value that it does not explain, above 0.</returns>
    public static (OddKernel Kernel, double Noise) Of(
        ReadOnlyMemory<double> relevance, PairedCoalitions design, int[] pairs, double[][] odd)
    {
        OddKernelChoice choice = new(relevance, design, pairs, odd);
        int strength = Array.IndexOf(Strengths, 2);
        int noise = Array.IndexOf(Noises, 1e-3);
        for (bool moved = true; moved;)
        {
            (int s, int n) = (strength, noise);
            strength = Descend(strength, Strengths.Length, at => choice.Loss(at, noise));
            noise = Descend(noise, Noises.Length, at => choice.Loss(strength, at));
            moved = s != strength || n != noise;
        }

        OddKernel kernel = choice.Kernel(strength);
        return (kernel, Noise(kernel, noise));
    }

    private static int Descend(int from, int count, Func<int, double> loss)
    {
        int best = from;
        while (best + 1 < count && loss(best + 1) < loss(best))
        {
            best++;
        }

        while (best == from && best > 0 && loss(best - 1) < loss(best))
        {
            from = --best;
        }

        return best;
    }

    private double Loss(int strength, int noise) => seen[strength, noise] ??= Measure(strength, noise);

    private double Measure(int strength, int noise)
    {
        OddKernel kernel = Kernel(strength);
        using OddRegression? regression = OddRegression.Prepare(kernel, coalitions, which, Noise(kernel, noise));
        if (regression is null)
        {
            return double.PositiveInfinity;
        }

        double[] residuals = new double[which.Length];
        double loss = 0;
        foreach (double[] values in odd)
        {
            regression.LeftOut(regression.Fit(0, values), residuals);
            double variance = 0;
            double scale = 0;
            for (int i = 0; i < residuals.Length; i++)
            {
                variance += weights[i] * residuals[i] * residuals[i];
                scale += weights[i] * values[i] * values[i];
            }

            loss += scale > 0 ? variance / scale : 0;
        }

        return loss;
    }

    private OddKernel Kernel(int strength)
    {
        double[] scaled = relevance.ToArray();
        for (int player = 0; player < scaled.Length; player++)
        {
            scaled[player] = Math.Min(MostRelevance, Strengths[strength] * scaled[player]);
        }

        return new OddKernel(scaled, Linear);
    }

    private static double Noise(OddKernel kernel, int noise) => Math.Max(Noises[noise] * kernel.Interactions, 1e-14 * kernel.Variance);
}
