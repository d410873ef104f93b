using Governance.Audit.Performance;
using Governance.Audit.Statistics;
using Governance.Audit.Statistics.Resampling;

namespace Governance.Audit.Comparisons;

/// <summary>The metrics of two versions on the same rows, with the intervals of their differences.</summary>
internal sealed class MetricPairs
{
    private readonly List<Pair> pairs = [];
    private readonly List<UndefinedScore> undefined = [];

    /// <summary>What is not defined of either.</summary>
    public IReadOnlyList<UndefinedScore> Undefined => undefined;

    /// <summary>The first's calibration, bin by bin; empty without scores.</summary>
    public IReadOnlyList<CalibrationBin> CalibrationA { get; private set; } = [];

    /// <summary>The second's.</summary>
    public IReadOnlyList<CalibrationBin> CalibrationB { get; private set; } = [];

    /// <summary>Measures both.</summary>
    /// <param name="a">The first's predictions.</param>
    /// <param name="b">The second's, of the same rows.</param>
    /// <param name="options">Intervals and level.</param>
    /// <param name="cancellationToken">Stops between resamples.</param>
    public static MetricPairs Of(PredictionSample a, PredictionSample b, PerformanceOptions options, CancellationToken cancellationToken)
    {
        MetricPairs result = new();
        ScoreSheet first = a.Measure(cancellationToken);
        ScoreSheet second = b.Measure(cancellationToken);
        (result.CalibrationA, result.CalibrationB) = (first.Calibration, second.Calibration);
        string[] names = [.. first.Metrics.Keys.Where(second.Metrics.ContainsKey)];
        IReadOnlyDictionary<string, Func<double[]>> ours = a.Influences();
        IReadOnlyDictionary<string, Func<double[]>> theirs = b.Influences();
        Dictionary<string, Interval?>? drawn = options.Interval == IntervalMethod.Analytic
            ? null
            : Resampled(a, b, names, options, cancellationToken);
        foreach (string name in names)
        {
            double? difference = second.Metrics[name] - first.Metrics[name];
            double variance = ours.ContainsKey(name) && theirs.ContainsKey(name)
                ? PairedDifference.Variance(theirs[name](), ours[name](), a.Weight)
                : double.NaN;
            Interval? interval = difference is not double known ? null
                : drawn is null ? TransformedInterval.Plain(known, variance, options.Level) : drawn[name];
            result.pairs.Add(new Pair(name, first.Metrics[name], second.Metrics[name], difference, variance, interval));
        }

        foreach (UndefinedScore reason in first.Undefined.Concat(second.Undefined).Where(reason => names.Contains(reason.Metric)).Distinct())
        {
            result.undefined.Add(reason);
        }

        return result;
    }

    /// <summary>The metrics with tests and verdicts.</summary>
    /// <param name="discordant">For accuracy's test; null takes the normal one.</param>
    public IReadOnlyList<ComparedMetric> Compared(DiscordantRows? discordant) => [.. pairs.Select(pair =>
    {
        bool counts = pair.Name is "accuracy" or "error_rate" && discordant is not null;
        bool same = pair.Difference == 0 && (pair.Variance == 0 || (double.IsNaN(pair.Variance) && pair.Interval is null));
        double? p = pair.Difference is not double difference ? null
            : counts ? discordant!.MidP
            : double.IsNaN(pair.Variance) ? null
            : pair.Variance > 0 ? NormalQuantile.TwoSidedP(difference / Math.Sqrt(pair.Variance)) : difference == 0 ? 1 : null;
        string? test = p is null ? null : counts ? "mcnemar-mid-p" : pair.Name.Contains("roc_auc") || pair.Name == "gini" ? "delong" : "paired-normal";
        return new ComparedMetric(
            pair.Name, pair.A, pair.B, pair.Difference, pair.Interval?.ToArray(), p, test, same ? "same" : Verdict(pair));
    })];

    private static string Verdict(Pair pair)
    {
        int side = pair.Interval switch { { Low: > 0 } => 1, { High: < 0 } => -1, _ => 0 };
        side = MetricDirection.IsLoss(pair.Name) ? -side : side;
        return MetricDirection.IsNeutral(pair.Name) ? "undecided" : side switch { 1 => "b-better", -1 => "a-better", _ => "undecided" };
    }

    private static Dictionary<string, Interval?> Resampled(
        PredictionSample a, PredictionSample b, string[] names, PerformanceOptions options, CancellationToken cancellationToken)
    {
        (IReadOnlyList<string> ours, WeightedMetrics first) = a.Weighted();
        (IReadOnlyList<string> theirs, WeightedMetrics second) = b.Weighted();
        int[] left = [.. names.Select(name => ours.ToList().IndexOf(name))];
        int[] right = [.. names.Select(name => theirs.ToList().IndexOf(name))];
        BootstrapResult result = BootstrapMetrics.Run(
            names.Length, a.Rows, a.Weight.ToArray(),
            (weight, values) =>
            {
                double[] one = new double[ours.Count];
                double[] two = new double[theirs.Count];
                first(weight, one);
                second(weight, two);
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = two[right[i]] - one[left[i]];
                }
            },
            options, cancellationToken);
        return names.Select((name, i) => (name, Interval: result.Interval(i))).ToDictionary(pair => pair.name, pair => pair.Interval, StringComparer.Ordinal);
    }

    private sealed record Pair(string Name, double? A, double? B, double? Difference, double Variance, Interval? Interval);
}
