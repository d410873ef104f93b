using Governance.Audit.Statistics;
using Governance.Registry.Alerts;
using Governance.Registry.Deployments;
using Governance.Registry.Monitors;

namespace Governance.Audit.Monitoring;

/// <summary>Readings as rows, and back.</summary>
public static class KeptReadings
{
    /// <summary>A reading as a row.</summary>
    internal static MonitorReading Of(MonitorSpec spec, DeploymentId deployment, MonitorPlanId plan, WindowReading reading) => new()
    {
        Deployment = deployment,
        Plan = plan,
        Monitor = reading.Monitor,
        Kind = reading.Kind.ToString().ToLowerInvariant(),
        Metric = reading.Measure.Metric,
        Column = reading.Measure.Column,
        Cohort = reading.Cohort,
        Attribute = spec.Monitors.First(terms => terms.Id == reading.Monitor).Attribute,
        Series = reading.Series,
        WindowFrom = reading.Window.From,
        WindowTo = reading.Window.To,
        DueAt = reading.DueAt,
        Rows = reading.Measure.Rows,
        Value = Finite(reading.Measure.Value),
        Low = Finite(reading.Measure.Interval?.Low),
        High = Finite(reading.Measure.Interval?.High),
        Reference = Finite(reading.Measure.NoiseFloor ?? reading.Measure.Reference),
        Threshold = reading.Threshold,
        PValue = reading.Measure.PValue,
        Adjusted = reading.Adjusted,
        Verdict = Enum.Parse<MonitorVerdict>(reading.Verdict.ToString()),
        ExplainedBy = reading.ExplainedBy,
        Settled = reading.Settled,
        Sentence = Short(reading.Measure.Sentence),
    };

    /// <summary>A row as a reading.</summary>
    internal static WindowReading Read(MonitorReading row) => new()
    {
        Monitor = row.Monitor,
        Kind = Enum.Parse<MonitorKind>(row.Kind, ignoreCase: true),
        Measure = new Measure(row.Metric, row.Column, row.Rows)
        {
            Value = row.Value,
            Interval = row is { Low: double low, High: double high } ? new Interval(low, high) : null,
            Reference = row.NoiseFloor is null ? row.Reference : null,
            NoiseFloor = row.NoiseFloor,
            PValue = row.PValue,
            Sentence = row.Sentence,
        },
        Cohort = row.Cohort,
        Window = new MonitorWindow(row.WindowFrom, row.WindowTo),
        DueAt = row.DueAt,
        Threshold = row.Threshold,
        Adjusted = row.Adjusted,
        Verdict = Enum.Parse<ReadingVerdict>(row.Verdict.ToString()),
        ExplainedBy = row.ExplainedBy,
        Settled = row.Settled,
    };

    /// <summary>The estimators' track record in kept readings.</summary>
    /// <param name="rows">Readings of one plan.</param>
    public static IReadOnlyList<TrackRecord> TrackRecords(IEnumerable<MonitorReading> rows) => TrackRecord.Of(rows
        .Where(row => row is { Kind: "estimate" or "performance" or "fairness", Value: not null, Low: not null, High: not null })
        .Select(row => new EstimatedFigure(
            row.Monitor, row.Kind == "estimate", row.Metric, row.Attribute, row.Cohort, new MonitorWindow(row.WindowFrom, row.WindowTo),
            row.Value!.Value, row.Low!.Value, row.High!.Value)));

    /// <summary>What an alert of a kind of monitor is about.</summary>
    internal static AlertTopic TopicOf(MonitorKind kind) => kind switch
    {
        MonitorKind.Quality => AlertTopic.Quality,
        MonitorKind.Attribution => AlertTopic.Attribution,
        MonitorKind.Performance or MonitorKind.Estimate => AlertTopic.Performance,
        MonitorKind.Fairness => AlertTopic.Fairness,
        MonitorKind.Volume => AlertTopic.Volume,
        MonitorKind.Latency => AlertTopic.Latency,
        _ => AlertTopic.Drift,
    };

    /// <summary>A sentence that fits the row; a column with a very long name may be cut.</summary>
    internal static string Short(string sentence) =>
        sentence.Length <= MonitorReading.MaxSentenceLength ? sentence : sentence[..(MonitorReading.MaxSentenceLength - 1)] + "…";

    private static double? Finite(double? value) => value is double number && double.IsFinite(number) ? number : null;
}
