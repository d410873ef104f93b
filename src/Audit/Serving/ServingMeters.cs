using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Governance.Registry.Versions;

namespace Governance.Audit.Serving;

/// <summary>The measurements of all versions that this process served. In memory: they begin anew with the process.</summary>
public sealed class ServingMeters
{
    private readonly ConcurrentDictionary<ModelVersionId, ServingMeter> meters = new();
    private readonly ServingInstruments instruments;
    private readonly TimeProvider clock;

    /// <summary>Makes them.</summary>
    public ServingMeters(ServingInstruments instruments, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(instruments);
        this.instruments = instruments;
        this.clock = clock;
        instruments.Observe(() => [.. meters.Values.Select(meter => meter.MemoryMeasurement).OfType<Measurement<long>>()]);
    }

    /// <summary>Those of every version, by model and number.</summary>
    public IReadOnlyList<(ModelVersionId Id, ServingMeter Meter)> All =>
        [.. meters.Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Value.Model, StringComparer.Ordinal).ThenBy(pair => pair.Value.Version)];

    /// <summary>Those of a version; null where it was never served.</summary>
    public ServingMeter? Find(ModelVersionId version) => meters.GetValueOrDefault(version);

    internal ServingMeter Of(ModelVersionId version, string model, int number) =>
        meters.GetOrAdd(version, _ => new ServingMeter(model, number, instruments, clock));
}
