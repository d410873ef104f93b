using Governance.Registry.Policies;

namespace Governance.Portal.Features.Fairness;

/// <summary>One group against the reference group.</summary>
/// <param name="Group">The level.</param>
/// <param name="Count">Its rows.</param>
/// <param name="Rate">Its rate, or null where undefined.</param>
/// <param name="RateInterval">[low, high] of the rate, or null.</param>
/// <param name="Value">Ratio or difference to the reference, or null where undefined.</param>
/// <param name="Low">The comparison's interval, or null.</param>
/// <param name="High">The comparison's interval, or null.</param>
/// <param name="PValue">Of no difference, adjusted where the report adjusts; or null.</param>
/// <param name="Verdict">Null where the policy sets no limit.</param>
/// <param name="Why">A few words beside the verdict, such as "n ≈ 480 would decide"; or null.</param>
public sealed record ForestRow(
    string Group, int Count, double? Rate, IReadOnlyList<double>? RateInterval, double? Value, double? Low, double? High,
    double? PValue, GateVerdict? Verdict, string? Why);
