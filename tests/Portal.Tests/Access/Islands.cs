using Governance.Portal.Features.Cohorts;
using Governance.Portal.Features.Fairness;
using Governance.Portal.Features.Mitigations;
using Governance.Portal.Features.Performance;
using Governance.Portal.Features.Profiles;
using Governance.Portal.Features.Robustness;
using Governance.Portal.Features.Slices;
using Governance.Portal.Features.Versions;
using Governance.Portal.Features.WhatIf;
using Governance.Registry.Access;

namespace Governance.Portal.Tests.Access;

/// <summary>Every interactive part of the pages with the right that its circuit asks for. A new one fails IslandTests until it is here.</summary>
internal static class Islands
{
    /// <summary>The components that pages make interactive.</summary>
    public static readonly IReadOnlyList<(Type Component, Right Right)> All =
    [
        (typeof(SlicesRun), Right.RunAudit), (typeof(RobustnessRun), Right.RunAudit), (typeof(MitigationRun), Right.RunAudit),
        (typeof(ErrorMapRun), Right.RunAudit), (typeof(ErrorTreeRun), Right.RunAudit), (typeof(FlipsRun), Right.RunAudit), (typeof(ThresholdRun), Right.RunAudit), (typeof(IntersectionsRun), Right.RunAudit),
        (typeof(CutoffRun), Right.RunAudit), (typeof(ResidualsRun), Right.RunAudit),
        (typeof(EffectsRun), Right.RunAudit), (typeof(PairEffectsRun), Right.RunAudit), (typeof(ImportanceRun), Right.RunAudit), (typeof(RunProgress), Right.SeeModel),
        (typeof(CohortProgress), Right.RunAudit), (typeof(CohortBuilder), Right.RunAudit),
        (typeof(WhatIfEditor), Right.ExplainRow),
    ];
}
