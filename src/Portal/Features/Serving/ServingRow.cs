using Governance.Audit.Findings;
using Governance.Audit.Serving;
using Governance.Registry.Uploads;

namespace Governance.Portal.Features.Serving;

/// <summary>What a version's serving measured, as the pages show it.</summary>
/// <param name="Meter">The measurements.</param>
internal sealed record ServingRow(ServingMeter Meter)
{
    private readonly LatencyHistogram recent = Meter.Recent.Merged;

    /// <summary>Such as "hmda_fair v1".</summary>
    public string Name => $"{Meter.Model} v{Meter.Version}";

    /// <summary>Its page.</summary>
    public string Address => $"/models/{Meter.Model}/versions/{Meter.Version}/serving";

    /// <summary>Whole answers of the last five minutes; of all since the process began where there were none.</summary>
    public LatencyHistogram Shown => recent.Count > 0 ? recent : Meter.Total;

    /// <summary>The share of rows whose answer was remembered, in [0, 1]; null before the first row.</summary>
    public double? HitRate => Meter.Hits + Meter.Misses == 0 ? null : (double)Meter.Hits / (Meter.Hits + Meter.Misses);

    /// <summary>A duration such as "0.42 ms"; a dash where nothing was measured.</summary>
    public static string Time(double micros) => double.IsNaN(micros) ? "–"
        : micros < 1_000_000 ? $"{PlainNumbers.Value(micros / 1_000)} ms" : $"{PlainNumbers.Value(micros / 1_000_000)} s";

    /// <summary>A size such as "12.3 MiB"; a dash where there is none.</summary>
    public static string Size(long? bytes) => bytes is long known ? UploadRules.Bytes(known) : "–";
}
