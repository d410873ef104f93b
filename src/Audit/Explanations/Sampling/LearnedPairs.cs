namespace Governance.Audit.Explanations.Sampling;

/// <summary>Which pairs of a design a regression learns from, where all would be too many.</summary>
internal static class LearnedPairs
{
    /// <summary>All pairs of size 1, which come first, and evenly spaced others: a share of each size.</summary>
    /// <remarks>Within a size that was sampled the pairs are in random order, so the others are a random sample too.</remarks>
    /// <param name="design">The coalitions.</param>
    /// <param name="most">How many, at least; the pairs of size 1 are taken even where they are more.</param>
    /// <returns>Pair numbers, increasing.</returns>
    public static int[] Of(PairedCoalitions design, int most)
    {
        int single = design.Coalitions.Players;
        int others = Math.Min(Math.Max(most - single, 0), design.Pairs - single);
        int[] pairs = new int[single + others];
        for (int i = 0; i < pairs.Length; i++)
        {
            pairs[i] = i < single ? i : single + (int)((i - single) * (long)(design.Pairs - single) / others);
        }

        return pairs;
    }

    /// <summary>The entries of some pairs.</summary>
    public static double[] Pick(double[] values, int[] pairs)
    {
        double[] picked = new double[pairs.Length];
        for (int i = 0; i < picked.Length; i++)
        {
            picked[i] = values[pairs[i]];
        }

        return picked;
    }
}
