using MathNet.Numerics;

namespace Governance.Audit.Statistics;

/// <summary>Barnard's unconditional exact test of two proportions.</summary>
/// <remarks>
/// Barnard (1947), Biometrika 34, 123–138, with the pooled score statistic of Suissa and Shuster (1985), JRSS A 148,
/// 317–327: the largest probability, over the unknown common share, of a table at least as far from equality as the
/// observed one. It fixes the sizes of the two samples alone, not their hits as Fisher's test does, and rejects more often
/// at the same guarantee. For each number of hits in the first sample the extreme tables are the two ends of the second,
/// so that a share costs O(rows), and the largest is found on a grid and refined.
/// </remarks>
public static class BarnardExact
{
    private const int GridSteps = 256;

    // Of 40 halvings by the golden section the bracket is 1e-8 of a grid step.
    private const int Refinements = 40;

    /// <summary>The two-sided p value. O(rows) for each of some 400 shares.</summary>
    /// <param name="hitsA">Hits in the first sample, 0 to <paramref name="rowsA"/>.</param>
    /// <param name="rowsA">Rows of the first sample, at least 1.</param>
    /// <param name="hitsB">Hits in the second sample, 0 to <paramref name="rowsB"/>.</param>
    /// <param name="rowsB">Rows of the second sample, at least 1.</param>
    /// <returns>In (0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is outside its range.</exception>
    public static double TwoSided(int hitsA, int rowsA, int hitsB, int rowsB)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rowsA, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rowsB, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(hitsA);
        ArgumentOutOfRangeException.ThrowIfNegative(hitsB);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hitsA, rowsA);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hitsB, rowsB);

        double observed = Math.Abs(Score(hitsA, rowsA, hitsB, rowsB));
        if (observed == 0)
        {
            return 1;
        }

        (int[] low, int[] high) = Region(rowsA, rowsB, observed);
        Tails tails = new(rowsA, rowsB, low, high);
        int best = 1;
        double most = 0;
        for (int step = 1; step < GridSteps; step++)
        {
            double probability = tails.At((double)step / GridSteps);
            (best, most) = probability > most ? (step, probability) : (best, most);
        }

        return Math.Min(1, Math.Max(most, Refined(tails, (double)(best - 1) / GridSteps, (double)(best + 1) / GridSteps)));
    }

    // The pooled z statistic; 0 where all or none are hits.
    private static double Score(int hitsA, int rowsA, int hitsB, int rowsB)
    {
        double pooled = (double)(hitsA + hitsB) / (rowsA + rowsB);
        double variance = pooled * (1 - pooled) * ((1.0 / rowsA) + (1.0 / rowsB));
        return variance > 0 ? (((double)hitsA / rowsA) - ((double)hitsB / rowsB)) / Math.Sqrt(variance) : 0;
    }

    // For each hits of A: B's hits up to low, and from high on, are as extreme as what was observed.
    private static (int[] Low, int[] High) Region(int rowsA, int rowsB, double observed)
    {
        double least = observed * (1 - 1e-9);
        int[] low = new int[rowsA + 1];
        int[] high = new int[rowsA + 1];
        for (int a = 0; a <= rowsA; a++)
        {
            // The statistic falls as B's hits grow, so both borders are found by halving.
            low[a] = Count(rowsB, b => Score(a, rowsA, b, rowsB) >= least) - 1;
            high[a] = Count(rowsB, b => Score(a, rowsA, b, rowsB) > -least);
        }

        return (low, high);
    }

    // How many of 0 … last fulfil a condition that holds for the first of them and then no more.
    private static int Count(int last, Func<int, bool> holds)
    {
        int from = 0;
        int to = last + 1;
        while (from < to)
        {
            int middle = (from + to) / 2;
            (from, to) = holds(middle) ? (middle + 1, to) : (from, middle);
        }

        return from;
    }

    private static double Refined(Tails tails, double from, double to)
    {
        const double golden = 0.6180339887498949;
        double most = 0;
        for (int i = 0; i < Refinements; i++)
        {
            double left = to - (golden * (to - from));
            double right = from + (golden * (to - from));
            double atLeft = tails.At(left);
            double atRight = tails.At(right);
            most = Math.Max(most, Math.Max(atLeft, atRight));
            (from, to) = atLeft > atRight ? (from, right) : (left, to);
        }

        return most;
    }

    /// <summary>The probability of the extreme tables as a function of the common share.</summary>
    private sealed class Tails(int rowsA, int rowsB, int[] low, int[] high)
    {
        private readonly double[] waysA = Ways(rowsA);
        private readonly double[] waysB = Ways(rowsB);
        private readonly double[] cumulated = new double[rowsB + 2];

        public double At(double share)
        {
            if (!(share > 0 && share < 1))
            {
                return 0;
            }

            double hit = Math.Log(share);
            double miss = Math.Log(1 - share);
            for (int b = 0; b <= rowsB; b++)
            {
                cumulated[b + 1] = cumulated[b] + Math.Exp(waysB[b] + (b * hit) + ((rowsB - b) * miss));
            }

            double sum = 0;
            for (int a = 0; a <= rowsA; a++)
            {
                double extreme = cumulated[low[a] + 1] + Math.Max(0, cumulated[rowsB + 1] - cumulated[high[a]]);
                sum += Math.Exp(waysA[a] + (a * hit) + ((rowsA - a) * miss)) * extreme;
            }

            return sum;
        }

        private static double[] Ways(int rows) => [.. Enumerable.Range(0, rows + 1).Select(hits => SpecialFunctions.BinomialLn(rows, hits))];
    }
}
