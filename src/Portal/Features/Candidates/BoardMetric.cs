using System.Globalization;
using Governance.Audit.Candidates;
using Governance.Audit.Explanations;
using Governance.Audit.Findings;
using Governance.Audit.Performance;
using Governance.Audit.Runs;

namespace Governance.Portal.Features.Candidates;

/// <summary>A column of the candidates board: what it is called, which way is better, and where sealed evidence holds it.</summary>
/// <param name="Key">The metric's key.</param>
/// <param name="Title">In words, with the unit.</param>
/// <param name="LowerIsBetter">Which way is better.</param>
internal sealed record BoardMetric(string Key, string Title, bool LowerIsBetter)
{
    /// <summary>The key of the certain order of features.</summary>
    public const string Order = "feature_order";

    /// <summary>What the key of a spread over folds begins with.</summary>
    public const string Spread = "fold_spread_";

    private const int OrderedFeatures = 10;

    private static readonly string[] Measured =
        ["accuracy", "balanced_accuracy", "roc_auc", "f1", "macro_f1", "log_loss", "brier", "ece", "rmse", "mae", "r2"];

    private static readonly string[] Differences =
        ["demographic_parity_difference", "equalized_odds_difference", "equal_opportunity_difference", "mean_error_difference"];

    private static readonly string[] Folded = ["accuracy", "roc_auc", "rmse"];

    /// <summary>All columns that the board can have.</summary>
    public static IReadOnlyList<BoardMetric> All { get; } =
    [
        .. Measured.Select(key => new BoardMetric(key, Upper(MetricWords.Of(key)), MetricDirection.IsLoss(key))),
        .. Differences.Select(key => new BoardMetric(key, $"Worst group: {MetricWords.Of(key)}", true)),
        new BoardMetric(CandidateBudget.Latency, "P95 latency, ms", true),
        new BoardMetric(CandidateBudget.Size, "Size on disk, bytes", true),
        new BoardMetric(Order, "Certain order of features", false),
        .. Folded.Select(key => new BoardMetric(Spread + key, $"Spread of {MetricWords.Of(key)} over folds", true)),
    ];

    /// <summary>The column of a key; null for none.</summary>
    public static BoardMetric? Find(string key) => All.FirstOrDefault(metric => metric.Key == key);

    /// <summary>The metric as the front is computed with.</summary>
    public CandidateMetric Metric => new(Key, LowerIsBetter);

    /// <summary>What a sealed document holds of all columns.</summary>
    public static IReadOnlyDictionary<string, CandidateFigure> Of(FindingsDocument document)
    {
        Dictionary<string, CandidateFigure> figures = new(StringComparer.Ordinal);
        if (document.Performance is PerformanceReport performance)
        {
            foreach (string key in Measured)
            {
                if (performance.Metrics.GetValueOrDefault(key) is double value)
                {
                    figures[key] = new CandidateFigure(value, performance.Intervals.GetValueOrDefault(key));
                }
            }

            foreach (string key in Folded)
            {
                if (performance.FoldMeans.FirstOrDefault(mean => mean.Metric == key)?.Deviation is double deviation)
                {
                    figures[Spread + key] = new CandidateFigure(deviation);
                }
            }
        }

        foreach (string key in Differences)
        {
            // A difference may be written with its sign; the worst is the furthest from 0.
            Finding? worst = document.Findings.Where(finding => finding.Metric == key && finding is { Group: null, Cohort: null, Value: not null })
                .MaxBy(finding => Math.Abs(finding.Value!.Value));
            if (worst is not null)
            {
                figures[key] = Unsigned(worst.Value!.Value, worst.Interval);
            }
        }

        if (Certain(document) is double certain)
        {
            figures[Order] = new CandidateFigure(certain);
        }

        return figures;
    }

    /// <summary>A value of the column for people.</summary>
    public string Words(CandidateFigure figure) => Key switch
    {
        CandidateBudget.Size => PlainNumbers.Count((long)figure.Value),
        CandidateBudget.Latency => figure.Value.ToString("0.0##", CultureInfo.InvariantCulture)
            + (figure.Interval is { } range ? string.Create(CultureInfo.InvariantCulture, $" [{range[0]:0.0##}, {range[1]:0.0##}]") : ""),
        _ => PlainNumbers.WithInterval(figure.Value, figure.Interval),
    };

    private static CandidateFigure Unsigned(double value, IReadOnlyList<double>? interval) => value >= 0 || interval is null
        ? new CandidateFigure(Math.Abs(value), interval)
        : new CandidateFigure(-value, [-interval[1], -interval[0]]);

    // Of the pairs among the ten features with the largest mean attribution, the share whose intervals do not overlap.
    private static double? Certain(FindingsDocument document)
    {
        if (document.Importance is not { Count: >= 2 } importance)
        {
            return null;
        }

        FeatureImportance[] top = [.. importance.OrderBy(feature => feature.Rank).Take(OrderedFeatures)];
        int pairs = 0;
        int apart = 0;
        for (int i = 0; i < top.Length; i++)
        {
            for (int j = i + 1; j < top.Length; j++)
            {
                pairs++;
                apart += top[i].Interval[0] > top[j].Interval[1] || top[j].Interval[0] > top[i].Interval[1] ? 1 : 0;
            }
        }

        return (double)apart / pairs;
    }

    private static string Upper(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
