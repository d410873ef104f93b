namespace Governance.Audit.Explanations.Profiles;

/// <summary>Draws some of many rows.</summary>
public static class SampleRows
{
    /// <summary>Draws rows without replacement, in ascending order; all of them where they are no more than asked for.</summary>
    /// <param name="rows">The rows to draw from, ascending.</param>
    /// <param name="most">How many to draw, at least 1.</param>
    /// <param name="seed">The seed of the draw.</param>
    public static int[] Draw(int[] rows, int most, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        if (rows.Length <= most)
        {
            return rows;
        }

        // The first part of a Fisher–Yates shuffle.
        int[] shuffled = [.. rows];
        SeededRandom random = new(seed, -1);
        for (int i = 0; i < most; i++)
        {
            int other = i + random.NextBelow(shuffled.Length - i);
            (shuffled[i], shuffled[other]) = (shuffled[other], shuffled[i]);
        }

        int[] drawn = shuffled[..most];
        Array.Sort(drawn);
        return drawn;
    }
}
