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
    private const int Warm = 3;
    private const int LeastTurns = 20;
    private const int MostTurns = 400;
    private static readonly TimeSpan LongestSize = TimeSpan.FromSeconds(2);

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
            (InputBatch one, InputBatch two) = (Filled(rowsA, size), Filled(rowsB, size));
            sizes.Add(Turns(() => first.Predict(one, cancellationToken), () => second.Predict(two, cancellationToken), size, pack.Level, time));
        }

        return new SpeedReport { Sizes = sizes, LoadSeconds = load, MemoryBytes = memory, Lines = [.. Lines(sizes, load, memory, pack)] };
    }

    private static SpeedAtSize Turns(Func<Prediction> a, Func<Prediction> b, int rows, double level, TimeProvider time)
    {
        for (int i = 0; i < Warm; i++)
        {
            a();
            b();
        }

        List<double> first = [], second = [];
        long started = time.GetTimestamp();
        for (int turn = 0; turn < MostTurns && (turn < LeastTurns || time.GetElapsedTime(started) < LongestSize); turn++)
        {
            bool parentFirst = turn % 2 == 0;
            double one = Seconds(parentFirst ? a : b, time);
            double two = Seconds(parentFirst ? b : a, time);
            first.Add(parentFirst ? one : two);
            second.Add(parentFirst ? two : one);
        }

        return SpeedTurns.Of([.. first], [.. second], rows, level);
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
            double seconds = Seconds(() => predictor = OnnxPredictor.Load(model, new PredictorOptions { Provider = "cpu" }, cancellationToken), time);
            using (predictor)
            {
                predictor!.Predict(Filled(rows, Sizes[^1]), cancellationToken);
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

    // Too few rows are gone through again: how long an answer takes does not hang on rows being new.
    private static InputBatch Filled(InputBatch rows, int size) => rows.Take([.. Enumerable.Range(0, size).Select(row => row % rows.Rows)]);

    private static double Seconds<T>(Func<T> work, TimeProvider time)
    {
        long started = time.GetTimestamp();
        work();
        return Math.Max(time.GetElapsedTime(started).TotalSeconds, 1e-9);
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
