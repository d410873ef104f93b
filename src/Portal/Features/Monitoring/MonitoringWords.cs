using System.Globalization;
using Governance.Audit.Findings;
using Governance.Portal.Features.Alerts;
using Governance.Portal.Features.Drift;
using Governance.Registry.Monitors;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.Monitoring;

/// <summary>Readings of monitors in plain words. Pure.</summary>
internal static class MonitoringWords
{
    /// <summary>The column under which scores stand in readings of drift.</summary>
    public const string Score = "(score)";

    /// <summary>The column under which decisions stand.</summary>
    public const string Prediction = "(prediction)";

    /// <summary>What a series measures, such as "income, drift" or "roc auc, estimated".</summary>
    public static string NameOf(MonitoringSeries series)
    {
        string what = series.Kind switch
        {
            ReadingKind.Drift or ReadingKind.Quality => series.Column is string column ? $"{Column(column)}, {Of(series.Kind)}" : Of(series.Kind),
            ReadingKind.Multivariate or ReadingKind.Attribution or ReadingKind.Volume => Of(series.Kind),
            ReadingKind.Latency => $"latency, {Test(series.Metric)}",
            _ => $"{Metric(series.Metric)}{(series.Attribute is null ? "" : $" by {series.Attribute}")}, {Of(series.Kind)}",
        };
        return series.Cohort is null ? what : $"{what}, {series.Cohort}";
    }

    /// <summary>A kind of monitor, in lower case; one that is not known here by its own word.</summary>
    public static string Of(string kind) => kind switch
    {
        ReadingKind.Drift => "drift",
        ReadingKind.Quality => "data quality",
        ReadingKind.Multivariate => "drift of all columns together",
        ReadingKind.Attribution => "order of attributions, nDCG",
        ReadingKind.Performance => "realised",
        ReadingKind.Fairness => "fairness",
        ReadingKind.Estimate => "estimated",
        ReadingKind.Volume => "rows in a window",
        ReadingKind.Latency => "latency",
        _ => kind,
    };

    /// <summary>A metric, with spaces.</summary>
    public static string Metric(string? metric) => metric?.Replace('_', ' ') ?? "figure";

    /// <summary>A test or a figure by its full name, such as "Kolmogorov–Smirnov distance"; a metric with spaces.</summary>
    public static string Test(string? metric) => metric switch
    {
        null => "figure",
        "levels" => "change of a share",
        "quality" => "share of bad cells",
        "rows" => "rows",
        "ndcg" => "nDCG",
        "p50" or "p95" or "p99" => metric.ToUpperInvariant(),
        _ => DriftWords.Name(metric) is string name && name != metric ? name : Metric(metric),
    };

    /// <summary>The value of a reading, in the unit of its kind: whole rows, tenths of a millisecond, else three decimals.</summary>
    public static string Value(MonitorReading reading) => Value(reading.Kind, reading.Value);

    /// <summary>A value in the unit of a kind.</summary>
    public static string Value(string kind, double? value) => (kind, value) switch
    {
        (ReadingKind.Volume, double rows) when double.IsFinite(rows) => PlainNumbers.Count((long)Math.Round(rows)),
        (ReadingKind.Latency, double time) when double.IsFinite(time) => $"{time.ToString("0.0", CultureInfo.InvariantCulture)} ms",
        _ => PlainNumbers.Value(value),
    };

    /// <summary>The interval of a reading with a space before it; blank where there is none.</summary>
    public static string Interval(MonitorReading reading) =>
        reading is { Low: double low, High: double high } ? $" [{Value(reading.Kind, low)}, {Value(reading.Kind, high)}]" : "";

    /// <summary>A column; scores and decisions by their own words.</summary>
    public static string Column(string column) => column switch { Score => "the score", Prediction => "the decision", _ => column };

