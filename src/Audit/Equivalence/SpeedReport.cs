using System.Text.Json.Serialization;

namespace Governance.Audit.Equivalence;

/// <summary>What two versions cost, measured in turn in one run on one machine: no part of findings, for no two runs give the same.</summary>
public sealed record SpeedReport
{
    /// <summary>Time of an answer by rows a call, the fewest first.</summary>
    public required IReadOnlyList<SpeedAtSize> Sizes { get; init; }

    /// <summary>Seconds to load, the median of several loads in turn.</summary>
    public required SpeedPair LoadSeconds { get; init; }

    /// <summary>
    /// Bytes by which the process grew while the model was loaded and ran its largest call, the median of several; about, because
    /// the operating system gives memory in blocks. 0 where it did not grow.
    /// </summary>
    public required SpeedPair MemoryBytes { get; init; }

    /// <summary>What the policy's limits make of it, and the ratios without one.</summary>
    public required IReadOnlyList<EquivalenceLine> Lines { get; init; }
}

/// <summary>The parent's figure and the variant's.</summary>
public sealed record SpeedPair(double A, double B);

/// <summary>How fast both answered at one number of rows a call.</summary>
/// <param name="Rows">Rows a call.</param>
/// <param name="Calls">Calls of each, in turn.</param>
/// <param name="A">The parent's times.</param>
/// <param name="B">The variant's.</param>
/// <param name="P95Ratio">The variant's 95th percentile over the parent's.</param>
/// <param name="P95Interval">[low, high], from turns drawn anew.</param>
public sealed record SpeedAtSize(int Rows, int Calls, SpeedTimes A, SpeedTimes B, double P95Ratio, IReadOnlyList<double> P95Interval);

/// <summary>The times of one version, in seconds a call.</summary>
/// <param name="P50">The median.</param>
/// <param name="P95">The 95th percentile.</param>
/// <param name="P99">The 99th.</param>
/// <param name="RowsPerSecond">Rows answered in all over the time of all calls.</param>
/// <param name="Quantiles">At 0, 5, …, 100 %: the distribution, to be drawn.</param>
/// <param name="P95Interval">[low, high] of <paramref name="P95"/>, from order statistics; null in records of before it was measured.</param>
public sealed record SpeedTimes(
    double P50, double P95, double P99, double RowsPerSecond, IReadOnlyList<double> Quantiles,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<double>? P95Interval = null);
