using Governance.Audit.Drift.Noise;

namespace Governance.Audit.Drift.Distances;

/// <summary>Compares two samples of numbers.</summary>
internal static class CompareNumbers
{
    private const int MostDealtForScale = 1_000;

    /// <summary>Compares.</summary>
    public static Comparison Run(DriftTest test, PreparedColumn reference, PreparedColumn current, DriftOptions options) => test switch
    {
        DriftTest.Ks => KolmogorovSmirnovOf(reference, current),
        DriftTest.Chi2 => PooledBins(reference, current, options),
        _ when reference.IsConstant => DegenerateColumn.Numbers(test, reference, current),
        DriftTest.Wasserstein or DriftTest.WassersteinNormed => Transport(test, reference, current, options),
        _ => ReferenceBins(test, reference, current, options),
    };

    private static Comparison KolmogorovSmirnovOf(PreparedColumn reference, PreparedColumn current)
    {
        double statistic = KolmogorovSmirnov.Statistic(reference.Sorted, current.Sorted);
        return new Comparison
        {
            Statistic = statistic,
            PValue = KolmogorovSmirnov.PValue(statistic, reference.Count, current.Count),
            Notes = reference.IsConstant && current.IsConstant
                ? [statistic == 0 ? "both hold one value alone, the same" : "both hold one value alone, and not the same"]
                : [],
        };
    }

    // Bins of the pooled values, so that they do not depend on which sample a value is in and χ² holds its level.
    private static Comparison PooledBins(PreparedColumn reference, PreparedColumn current, DriftOptions options)
    {
        double[] pooled = [.. reference.Numbers, .. current.Numbers];
        SortNumbers.Ascending(pooled);
        BinRule rule = BinRule.Parse(options.Bins) ?? new BinRule("deciles", 10);
        (NumberBins bins, string? note) = ChooseBins.Of(rule, full: true, pooled, NumberMoments.Of(pooled), 0);
        Comparison found = CompareCells.Counts(DriftTest.Chi2, bins.Count(reference.Numbers), bins.Count(current.Numbers), options);
        return found with { Notes = [note ?? "numbers are binned at the quantiles of both samples together", .. found.Notes] };
    }

    private static Comparison Transport(DriftTest test, PreparedColumn reference, PreparedColumn current, DriftOptions options)
    {
        double deviation = reference.Moments.Deviation;
        double unit = test == DriftTest.WassersteinNormed ? deviation : 1;
        double statistic = WassersteinDistance.Between(reference.Sorted, current.Sorted) / unit;
        double limit = test == DriftTest.WassersteinNormed ? options.Limit : options.Threshold ?? (DriftOptions.DefaultLimit * deviation);
        return new Comparison
        {
            Statistic = statistic,
            Limit = limit,
            Noise = options.EveryFloor || statistic > limit ? Noise() : null,
        };

        Func<double, double> Noise()
        {
            NullSample sample = test == DriftTest.WassersteinNormed && reference.Count + current.Count <= MostDealtForScale
                ? DealNoise.Simulate(reference.Sorted, current.Sorted, Normed, options.Seed)
                : TransportNoise.Of(reference.Sorted, current.Sorted, options.Seed);
            double scale = test == DriftTest.WassersteinNormed && reference.Count + current.Count <= MostDealtForScale ? 1 : unit;
            return alpha => sample.Quantile(alpha) / scale;
        }
    }

    private static double Normed(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        double distance = WassersteinDistance.Between(reference, current);
        return distance > 0 ? distance / NumberMoments.Of(reference).Deviation : 0;
    }

    private static Comparison ReferenceBins(DriftTest test, PreparedColumn reference, PreparedColumn current, DriftOptions options)
    {
        BinRule rule = BinRule.Parse(options.Bins) ?? (test == DriftTest.Psi ? new BinRule("deciles", 10) : new BinRule("doane", 0));
        bool full = test == DriftTest.Psi;
        bool ranks = full || rule.Name == "deciles";
        (double low, double high) = (current.Moments.Least, current.Moments.Largest);
        NumberMoments frame = rule.Name == "sturges" ? Framed(reference.Moments, low, high) : reference.Moments;
        (NumberBins bins, string? note) = ChooseBins.Of(rule, full, ranks || ChooseBins.NeedsRanks(reference.Moments, frame) ? reference.Sorted : [], frame, rule.Name == "sturges" ? reference.Count + current.Count : reference.Count);
        long[] before = bins.Count(reference.Numbers);
        long[] now = bins.Count(current.Numbers);
        double statistic = CellDistances.Of(test, before, now);
        return new Comparison
        {
            Statistic = statistic,
            Limit = options.Limit,
            Noise = options.EveryFloor || statistic > options.Limit ? Noise() : null,
            Notes = note is not null ? [note] : Squeezed(before, bins, ranks),
        };

        Func<double, double> Noise()
        {
            if (reference.Count + current.Count <= DealNoise.MostValues)
            {
                NullSample dealt = DealNoise.Simulate(reference.Sorted, current.Sorted, (first, second) => Binned(test, rule, first, second), options.Seed);
                return dealt.Quantile;
            }

            Func<double, double> cells = NoiseFloor.Of(test, before, now, options);
            if (test != DriftTest.Psi || !ranks)
            {
                return cells;
            }

            NullSample ties = DecileNoise.Of(reference.Count, current.Count, rule.Number, options.Seed);
            return alpha => Math.Max(cells(alpha), ties.Quantile(alpha));
        }
    }

    private static double Binned(DriftTest test, BinRule rule, ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        NumberMoments moments = NumberMoments.Of(reference);
        if (moments.Least == moments.Largest)
        {
            long other = 0;
            foreach (double value in current)
            {
                other += value == moments.Least ? 0 : 1;
            }

            return CellDistances.Of(test, [reference.Length, 0], [current.Length - other, other]);
        }

        bool pooled = rule.Name == "sturges";
        NumberMoments frame = pooled ? Framed(moments, current[0], current[^1]) : moments;
        (NumberBins bins, _) = ChooseBins.Of(rule, test == DriftTest.Psi, reference, frame, pooled ? reference.Length + current.Length : reference.Length);
        return CellDistances.Of(test, bins.Count(reference), bins.Count(current));
    }

    private static NumberMoments Framed(NumberMoments moments, double low, double high) =>
        moments with { Least = Math.Min(moments.Least, low), Largest = Math.Max(moments.Largest, high) };

    private static string[] Squeezed(long[] counts, NumberBins bins, bool ranks) =>
        !ranks && bins.Cells > 3 && counts.Max() > 0.98 * CellDistances.Sum(counts)
            ? ["one of the equally wide bins holds nearly all values, because others lie far out: --bins deciles sees more"]
            : [];
}
