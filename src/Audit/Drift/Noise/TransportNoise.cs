using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Governance.Audit.Explanations;

namespace Governance.Audit.Drift.Noise;

/// <summary>What the Wasserstein-1 distance comes to by chance, given the pooled values.</summary>
/// <remarks>
/// The pooled values are dealt anew: how many of the first r belong to the reference is a walk of hypergeometric steps, and
/// the distance is the area between the walk and its expectation over the pooled values. The walks depend on the sample
/// sizes alone; they are drawn once for sizes that are alike (rounded down by at most a thirty-second, which overstates the
/// noise by at most 2 %) at ranks that are all there in both tails, where single values can carry the distance, and 64 to
/// the sample between. A column then costs one product of a matrix and a vector.
/// </remarks>
internal sealed class TransportNoise
{
    private const int Draws = 4_999;
    private const int MostKept = 12;
    private const int Exact = 256;

    private static readonly ConcurrentDictionary<(int N, int M, int Seed), Lazy<TransportNoise>> Kept = new();

    private readonly int total;
    private readonly int tail;
    private readonly int[] ranks;
    private readonly float[] distances; // shape [draws, ranks]: between the two distribution functions after a rank

    private TransportNoise(int n, int m, int seed)
    {
        total = n + m;
        tail = total / 32;
        ranks = Ranks(total, tail);
        distances = new float[Draws * ranks.Length];
        for (int draw = 0; draw < Draws; draw++)
        {
            SeededRandom random = new(seed, draw);
            Walk(ref random, n, m, distances.AsSpan(draw * ranks.Length, ranks.Length));
        }
    }

    /// <summary>The null distribution of the distance, in the unit of the values.</summary>
    /// <param name="reference">Ascending.</param>
    /// <param name="current">Ascending.</param>
    /// <param name="seed">Of the draws.</param>
    public static NullSample Of(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int seed)
    {
        if (Kept.Count > MostKept)
        {
            Kept.Clear();
        }

        (int n, int m) = reference.Length + current.Length <= Exact ? (reference.Length, current.Length) : (Rounded(reference.Length), Rounded(current.Length));
        TransportNoise walks = Kept.GetOrAdd((n, m, seed), key => new Lazy<TransportNoise>(() => new TransportNoise(key.N, key.M, key.Seed))).Value;
        return walks.Over(reference, current);
    }

    private static int Rounded(int count)
    {
        int step = Math.Max(1, 1 << Math.Max(0, (int)Math.Log2(count) - 5));
        return count / step * step;
    }

    private NullSample Over(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        double[] values = PooledAt(reference, current);
        double scale = 0;
        float[] widths = new float[ranks.Length];
        double[] exact = new double[ranks.Length];
        for (int k = 0; k + 1 < values.Length; k++)
        {
            // After rank r the walk stays as it is up to the next value; over a longer stretch it is taken as straight.
            double width = values[k + 1] - values[k];
            bool single = k == ranks.Length - 1 || ranks[k + 1] - ranks[k] == 1;
            exact[k] += single ? width : width / 2;
            if (!single)
            {
                exact[k + 1] += width / 2;
            }

            scale = Math.Max(scale, width);
        }

        if (!(scale > 0) || double.IsInfinity(scale))
        {
            return new NullSample([scale > 0 ? double.PositiveInfinity : 0]);
        }

        for (int k = 0; k < widths.Length; k++)
        {
            widths[k] = (float)(exact[k] / scale);
        }

        double[] draws = new double[Draws];
        for (int draw = 0; draw < Draws; draw++)
        {
            draws[draw] = scale * TensorPrimitives.Dot(distances.AsSpan(draw * ranks.Length, ranks.Length), widths);
        }

        return NullSample.Of(draws);
    }

    // The pooled values at the ranks, and the largest.
    private double[] PooledAt(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        int all = reference.Length + current.Length;
        double[] values = new double[ranks.Length + 1];
        int i = 0;
        int j = 0;
        double at = 0;
        for (int k = 0; k < values.Length; k++)
        {
            int wanted = k == ranks.Length ? all : Place(ranks[k], all);
            while (i + j < wanted)
            {
                at = j >= current.Length || (i < reference.Length && reference[i] <= current[j]) ? reference[i++] : current[j++];
            }

            values[k] = at;
        }

        return values;
    }

    private int Place(int rank, int all) => rank <= tail ? rank
        : total - rank <= tail ? all - (total - rank)
        : (int)((long)rank * all / total);

    private void Walk(ref SeededRandom random, int n, int m, Span<float> row)
    {
        long left = n + m;
        long places = n;
        for (int k = 0; k < row.Length; k++)
        {
            int step = ranks[k] - (k == 0 ? 0 : ranks[k - 1]);
            places -= UrnDraw.Next(ref random, left, places, step);
            left -= step;
            long taken = n - places;
            row[k] = (float)Math.Abs(((double)taken / n) - ((double)(ranks[k] - taken) / m));
        }
    }

    private static int[] Ranks(int total, int tail)
    {
        if (total <= Exact)
        {
            return [.. Enumerable.Range(1, total - 1)];
        }

        SortedSet<int> ranks = [];
        for (int rank = 1; rank <= tail; rank = Math.Max(rank + 1, rank < 16 ? rank + 1 : (int)(rank * 1.2)))
        {
            ranks.Add(rank);
            ranks.Add(total - rank);
        }

        for (int k = 2; k <= 62; k++)
        {
            ranks.Add((int)((long)total * k / 64));
        }

        return [.. ranks];
    }
}
