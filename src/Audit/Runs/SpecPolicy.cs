using Governance.Registry.Policies;

namespace Governance.Audit.Runs;

/// <summary>The rules that an audit is measured by: the policy pack, with what a spec sets in its place.</summary>
internal static class SpecPolicy
{
    /// <summary>The policy pack as the options bend it: level, least sizes, and its limits only where they are judged.</summary>
    public static PolicyPack Of(AuditOptions options, PolicyPack policy) => options.Measures is not AuditMeasures measures
        ? policy
        : policy with
        {
            Level = measures.Level ?? policy.Level,
            SmallestGroup = measures.SmallestRows ?? policy.SmallestGroup,
            FewestEvents = measures.FewestEvents ?? policy.FewestEvents,
            Gates = measures.PolicyGates ? policy.Gates : [],
        };
}
