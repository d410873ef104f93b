using Governance.Audit.Explanations;

namespace Governance.Audit.Monitoring;

/// <summary>Draws rows without replacement.</summary>
internal static class SampleOf
{
    /// <summary>Draws.</summary>
    /// <param name="count">Rows to draw from.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="random">Drawn from.</param>
    /// <param name="sorted">Whether in ascending order, or in that of the draw.</param>
    public static int[] Rows(int count, int most, SeededRandom random, bool sorted)
    {
        int[] rows = [.. Enumerable.Range(0, count)];
        int take = Math.Min(count, most);
        for (int i = 0; i < take; i++)
        {
            int other = i + random.NextBelow(count - i);
            (rows[i], rows[other]) = (rows[other], rows[i]);
        }

        int[] taken = rows[..take];
        if (sorted)
        {
            Array.Sort(taken);
        }

        return taken;
    }
}
