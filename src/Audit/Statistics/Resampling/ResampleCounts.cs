using Governance.Audit.Explanations;

namespace Governance.Audit.Statistics.Resampling;

/// <summary>Draws a sample anew: how often each of its rows, or of its kinds of rows, comes up.</summary>
/// <remarks>
/// A figure that depends on the rows through counts alone needs no copy of any row. Where rows fall into few kinds (group,
/// label and prediction), the counts of the kinds are multinomial and are drawn at once, in time that does not grow with
/// the rows, and with exactly the distribution of drawing rows one by one.
/// </remarks>
public static class ResampleCounts
{
    /// <summary>Draws as many rows as there are, with replacement. O(rows).</summary>
    /// <param name="random">The stream; advanced.</param>
    /// <param name="counts">Shape [rows]: overwritten with how often each row was drawn; their sum is the number of rows.</param>
    public static void OfRows(ref SeededRandom random, Span<int> counts)
    {
        counts.Clear();
        for (int draw = 0; draw < counts.Length; draw++)
        {
            counts[random.NextBelow(counts.Length)]++;
        }
    }

    /// <summary>Draws <paramref name="draws"/> rows of a stretch of rows, and adds to their counts. O(draws).</summary>
    /// <param name="random">The stream; advanced.</param>
    /// <param name="draws">How many rows are drawn.</param>
    /// <param name="counts">
    /// Shape [rows of the stretch]: raised. A byte is enough: a row that is one of at least 256 comes up 256 times with a
    /// probability below 1 / 256!, and of fewer rows there are no 256 draws unless a caller asks for more than there are.
    /// </param>
    public static void Add(ref SeededRandom random, int draws, Span<byte> counts)
    {
        for (int draw = 0; draw < draws; draw++)
        {
            counts[random.NextBelow(counts.Length)]++;
        }
    }

    /// <summary>Draws as many rows as there are in all kinds together, by kind: a multinomial draw. O(kinds).</summary>
    /// <param name="random">The stream; advanced.</param>
    /// <param name="sizes">Shape [kinds]: the rows of each kind, at least 0.</param>
    /// <param name="counts">Shape [kinds]: overwritten with how many drawn rows are of each kind.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static void OfKinds(ref SeededRandom random, ReadOnlySpan<int> sizes, Span<int> counts)
    {
        if (sizes.Length != counts.Length)
        {
            throw new ArgumentException("Sizes and counts need equally many kinds.", nameof(counts));
        }

        int rows = 0;
        foreach (int size in sizes)
        {
            rows += size;
        }

        int left = rows;
        for (int kind = 0; kind < sizes.Length; kind++)
        {
            // The last kind with rows gets all that is left, whatever rounding does to the chance.
            counts[kind] = sizes[kind] == rows ? left : BinomialDraw.Next(ref random, left, (double)sizes[kind] / rows);
            left -= counts[kind];
            rows -= sizes[kind];
        }
    }
}