    /// <summary>The word of a verdict.</summary>
    public static string Word(MonitorVerdict verdict) => verdict switch
    {
        MonitorVerdict.Within => "within",
        MonitorVerdict.Warning => "warning",
        MonitorVerdict.Breach => "critical",
        MonitorVerdict.Unmeasured => "not measured",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, null),
    };

    /// <summary>The mark of a verdict.</summary>
    public static GateVerdict? MarkOf(MonitorVerdict verdict) => verdict switch
    {
        MonitorVerdict.Within => GateVerdict.Meets,
        MonitorVerdict.Warning => GateVerdict.Inconclusive,
        MonitorVerdict.Breach => GateVerdict.Breaches,
        _ => null,
    };

    /// <summary>Whether a reading passes its threshold.</summary>
    public static bool Sounds(MonitorReading reading) => reading.Verdict is MonitorVerdict.Warning or MonitorVerdict.Breach;

    /// <summary>A figure with its interval.</summary>
    public static string Figure(MonitorReading reading) =>
        Value(reading) + Interval(reading);

    /// <summary>What the page found, as its title: the strongest thing in the last windows.</summary>
    public static string Finding(MonitoringBoard board)
    {
        if (board.Readings.Count == 0)
        {
            return "Nothing has been read yet";
        }

        MonitorReading[] last = [.. board.Series.Select(series => series.Last())];
        MonitorReading[] loud = [.. last.Where(Sounds).OrderByDescending(reading => reading.Verdict).ThenBy(reading => reading.Adjusted ?? reading.PValue ?? 1)];
        return loud.Length switch
        {
            0 => $"Nothing is past its limit in the last windows of {Series(last.Length)}",
            1 => $"{Capital(board.Series.First(series => series.Last() == loud[0]).Key.Name)} is past its limit, and nothing else of {Series(last.Length)}",
            _ => $"{Capital(board.Series.First(series => series.Last() == loud[0]).Key.Name)} is furthest past its limit, among {loud.Length} of {Series(last.Length)}",
        };
    }

    /// <summary>What the whole span found, as the title of its plot: which series was past its limit most often.</summary>
    public static string Course(MonitoringBoard board)
    {
        int windows = board.Windows.Count;
        string span = windows == 1 ? "the only window" : $"{PlainNumbers.Count(windows)} windows";
        (MonitoringSeries Key, int Loud, int Read, double Least)[] loud =
        [
            .. board.Series.Select(series => (series.Key, Loud: series.Count(Sounds), Read: series.Count(), Least: series.Min(reading => reading.Adjusted ?? 1)))
                .Where(series => series.Loud > 0).OrderByDescending(series => series.Loud).ThenBy(series => series.Least),
        ];
        return loud.Length == 0 ? $"No series was past its limit in {span}"
            : $"{Capital(loud[0].Key.Name)} was past its limit in {PlainNumbers.Count(loud[0].Loud)} of {PlainNumbers.Count(loud[0].Read)} windows"
                + (loud.Length == 1 ? "" : $"; {PlainNumbers.Count(loud.Length - 1)} other series {(loud.Length == 2 ? "was" : "were")} too");
    }

    /// <summary>The finding at length: what the strongest reading says, and how performance stands, with their uncertainty.</summary>
    public static string Detail(MonitoringBoard board)
    {
        MonitorReading[] last = [.. board.Series.Select(series => series.Last())];
        MonitorReading? loud = last.Where(Sounds).OrderByDescending(reading => reading.Verdict).ThenBy(reading => reading.Adjusted ?? 1).FirstOrDefault();
        MonitorReading? estimate = last.FirstOrDefault(reading => reading is { Kind: ReadingKind.Estimate, Attribute: null, Value: not null });
        string what = loud is null ? "" : $"{AlertWords.Window(loud.WindowFrom, loud.WindowTo)}: {loud.Sentence} ";
        return what + (estimate is null ? "" : $"Estimated {Metric(estimate.Metric)} {Figure(estimate)} in the last window.");
    }

    private static string Series(int count) => count == 1 ? "one series" : $"{PlainNumbers.Count(count)} series";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
