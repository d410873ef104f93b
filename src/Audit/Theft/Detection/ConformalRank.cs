namespace Governance.Audit.Theft.Detection;

/// <summary>How rare a score is among scores of rows that were put aside for it.</summary>
/// <remarks>
/// Vovk, Gammerman and Shafer, "Algorithmic Learning in a Random World", Springer 2005, equation 2.20: with the scores
/// above, the scores equal and a uniform draw u, p = (above + u · (equal + 1)) / (count + 1) is uniform in (0, 1) for a
/// row of the same kind, ties or none. O(log count).
/// </remarks>
internal sealed class ConformalRank
{
    private readonly double[] sorted;

    /// <summary>Keeps the scores.</summary>
    /// <param name="scores">Higher is stranger; no NaN. May be empty: every p is then u.</param>
    public ConformalRank(double[] scores)
    {
        sorted = [.. scores];
        Array.Sort(sorted);
    }

    /// <summary>The scores, ascending.</summary>
    public ReadOnlySpan<double> Scores => sorted;

    /// <summary>The highest score; negative infinity without any.</summary>
    public double Highest => sorted.Length == 0 ? double.NegativeInfinity : sorted[^1];

    /// <summary>The p value.</summary>
    /// <param name="score">Higher is stranger.</param>
    /// <param name="draw">Uniform in [0, 1).</param>
    /// <returns>In [0, 1]; 0 only for a draw of 0.</returns>
    public double PValue(double score, double draw)
    {
        int below = First(score, orEqual: false);
        int above = sorted.Length - First(score, orEqual: true);
        int equal = sorted.Length - below - above;
        return (above + (draw * (equal + 1))) / (sorted.Length + 1);
    }

    // The first place whose score is not below (or is above) the given one.
    private int First(double score, bool orEqual)
    {
        (int low, int high) = (0, sorted.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle] < score || (orEqual && sorted[middle] == score))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
