using System.Diagnostics;
using Governance.Audit.Inference;
using Governance.Registry.Policies;

namespace Governance.Audit.Equivalence;

/// <summary>Measures what two versions cost, in turn: A, B, B, A, … so that neither has the quieter machine.</summary>
public static class MeasureSpeed
{
    /// <summary>Rows a call.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [1, 32, 256];

    private const int Loads = 5;

    /// <summary>Measures.</summary>
    /// <param name="a">The parent's file.</param>
    /// <param name="b">The variant's.</param>
    /// <param name="rowsA">Rows as the parent takes them, at least one; the same rows as the variant's.</param>
    /// <param name="rowsB">Rows as the variant takes them.</param>
    /// <param name="pack">The limits, and the level of intervals.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static SpeedReport Run(
        byte[] a, byte[] b, InputBatch rowsA, InputBatch rowsB, PolicyPack pack, TimeProvider time, CancellationToken cancellationToken)
    {
        (SpeedPair load, SpeedPair memory) = Load(a, b, rowsA, rowsB, time, cancellationToken);
        using OnnxPredictor first = OnnxPredictor.Load(a, new PredictorOptions { Provider = "cpu" }, cancellationToken);
        using OnnxPredictor second = OnnxPredictor.Load(b, new PredictorOptions { Provider = "cpu" }, cancellationToken);
        List<SpeedAtSize> sizes = [];
        foreach (int size in Sizes)
        {
            sizes.Add(TimeTurns.Run(first, second, rowsA, rowsB, size, pack.Level, time, cancellationToken));
        }

        return new SpeedReport { Sizes = sizes, LoadSeconds = load, MemoryBytes = memory, Lines = [.. Lines(sizes, load, memory, pack)] };
    }

    private static (SpeedPair Seconds, SpeedPair Bytes) Load(
        byte[] a, byte[] b, InputBatch rowsA, InputBatch rowsB, TimeProvider time, CancellationToken cancellationToken)
    {
        List<(double Seconds, double Bytes)> first = [], second = [];
        for (int i = 0; i < Loads; i++)
        {
            first.Add(One(a, rowsA));
            second.Add(One(b, rowsB));
        }

        return (
            new SpeedPair(Median(first.Select(load => load.Seconds)), Median(second.Select(load => load.Seconds))),
            new SpeedPair(Median(first.Select(load => load.Bytes)), Median(second.Select(load => load.Bytes))));

        (double, double) One(byte[] model, InputBatch rows)
        {
            using Process process = Process.GetCurrentProcess();
            long before = process.PrivateMemorySize64;
            OnnxPredictor? predictor = null;
            double seconds = TimeTurns.Seconds(() => predictor = OnnxPredictor.Load(model, new PredictorOptions { Provider = "cpu" }, cancellationToken), time);
            using (predictor)
            {
                predictor!.Predict(TimeTurns.Filled(rows, 0, Sizes[^1]), cancellationToken);
                process.Refresh();
                return (seconds, Math.Max(0, process.PrivateMemorySize64 - before));
            }
        }
    }

    private static IEnumerable<EquivalenceLine> Lines(IReadOnlyList<SpeedAtSize> sizes, SpeedPair load, SpeedPair memory, PolicyPack pack)
    {
        // The policy's limit is on a row alone, as it is answered; larger calls are told beside it.
        foreach (SpeedAtSize size in sizes)
        {
            EquivalenceLine line = new()
            {
                Name = "p95_ratio", Topic = EquivalenceTopics.Cost, Where = size.Rows == 1 ? null : $"{size.Rows} rows a call", A = size.A.P95, B = size.B.P95,
                Difference = size.P95Ratio, Interval = size.P95Interval, N = size.Calls,
            };
            yield return size == sizes[0] ? JudgeLine.Of(line, EquivalenceLimits.P95Ratio, LimitSide.Rise, pack) : EquivalenceWords.Told(line);
        }

        foreach ((string name, SpeedPair pair, int times) in ((string, SpeedPair, int)[])[("load_ratio", load, Loads), ("memory_ratio", memory, Loads)])
        {
            yield return EquivalenceWords.Told(new EquivalenceLine
            {
                Name = name, Topic = EquivalenceTopics.Cost, A = pair.A, B = pair.B, Difference = pair.A > 0 ? pair.B / pair.A : null, N = times,
                Reason = pair.A > 0 ? null : "the process did not grow measurably.",
            });
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
