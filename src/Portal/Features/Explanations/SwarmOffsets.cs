namespace Governance.Portal.Features.Explanations;

/// <summary>Where the dots of a beeswarm sit beside their line, so that the swarm is as wide as the data are dense.</summary>
internal static class SwarmOffsets
{
    /// <summary>The half-width of the widest swarm, in lines.</summary>
    public const double HalfWidth = 0.38;

    /// <summary>Spreads dots that share a bin of the axis evenly about the line.</summary>
    /// <remarks>
    /// The width of a bin's swarm is in proportion to the square root of its count, so that a thin tail still shows.
    /// Which dot takes which place is fixed by a hash of its row, so that the picture never changes by itself.
    /// O(n log n).
    /// </remarks>
    /// <param name="values">Shape [dots]: positions along the axis, finite.</param>
    /// <param name="rows">Shape [dots]: the row of each dot in the data.</param>
    /// <param name="low">The low end of the axis, in the unit of <paramref name="values"/>.</param>
    /// <param name="high">The high end of the axis.</param>
    /// <param name="bins">How many bins the axis is cut into, at least 1.</param>
    /// <returns>Shape [dots]: offsets in [−<see cref="HalfWidth"/>, <see cref="HalfWidth"/>], 0 for a dot alone in its bin.</returns>
    public static double[] Place(ReadOnlySpan<double> values, ReadOnlySpan<int> rows, double low, double high, int bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        if (values.Length != rows.Length)
        {
            throw new ArgumentException("One row a value.", nameof(rows));
        }

        int[] bin = new int[values.Length];
        uint[] order = new uint[values.Length];
        int[] dots = new int[values.Length];
        int[] count = new int[bins];
        for (int dot = 0; dot < values.Length; dot++)
        {
            double place = high > low ? (values[dot] - low) / (high - low) * bins : 0;
            bin[dot] = Math.Clamp((int)place, 0, bins - 1);
            order[dot] = Hash(rows[dot]);
            dots[dot] = dot;
            count[bin[dot]]++;
        }

        Array.Sort(dots, (a, b) => bin[a] != bin[b] ? bin[a].CompareTo(bin[b])
            : order[a] != order[b] ? order[a].CompareTo(order[b])
            : a.CompareTo(b));
        double fullest = Math.Sqrt(count.DefaultIfEmpty(1).Max());
        double[] offsets = new double[values.Length];
        int taken = 0;
        for (int i = 0; i < dots.Length; i++)
        {
            taken = i > 0 && bin[dots[i]] == bin[dots[i - 1]] ? taken + 1 : 0;
            int shared = count[bin[dots[i]]];
            double width = HalfWidth * Math.Sqrt(shared) / fullest;
            offsets[dots[i]] = shared == 1 ? 0 : width * ((2.0 * taken / (shared - 1)) - 1);
        }

        return offsets;
    }

    /// <summary>The finaliser of MurmurHash3: neighbouring rows get unrelated numbers.</summary>
    internal static uint Hash(int row)
    {
        uint h = (uint)row;
        h = (h ^ (h >> 16)) * 0x85ebca6b;
        h = (h ^ (h >> 13)) * 0xc2b2ae35;
        return h ^ (h >> 16);
    }
}
