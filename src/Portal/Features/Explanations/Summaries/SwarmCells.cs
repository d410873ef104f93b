namespace Governance.Portal.Features.Explanations.Summaries;

/// <summary>One dot of a binned beeswarm: a row that stands for all rows at its place.</summary>
/// <param name="Index">Which of the values it shows.</param>
/// <param name="Offset">Beside the line, in lines, in [−<see cref="SwarmOffsets.HalfWidth"/>, <see cref="SwarmOffsets.HalfWidth"/>].</param>
/// <param name="Count">How many rows it stands for, at least 1.</param>
internal readonly record struct SwarmCell(int Index, double Offset, int Count);

/// <summary>Bins a beeswarm by density, so that any number of rows is drawn with a bounded number of dots.</summary>
/// <remarks>
/// The axis is cut into bins. A bin's width beside the line, and how many places it has, go with the square root of its
/// rows, so that thin tails show and single outliers stay single. A row's place in its bin is fixed by a hash of its row,
/// and of the rows at one place the one with the smallest hash is drawn: a choice as good as random, so that the colours
/// of a bin keep their mixture, and the same at every look.
/// </remarks>
internal static class SwarmCells
{
    /// <summary>Bins one swarm. O(n).</summary>
    /// <param name="values">Shape [rows]: positions along the axis, finite.</param>
    /// <param name="rows">Shape [rows]: each value's row in the data.</param>
    /// <param name="low">The low end of the axis.</param>
    /// <param name="high">The high end of the axis.</param>
    /// <param name="bins">At least 1.</param>
    /// <param name="places">The places of the fullest bin, at least 1.</param>
    /// <returns>At most bins · places dots, by bin and place; their counts add up to the rows.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static List<SwarmCell> Place(ReadOnlySpan<double> values, ReadOnlySpan<int> rows, double low, double high, int bins, int places)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(places, 1);
        if (values.Length != rows.Length)
        {
            throw new ArgumentException("One row a value.", nameof(rows));
        }

        int[] inBin = new int[bins];
        for (int i = 0; i < values.Length; i++)
        {
            inBin[Bin(values[i], low, high, bins)]++;
        }

        int fullest = Math.Max(1, inBin.Max());
        int[] of = [.. inBin.Select(count => Places(count, fullest, places))];
        int[] chosen = new int[bins * places];
        int[] count = new int[bins * places];
        uint[] least = new uint[bins * places];
        for (int i = 0; i < values.Length; i++)
        {
            int bin = Bin(values[i], low, high, bins);
            uint hash = SwarmOffsets.Hash(rows[i]);
            int cell = (bin * places) + (int)(((ulong)hash * (uint)of[bin]) >> 32);
            uint rank = SwarmOffsets.Hash(unchecked((int)hash + 1)); // the place used the hash's upper bits up
            if (count[cell]++ == 0 || rank < least[cell])
            {
                (chosen[cell], least[cell]) = (i, rank);
            }
        }

        List<SwarmCell> cells = [];
        for (int cell = 0; cell < count.Length; cell++)
        {
            if (count[cell] > 0)
            {
                cells.Add(new SwarmCell(chosen[cell], Offset(inBin[cell / places], fullest, cell % places, of[cell / places]), count[cell]));
            }
        }

        return cells;
    }

    private static int Bin(double value, double low, double high, int bins) =>
        high > low ? Math.Clamp((int)((value - low) / (high - low) * bins), 0, bins - 1) : 0;

    private static int Places(int count, int fullest, int places) =>
        Math.Clamp((int)Math.Ceiling(places * Math.Sqrt((double)count / fullest)), 1, Math.Max(1, Math.Min(count, places)));

    private static double Offset(int count, int fullest, int place, int places) => places == 1
        ? 0
        : SwarmOffsets.HalfWidth * Math.Sqrt((double)count / fullest) * ((2.0 * place / (places - 1)) - 1);
}
