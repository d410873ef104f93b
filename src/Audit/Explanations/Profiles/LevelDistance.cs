using Governance.Audit.Data;

namespace Governance.Audit.Explanations.Profiles;

/// <summary>How far levels of one column lie apart, judged by how another column is distributed among their rows.</summary>
public static class LevelDistance
{
    /// <summary>Adds one column's part to the distances of all pairs of levels. O(rows · levels) after sorting.</summary>
    /// <param name="other">The column to judge by; its missing cells are left out.</param>
    /// <param name="codes">Shape [rows]: the row's level, -1 for none.</param>
    /// <param name="levels">How many levels there are.</param>
    /// <param name="distances">Shape [levels, levels], added to: each part lies in [0, 1].</param>
    public static void Add(Column other, ReadOnlySpan<int> codes, int levels, Span<double> distances)
    {
        double[] sizes = new double[levels];
        for (int row = 0; row < codes.Length; row++)
        {
            if (codes[row] >= 0 && !other.IsMissing(row))
            {
                sizes[codes[row]]++;
            }
        }

        if (other is NumberColumn numbers)
        {
            AddNumbers(numbers.Values, codes, sizes, distances);
        }
        else
        {
            AddLevels(other, codes, sizes, distances);
        }
    }

    // The largest gap between the levels' empirical distribution functions, followed along the sorted values.
    private static void AddNumbers(ReadOnlySpan<double> values, ReadOnlySpan<int> codes, double[] sizes, Span<double> distances)
    {
        int levels = sizes.Length;
        double[] keys = values.ToArray();
        int[] order = [.. Enumerable.Range(0, keys.Length)];
        Array.Sort(keys, order);
        double[] reached = new double[levels];
        double[] gaps = new double[levels * levels];
        for (int at = 0; at < order.Length; at++)
        {
            int code = codes[order[at]];
            if (code >= 0 && !double.IsNaN(keys[at]))
            {
                reached[code] += 1 / sizes[code];
            }

            bool tied = at + 1 < order.Length && keys[at + 1] == keys[at];
            if (!tied)
            {
                Widen(gaps, reached, sizes);
            }
        }

        for (int i = 0; i < gaps.Length; i++)
        {
            distances[i] += gaps[i];
        }
    }

    private static void Widen(double[] gaps, double[] reached, double[] sizes)
    {
        int levels = reached.Length;
        for (int a = 0; a < levels; a++)
        {
            for (int b = 0; b < levels; b++)
            {
                if (sizes[a] > 0 && sizes[b] > 0)
                {
                    gaps[(a * levels) + b] = Math.Max(gaps[(a * levels) + b], Math.Abs(reached[a] - reached[b]));
                }
            }
        }
    }

    private static void AddLevels(Column other, ReadOnlySpan<int> codes, double[] sizes, Span<double> distances)
    {
        int levels = sizes.Length;
        Dictionary<string, double[]> shares = new(StringComparer.Ordinal);
        for (int row = 0; row < codes.Length; row++)
        {
            if (codes[row] >= 0 && other.Text(row) is string text)
            {
                if (!shares.TryGetValue(text, out double[]? share))
                {
                    shares[text] = share = new double[levels];
                }

                share[codes[row]] += 1 / sizes[codes[row]];
            }
        }

        foreach (double[] share in shares.Values)
        {
            for (int a = 0; a < levels; a++)
            {
                for (int b = 0; b < levels; b++)
                {
                    if (sizes[a] > 0 && sizes[b] > 0)
                    {
                        distances[(a * levels) + b] += Math.Abs(share[a] - share[b]) / 2;
                    }
                }
            }
        }
    }
}
