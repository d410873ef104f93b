using System.Diagnostics.Metrics;

namespace Governance.Audit.Serving;

/// <summary>The same measurements as instruments of .NET, for whoever listens: OTLP, dotnet-counters.</summary>
/// <remarks>Tags are the model's name and the version's number; nothing of a row or a person.</remarks>
public sealed class ServingInstruments : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Governance.Serving";

    private static int instances;

    // One of two meters that differ in nothing would end the other's measurements when it is disposed.
    private readonly Meter meter = new(new MeterOptions(MeterName) { Version = "1", Tags = [new("instance", Interlocked.Increment(ref instances))] });

    /// <summary>Makes the instruments.</summary>
    public ServingInstruments()
    {
        Duration = meter.CreateHistogram<double>("governance.serving.duration", "s", "From a request's coming to its release.");
        Stage = meter.CreateHistogram<double>("governance.serving.stage.duration", "s", "Time in one stage of an answer.");
        LoadTime = meter.CreateHistogram<double>("governance.serving.load.duration", "s", "Loading a version, warm-up included.");
        BatchRows = meter.CreateHistogram<long>("governance.serving.batch.rows", "{row}", "Rows of a run of the session.");
        Rows = meter.CreateCounter<long>("governance.serving.rows", "{row}", "Rows answered.");
        Hits = meter.CreateCounter<long>("governance.serving.cache.hits", "{row}", "Rows whose answer was remembered.");
        Misses = meter.CreateCounter<long>("governance.serving.cache.misses", "{row}", "Rows that were computed.");
        Refused = meter.CreateCounter<long>("governance.serving.refused", "{request}", "Requests refused because too many rows waited.");
        Faults = meter.CreateCounter<long>("governance.serving.faults", "{row}", "Rows that the model refused or ran too long on.");
    }

    internal Histogram<double> Duration { get; }

    internal Histogram<double> Stage { get; }

    internal Histogram<double> LoadTime { get; }

    internal Histogram<long> BatchRows { get; }

    internal Counter<long> Rows { get; }

    internal Counter<long> Hits { get; }

    internal Counter<long> Misses { get; }

    internal Counter<long> Refused { get; }

    internal Counter<long> Faults { get; }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    internal void Observe(Func<IEnumerable<Measurement<long>>> memory) =>
        meter.CreateObservableGauge("governance.serving.memory", memory, "By", "What a loaded version takes.");
}
