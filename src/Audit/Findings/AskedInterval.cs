using Governance.Audit.Runs;
using Governance.Registry.Policies;

namespace Governance.Audit.Findings;

/// <summary>Whether an interval was made the way that a policy's gate asks for. Pure.</summary>
internal static class AskedInterval
{
    /// <summary>The finding; inconclusive where its gate asks for an interval of another make.</summary>
    /// <param name="finding">What was measured and judged.</param>
    /// <param name="policy">Whose gates were judged.</param>
    /// <param name="measures">How the audit made intervals; null for closed forms.</param>
    public static Finding Checked(Finding finding, PolicyPack policy, AuditMeasures? measures)
    {
        Gate? gate = finding.Gate is null ? null : policy.GateOn($"{finding.Family}.{finding.Metric}");
        return gate is null || gate.Estimator == GateEstimator.Any || gate.Estimator == MadeBy(finding.Family, measures) ? finding
            : finding with { Gate = finding.Gate! with { Verdict = GateVerdict.Inconclusive, NeededN = null } };
    }

    /// <summary>How an audit made the intervals of a family.</summary>
    public static GateEstimator MadeBy(string family, AuditMeasures? measures) =>
        (family == "fairness" ? measures?.Interval : measures?.PerformanceInterval) switch
        {
            "bootstrap" => GateEstimator.Bootstrap,
            "bca" => GateEstimator.Bca,
            _ => GateEstimator.Analytic,
        };
}
