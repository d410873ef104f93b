using Governance.Audit.Runs;

namespace Governance.Audit.Specs;

/// <summary>What a spec asks the engine for. Pure.</summary>
public static class SpecOptions
{
    /// <summary>The options of one audit by a spec.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="policyGates">Whether the limits of the policy pack are judged besides the spec's own.</param>
    public static AuditOptions Of(AuditSpec spec, bool policyGates) => new()
    {
        Name = spec.Name,
        Evaluation = spec.Evaluation.Name,
        Background = (spec.Background ?? spec.Evaluation).Name,
        BackgroundRows = spec.BackgroundRows,
        Reference = spec.Measures.Drift is null ? null : spec.Reference?.Name,
        Current = spec.Measures.Drift is null ? null : spec.Current?.Name,
        EvaluationTraffic = spec.Evaluation.Traffic,
        CurrentTraffic = spec.Measures.Drift is null ? null : spec.Current?.Traffic,
        Protected = spec.Protected,
        Label = spec.Evaluation.Label,
        Positive = spec.Evaluation.Positive,
        Favourable = spec.Evaluation.Favourable,
        Threshold = spec.Threshold,
        Explanation = spec.Explanation,
        Measures = spec.Measures with { PolicyGates = policyGates },
        Seed = spec.Seed,
    };
}
