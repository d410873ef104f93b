namespace Governance.Audit.Explanations.Sampling;

/// <summary>
/// Which coalitions Kernel SHAP evaluates: each together with its complement, none twice, sizes near the border all,
/// the others drawn by size.
/// </summary>
/// <remarks>
/// Sizes s and M - s form one stratum of pairs. Pairs are shared out in proportion to 1 / sqrt(s (M - s)), the
/// geometric mean of the Shapley kernel and of the leverage scores (Chen et al., NeurIPS 2025, arXiv 2506.05216): it
/// is also the allocation of least variance where residuals are equally large at all sizes. A stratum whose share
/// reaches its size is enumerated; size 1 always is, so that the regression has full rank. The rest is drawn without
/// replacement: a fixed number in each stratum, neighbouring strata merged to bands where a share is under
/// <see cref="SmallestBand"/> pairs. A pair's weight is its kernel weight over its probability of being drawn.
/// </remarks>
public sealed class PairedCoalitions
{
    /// <summary>The fewest pairs that a band is meant to hold, so that its spread can be estimated.</summary>
    public const int SmallestBand = 4;

    private readonly double[] weights;
    private readonly double[] chances;
    private readonly int[] bands;
    private readonly double[] unsampled;

    private PairedCoalitions(
        CoalitionSet coalitions, double[] weights, double[] chances, int[] bands, double[] unsampled, bool complete)
    {
        Coalitions = coalitions;
        this.weights = weights;
        this.chances = chances;
        this.bands = bands;
        this.unsampled = unsampled;
        ReachesAllSizes = complete;
    }

    /// <summary>Entries 2k and 2k + 1 are pair k: a coalition and its complement. Neither is empty.</summary>
    public CoalitionSet Coalitions { get; }

    /// <summary>The number of pairs.</summary>
    public int Pairs => weights.Length;

    /// <summary>Shape [pairs]: kernel weight over the probability of being drawn; above 0.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>Shape [pairs]: the probability of being drawn, in [0, 1]; 1 where a size is enumerated, 0 beyond the range of a double.</summary>
    public ReadOnlySpan<double> Chances => chances;

    /// <summary>Shape [pairs], not decreasing: the band each pair was drawn in.</summary>
    public ReadOnlySpan<int> Bands => bands;

    /// <summary>Shape [bands]: the share of the band's pairs that was not drawn, in [0, 1); 0 where it was enumerated.</summary>
    public ReadOnlySpan<double> Unsampled => unsampled;

    /// <summary>The number of pairs drawn by chance: those of sizes that were not enumerated.</summary>
    public int DrawnPairs
    {
        get
        {
            int drawn = 0;
            foreach (int band in bands)
            {
                drawn += unsampled[band] > 0 ? 1 : 0;
            }

            return drawn;
        }
    }

    /// <summary>False where the budget ended before some sizes were reached: then no error can be estimated.</summary>
    public bool ReachesAllSizes { get; }

    /// <summary>Whether every coalition is there, so that the result is exact.</summary>
    public bool Enumerated => ReachesAllSizes && !unsampled.AsSpan().ContainsAnyExcept(0.0);

    /// <summary>
    /// Whether errors can be estimated: all sizes were reached, and at least two pairs were drawn in each band that
    /// was not enumerated.
    /// </summary>
    public bool ShowsSpread
    {
        get
        {
            int[] counts = new int[unsampled.Length];
            foreach (int band in bands)
            {
                counts[band]++;
            }

            for (int band = 0; band < counts.Length; band++)
            {
                if (counts[band] < 2 && unsampled[band] > 0)
                {
                    return false;
                }
            }

            return ReachesAllSizes;
        }
    }

    /// <summary>The smallest budget: the empty and the full coalition, all of size 1 and their complements.</summary>
    public static long LeastSamples(int players) => players switch { 1 => 2, 2 => 4, _ => 2L + (2L * players) };

    /// <summary>Draws the coalitions.</summary>
    /// <param name="players">At least 1.</param>
    /// <param name="samples">The most coalitions to evaluate, the empty and the full one included.</param>
    /// <param name="random">The seeded source.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is under <see cref="LeastSamples"/>.</exception>
    public static PairedCoalitions Draw(int players, int samples, SeededRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(players, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, LeastSamples(players));
        SizeShares shares = SizeShares.Of(players, (samples - 2) / 2);
        int pairs = shares.Bands.Sum(band => band.Pairs);
        double[] weights = new double[pairs];
        double[] chances = new double[pairs];
        int[] bands = new int[pairs];
        double[] unsampled = new double[shares.Bands.Count];
        CoalitionSet coalitions = new(players, 2 * pairs);
        ulong root = random.Next();
        double start = random.NextDouble();
        int pair = 0;
        for (int band = 0; band < shares.Bands.Count; band++)
        {
            SizeBand drawn = shares.Bands[band];
            unsampled[band] = drawn.Enumerated ? 0 : 1 - (drawn.Pairs / drawn.Population);
            foreach ((int size, int count, double weight, double chance) in drawn.Draw(start))
            {
                if (drawn.Enumerated)
                {
                    SizedSubsets.All(coalitions, 2 * pair, size);
                }
                else
                {
                    SeededRandom own = Stream(root, size);
                    SizedSubsets.Draw(coalitions, 2 * pair, size, count, ref own);
                }

                weights.AsSpan(pair, count).Fill(weight);
                chances.AsSpan(pair, count).Fill(chance);
                bands.AsSpan(pair, count).Fill(band);
                pair += count;
            }
        }

        for (int k = 0; k < pairs; k++)
        {
            coalitions.Complement(2 * k, (2 * k) + 1);
        }

        return new PairedCoalitions(coalitions, weights, chances, bands, unsampled, shares.ReachesAllSizes);
    }

    // Each size draws from a stream of its own, so that a larger budget draws the same coalitions first.
    private static SeededRandom Stream(ulong root, int size) => new(unchecked((int)root), unchecked((long)(root >> 32) + ((long)size << 32)));
}
