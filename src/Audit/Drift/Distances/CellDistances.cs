namespace Governance.Audit.Drift.Distances;

/// <summary>Distances between two sets of counts over the same cells.</summary>
/// <remarks>Each takes counts of shape [cells], not negative, with a sum above 0; shares are counts divided by it.</remarks>
internal static class CellDistances
{
    /// <summary>Shares below count as this in the stability index.</summary>
    public const double Floor = 1e-4;

    /// <summary>The distance of a test on cells.</summary>
    /// <exception cref="ArgumentException">The test is none of cells.</exception>
    public static double Of(DriftTest test, ReadOnlySpan<long> reference, ReadOnlySpan<long> current) => test switch
    {
        DriftTest.Psi => Stability(reference, current),
        DriftTest.Js => JensenShannon(reference, current),
        DriftTest.Kl => KullbackLeibler(reference, current),
        DriftTest.Hellinger => Hellinger(reference, current),
        DriftTest.Linf => LargestDifference(reference, current),
        DriftTest.Tvd => TotalVariation(reference, current),
        DriftTest.Chi2 => ChiSquare.Statistic(reference, current),
        _ => throw new ArgumentException($"{test.Word()} is no distance of cells.", nameof(test)),
    };

    /// <summary>
    /// The population stability index Σ (p − q) ln(p / q), natural logarithm, shares floored at <see cref="Floor"/>.
    /// </summary>
    public static double Stability(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        (double n, double m) = (Sum(reference), Sum(current));
        double sum = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            double p = Math.Max(reference[i] / n, Floor);
            double q = Math.Max(current[i] / m, Floor);
            sum += (p - q) * Math.Log(p / q);
        }

        return sum;
    }

    /// <summary>The Jensen–Shannon distance: the square root of the divergence in bits, in [0, 1].</summary>
    /// <remarks>Lin (1991), IEEE Transactions on Information Theory 37, 145–151; as SciPy's <c>jensenshannon(base=2)</c>.</remarks>
    public static double JensenShannon(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        (double n, double m) = (Sum(reference), Sum(current));
        double sum = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            double p = reference[i] / n;
            double q = current[i] / m;
            double middle = (p + q) / 2;
            sum += (p > 0 ? p * Math.Log(p / middle) : 0) + (q > 0 ? q * Math.Log(q / middle) : 0);
        }

        return Math.Sqrt(Math.Clamp(sum / 2 / Math.Log(2), 0, 1));
    }

    /// <summary>The Kullback–Leibler divergence Σ p ln(p / q) of the current shares q from the reference's p.</summary>
    /// <remarks>
    /// A share of 0 counts as <see cref="Floor"/>, or as a millionth of the sample's least share above 0 where that is not
    /// above it; the shares are then divided by their sum. Without an empty cell nothing is filled.
    /// </remarks>
    public static double KullbackLeibler(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        Filled p = Filled.Of(reference);
        Filled q = Filled.Of(current);
        double sum = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            if (reference[i] + current[i] > 0)
            {
                double own = p.Share(reference[i]);
                sum += own * Math.Log(own / q.Share(current[i]));
            }
        }

        return Math.Max(0, sum);
    }

    /// <summary>The Hellinger distance √(Σ (√p − √q)²) / √2.</summary>
    public static double Hellinger(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        (double n, double m) = (Sum(reference), Sum(current));
        double sum = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            double difference = Math.Sqrt(reference[i] / n) - Math.Sqrt(current[i] / m);
            sum += difference * difference;
        }

        return Math.Min(1, Math.Sqrt(sum / 2));
    }

    /// <summary>The largest difference of two shares.</summary>
    public static double LargestDifference(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        (double n, double m) = (Sum(reference), Sum(current));
        double largest = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs((reference[i] / n) - (current[i] / m)));
        }

        return largest;
    }

    /// <summary>Half the sum of the differences of shares.</summary>
    public static double TotalVariation(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        (double n, double m) = (Sum(reference), Sum(current));
        double sum = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            sum += Math.Abs((reference[i] / n) - (current[i] / m));
        }

        return Math.Min(1, sum / 2);
    }

    /// <summary>The sum of counts.</summary>
    public static long Sum(ReadOnlySpan<long> counts)
    {
        long sum = 0;
        foreach (long count in counts)
        {
            sum += count;
        }

        return sum;
    }

    private readonly record struct Filled(double Count, double Fill, double Total)
    {
        public static Filled Of(ReadOnlySpan<long> counts)
        {
            double count = Sum(counts);
            double least = 1;
            int empty = 0;
            foreach (long cell in counts)
            {
                least = cell > 0 ? Math.Min(least, cell / count) : least;
                empty += cell == 0 ? 1 : 0;
            }

            double fill = least <= Floor ? least / 1e6 : Floor;
            return new Filled(count, fill, 1 + (empty * fill));
        }

        public double Share(long cell) => (cell == 0 ? Fill : cell / Count) / Total;
    }
}
