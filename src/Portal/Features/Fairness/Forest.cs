using Governance.Audit.Fairness;
using Governance.Audit.Findings;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.Fairness;

/// <summary>The groups of one protected attribute against the group with the highest rate, ready to draw. Pure.</summary>
public sealed record Forest
{
    /// <summary>The attribute.</summary>
    public required string Attribute { get; init; }

    /// <summary>What is compared.</summary>
    public required ForestMeasure Measure { get; init; }

    /// <summary>The group compared with; null where no group's rate is defined.</summary>
    public required GroupMetrics? Reference { get; init; }

    /// <summary>The others, worst verdict first, then by value.</summary>
    public required IReadOnlyList<ForestRow> Rows { get; init; }

    /// <summary>The least value that meets the policy, or null.</summary>
    public double? AtLeast { get; init; }

    /// <summary>The greatest value that meets the policy, or null.</summary>
    public double? AtMost { get; init; }

    /// <summary>Compares the groups.</summary>
    /// <remarks>
    /// The reference is the group with the highest rate among those that the policy finds large enough (29 CFR 1607.4(D)
    /// compares with the group with the highest rate), or among all where none is.
    /// </remarks>
    public static Forest Of(AttributeFairness attribute, ForestMeasure measure, PolicyPack policy)
    {
        GroupMetrics? reference = attribute.Groups
            .Where(group => group.Metrics.GetValueOrDefault(measure.Rate) is not null)
            .OrderByDescending(group => group.Count >= policy.SmallestGroup)
            .ThenByDescending(group => group.Metrics[measure.Rate])
            .FirstOrDefault();
        Gate? gate = GateOf(policy, measure);
        return new Forest
        {
            Attribute = attribute.Attribute,
            Measure = measure,
            Reference = reference,
            AtLeast = gate?.AtLeast,
            AtMost = gate?.AtMost,
            Rows =
            [
                .. attribute.Groups.Where(group => group != reference)
                    .Select(group => Row(attribute, measure, policy, gate, reference, group))
                    .OrderBy(row => Severity(row.Verdict)).ThenBy(row => row.Value ?? double.PositiveInfinity),
            ],
        };
    }

    // A limit on the difference between groups binds both ways when one group is compared with another.
    private static Gate? GateOf(PolicyPack policy, ForestMeasure measure)
    {
        Gate? gate = policy.GateOn(measure.Gate);
        return gate is null || measure.IsRatio ? gate : gate with { AtLeast = -gate.AtMost };
    }

    private static ForestRow Row(
        AttributeFairness attribute, ForestMeasure measure, PolicyPack policy, Gate? gate, GroupMetrics? reference, GroupMetrics group)
    {
        double? rate = group.Metrics.GetValueOrDefault(measure.Rate);
        IReadOnlyList<double>? rateInterval = group.Intervals.GetValueOrDefault(measure.Rate);
        double? compared = reference?.Metrics.GetValueOrDefault(measure.Rate);
        PairComparison pair = PairComparison.Of(attribute, measure, group, reference, policy.Level);
        double? value = pair.Value ?? (measure.IsRatio ? rate / compared : rate - compared);
        bool enough = group.Count >= policy.SmallestGroup && reference?.Count >= policy.SmallestGroup;
        GateJudgement? judgement = gate is null
            ? null
            : GateRule.Judge(gate, value, pair.Low, pair.High, group.Count, enough);
        return new ForestRow(
            group.Group, group.Count, rate, rateInterval, value, pair.Low, pair.High, pair.PValue, judgement?.Verdict,
            Why(policy, group, judgement, value));
    }

    private static string? Why(PolicyPack policy, GroupMetrics group, GateJudgement? judgement, double? value) => judgement switch
    {
        null or { Verdict: GateVerdict.Meets } => null,
        { Verdict: GateVerdict.Breaches } => "outside the limit",
        _ when value is null => "undefined for this group",
        _ when group.Count < policy.SmallestGroup => $"below n = {PlainNumbers.Count(policy.SmallestGroup)}",
        { NeededRows: long needed } => $"n ≈ {PlainNumbers.Count(needed)} would decide",
        _ => "no n would decide at this value",
    };

    private static int Severity(GateVerdict? verdict) => verdict switch
    {
        GateVerdict.Breaches => 0,
        GateVerdict.Inconclusive => 1,
        GateVerdict.Meets => 2,
        _ => 3,
    };
}
