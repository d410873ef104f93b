using Governance.Audit.Inference;

namespace Governance.Audit.Equivalence;

/// <summary>Times two models in turn: A, B, B, A, … on the same rows, so that whatever else the machine does falls on both.</summary>
public static class TimeTurns
{
    private const int Warm = 3;
    private const int LeastTurns = 20;
    private const int MostTurns = 400;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>Times calls of one size, at least 20 turns, then up to 400 or two seconds.</summary>
    /// <param name="a">One model.</param>
    /// <param name="b">The other.</param>
    /// <param name="rowsA">Rows as the first takes them, at least one; gone through again and again.</param>
    /// <param name="rowsB">The same rows as the second takes them.</param>
    /// <param name="size">Rows a call, at least 1.</param>
    /// <param name="level">The confidence level of the ratio's interval, above 0 and below 1.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentException">The two are not given equally many rows.</exception>
    public static SpeedAtSize Run(
        OnnxPredictor a, OnnxPredictor b, InputBatch rowsA, InputBatch rowsB, int size, double level, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rowsA);
        ArgumentNullException.ThrowIfNull(rowsB);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        if (rowsA.Rows != rowsB.Rows)
        {
            throw new ArgumentException("The two are timed on other rows.", nameof(rowsB));
        }

        // Each turn has rows of its own where there are enough, because a model may take longer for some of them.
        (InputBatch A, InputBatch B)[] calls = [.. Enumerable.Range(0, Math.Clamp(rowsA.Rows / size, 1, MostTurns))
            .Select(call => (Filled(rowsA, call * size, size), Filled(rowsB, call * size, size)))];
        List<double> first = [], second = [];
        long started = time.GetTimestamp();
        for (int turn = -Warm; turn < MostTurns && (turn < LeastTurns || time.GetElapsedTime(started) < Longest); turn++)
        {
            (InputBatch ours, InputBatch theirs) = calls[(turn + Warm) % calls.Length];

            // Who goes first changes, because the second finds the row in the cache.
            bool turned = turn % 2 != 0;
            double one = Seconds(() => turned ? b.Predict(theirs, cancellationToken) : a.Predict(ours, cancellationToken), time);
            double two = Seconds(() => turned ? a.Predict(ours, cancellationToken) : b.Predict(theirs, cancellationToken), time);
            if (turn >= 0)
            {
                first.Add(turned ? two : one);
                second.Add(turned ? one : two);
            }
        }

        return SpeedTurns.Of([.. first], [.. second], size, level);
    }

    /// <summary>Rows for one call. Too few are gone through again: how long an answer takes does not hang on rows being new.</summary>
    internal static InputBatch Filled(InputBatch rows, int from, int size) => rows.Take([.. Enumerable.Range(from, size).Select(row => row % rows.Rows)]);

    /// <summary>How long something takes, above 0.</summary>
    internal static double Seconds<T>(Func<T> work, TimeProvider time)
    {
        long started = time.GetTimestamp();
        work();
        return Math.Max(time.GetElapsedTime(started).TotalSeconds, 1e-9);
    }
}
