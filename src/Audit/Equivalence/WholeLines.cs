using Governance.Audit.Comparisons;
using Governance.Audit.Statistics;
using Governance.Registry.Policies;

namespace Governance.Audit.Equivalence;

/// <summary>What changed over all rows: non-inferiority, decisions that flip, and calibration. Pure.</summary>
/// <remarks>
/// Non-inferiority by two one-sided tests (Schuirmann 1987; Tango 1998 for paired shares): it is shown where the interval of the
/// difference lies above the margin. The interval is of the policy's level on both sides, so each one-sided test has half of
/// what is left: with 0.95 it is 2.5 %, stricter than the usual 5 %.
/// </remarks>
internal static class WholeLines
{
    private const string Value = "the two predict numbers, not classes.";
    private const string Class = "the two predict classes, not numbers.";

    public static IEnumerable<EquivalenceLine> Of(PairedRows rows, ComparisonReport compared, PolicyPack pack) =>
        rows.IsRegression ? Errors(compared, pack) : Decisions(rows, compared, pack);

    private static IEnumerable<EquivalenceLine> Decisions(PairedRows rows, ComparisonReport compared, PolicyPack pack)
    {
        (string[] truth, string[] a, string[] b) = rows.Decisions();
        bool[] all = [.. truth.Select(_ => true)];
        PairedCounts right = PairedCounts.Of([.. a.Zip(truth, (x, y) => x == y)], [.. b.Zip(truth, (x, y) => x == y)], all);
        double? margin = pack.Limit(EquivalenceLimits.AccuracyLoss);
        yield return JudgeLine.Of(
            new EquivalenceLine
            {
                Name = "accuracy", Topic = EquivalenceTopics.Performance, A = right.A, B = right.B, Difference = right.Difference,
                Interval = right.Interval(pack.Level), N = right.Rows,
                PValue = margin is > 0 and < 1 ? PairedScore.NotInferiorP(right.Gained, right.Lost, right.Rows, margin.Value) : right.PValue,
                Test = margin is > 0 and < 1 ? "non-inferiority" : "mcnemar-mid-p",
            },
            EquivalenceLimits.AccuracyLoss, LimitSide.Loss, pack);

        DecisionFlips flips = compared.Flips!;
        yield return JudgeLine.Of(
            new EquivalenceLine { Name = "flips", Topic = EquivalenceTopics.Flips, Difference = flips.Share, Interval = flips.Interval, N = right.Rows },
            EquivalenceLimits.Flips, LimitSide.Rise, pack);

        foreach (EquivalenceLine line in Calibration(compared, pack)
            .Concat(JudgeLine.NotApplicable(EquivalenceTopics.Performance, "rmse_rise", EquivalenceLimits.ErrorRise, Class, pack)))
        {
            yield return line;
        }
    }

    private static IEnumerable<EquivalenceLine> Calibration(ComparisonReport compared, PolicyPack pack) =>
        compared.Metrics.FirstOrDefault(metric => metric.Name == "ece") is { Difference: double difference } ece
            ? [JudgeLine.Of(
                new EquivalenceLine
                {
                    Name = "ece", Topic = EquivalenceTopics.Calibration, A = ece.A, B = ece.B, Difference = difference,
                    Interval = ece.Interval ?? Same(compared), N = compared.Count,
                },
                EquivalenceLimits.CalibrationRise, LimitSide.Rise, pack)]
            : JudgeLine.NotApplicable(
                EquivalenceTopics.Calibration, "ece", EquivalenceLimits.CalibrationRise, "one of the two gives no probability that could be compared with outcomes.", pack);

    // Scores that are alike to the last bit have the same calibration on any rows; else an interval that is missing is missing.
    private static double[]? Same(ComparisonReport compared) => compared.Scores is { LargestDistance: 0 } ? [0, 0] : null;

    private static IEnumerable<EquivalenceLine> Errors(ComparisonReport compared, PolicyPack pack)
    {
        ComparedMetric? rmse = compared.Metrics.FirstOrDefault(metric => metric.Name == "rmse");
        EquivalenceLine line = new() { Name = "rmse_rise", Topic = EquivalenceTopics.Performance, A = rmse?.A, B = rmse?.B, N = compared.Count };
        line = rmse is { A: > 0 and double of, Difference: double difference }
            ? line with
            {
                Difference = difference / of,
                Interval = rmse.Interval is { } ends ? [ends[0] / of, ends[1] / of] : Same(compared),
            }
            : line with { Reason = "the parent makes no error, so a rise has no share." };
        return
        [
            JudgeLine.Of(line, EquivalenceLimits.ErrorRise, LimitSide.Rise, pack),
            .. JudgeLine.NotApplicable(EquivalenceTopics.Performance, "accuracy", EquivalenceLimits.AccuracyLoss, Value, pack),
            .. JudgeLine.NotApplicable(EquivalenceTopics.Flips, "flips", EquivalenceLimits.Flips, Value, pack),
            .. JudgeLine.NotApplicable(EquivalenceTopics.Calibration, "ece", EquivalenceLimits.CalibrationRise, Value, pack),
        ];
    }

    /// <summary>Every other metric with its paired interval, for reading.</summary>
    public static IEnumerable<EquivalenceLine> Reported(ComparisonReport compared) =>
        compared.Metrics.Where(metric => metric.Name is not ("accuracy" or "ece")).Select(metric => EquivalenceWords.Told(new EquivalenceLine
        {
            Name = metric.Name, Topic = EquivalenceTopics.Performance, A = metric.A, B = metric.B, Difference = metric.Difference,
            Interval = metric.Interval, N = compared.Count, PValue = metric.PValue, Test = metric.Test,
            Reason = metric.Difference is null ? compared.Undefined.FirstOrDefault(undefined => undefined.Metric == metric.Name)?.Reason : null,
        }));
}
