using Governance.Audit.Serving;

namespace Governance.Portal.Features.Models;

/// <summary>What serving measured of a model's versions together, since the process began.</summary>
/// <param name="Meters">Those of its versions that were asked, by number.</param>
internal sealed record ModelServing(IReadOnlyList<ServingMeter> Meters)
{
    /// <summary>Of a model that nobody asked.</summary>
    public static ModelServing None { get; } = new([]);

    /// <summary>Whole answers of the last five minutes; of all since the process began where there were none.</summary>
    public LatencyHistogram Answers { get; } = AnswersOf(Meters);

    /// <summary>Rows answered a second, over the last minute.</summary>
    public double RowsPerSecond => Meters.Sum(meter => meter.RowsPerSecond);

    /// <summary>Requests answered.</summary>
    public long Requests => Meters.Sum(meter => meter.Requests);

    /// <summary>Rows that the model refused or ran too long on, and requests that found no room.</summary>
    public long Errors => Meters.Sum(meter => meter.Faults + meter.Refused);

    /// <summary>What the versions in memory take, in bytes; null where none is.</summary>
    public long? Memory => Meters.All(meter => meter.Memory is null) ? null : Meters.Sum(meter => meter.Memory ?? 0);

    /// <summary>By the models' names.</summary>
    public static IReadOnlyDictionary<string, ModelServing> ByModel(ServingMeters meters) => meters.All.Select(entry => entry.Meter)
        .GroupBy(meter => meter.Model, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => new ModelServing([.. group]), StringComparer.Ordinal);

    private static LatencyHistogram AnswersOf(IReadOnlyList<ServingMeter> meters)
    {
        LatencyHistogram recent = Together(meters.Select(meter => meter.Recent.Merged));
        return recent.Count > 0 ? recent : Together(meters.Select(meter => meter.Total));
    }

    private static LatencyHistogram Together(IEnumerable<LatencyHistogram> parts)
    {
        LatencyHistogram all = new();
        foreach (LatencyHistogram part in parts)
        {
            all.Merge(part);
        }

        return all;
    }
}
