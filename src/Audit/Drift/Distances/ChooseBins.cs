namespace Governance.Audit.Drift.Distances;

/// <summary>Bins of numbers by a rule.</summary>
internal static class ChooseBins
{
    /// <summary>Makes the bins.</summary>
    /// <param name="rule">Which.</param>
    /// <param name="full">Whether a given number of bins are equally full, and not equally wide.</param>
    /// <param name="ascending">The values that the bins are made of; may be empty for equally wide ones.</param>
    /// <param name="moments">Of the values; least and largest are the range of equally wide bins.</param>
    /// <param name="count">The values that the number of equally wide bins is taken from.</param>
    /// <returns>The bins, and what is special about them.</returns>
    public static (NumberBins Bins, string? Note) Of(BinRule rule, bool full, ReadOnlySpan<double> ascending, NumberMoments moments, int count)
    {
        if (rule.Name == "deciles" || (rule.Name == "bins" && full))
        {
            return EquallyFull(ascending, rule.Number);
        }

        int bins = rule.Name switch
        {
            "doane" => NumberBins.Doane(moments, count),
            "sturges" => NumberBins.Sturges(count),
            _ => rule.Number,
        };
        return NumberBins.EquallyWide(moments.Least, moments.Largest, bins) is NumberBins wide
            ? (wide, null)
            : (EquallyFull(ascending, 10).Bins, "the range is too wide for equally wide bins: binned at the deciles of the reference");
    }

    /// <summary>Whether equally wide bins over a range cannot be told apart, so that the ranks of values are needed.</summary>
    public static bool NeedsRanks(NumberMoments moments, NumberMoments frame) =>
        !double.IsFinite(frame.Largest - frame.Least) || NumberBins.EquallyWide(frame.Least, frame.Largest, BinRule.Most) is null || !double.IsFinite(moments.Mean);

    // Quantiles that all lie at the ends of the range would put everything into one bin.
    private static (NumberBins Bins, string? Note) EquallyFull(ReadOnlySpan<double> ascending, int bins)
    {
        NumberBins full = NumberBins.EquallyFull(ascending, bins);
        return full.Edges.Count > 0 || ascending[0] == ascending[^1] ? (full, null)
            : (NumberBins.Between([Math.BitIncrement(ascending[0]), ascending[^1]]), "no quantile lies inside the range: the bins are up to the least value, between, and from the largest on");
    }
}
