using Governance.Audit.Runs;
using Governance.Registry.Policies;

namespace Governance.Audit.Findings;

/// <summary>Judges one finding against one limit. Pure.</summary>
internal static class JudgeFinding
{
    /// <summary>The finding with its verdict.</summary>
    /// <param name="finding">What was measured.</param>
    /// <param name="gate">The limit.</param>
    /// <param name="smallest">The fewest rows that decide anything where no group is named.</param>
    public static Finding Of(Finding finding, AuditGate gate, int smallest)
    {
        Gate limit = new()
        {
            Id = gate.Id,
            Metric = gate.Metric,
            AtLeast = gate.AtLeast,
            AtMost = gate.AtMost,
            Scale = gate.Name.EndsWith("_ratio", StringComparison.Ordinal) || gate.Name == "disparate_impact" ? GateScale.Logarithmic : GateScale.Linear,
            Citation = "",
        };
        (double? low, double? high) = Ends(finding);
        bool enough = finding.Small is null && finding.N >= smallest;
        GateJudgement judgement = GateRule.Judge(limit, finding.Value, low, high, finding.N, enough);
        return finding with { Gate = new GateOutcome(gate.Id, gate.AtLeast, gate.AtMost, judgement.Verdict, Needed(finding, judgement, enough, smallest)) };
    }

    // An end that is no number is no bound. Counted exactly, the additivity residual and shares of columns have no interval.
    private static (double? Low, double? High) Ends(Finding finding)
    {
        if (finding.Interval is { } interval)
        {
            return (double.IsFinite(interval[0]) ? interval[0] : null, double.IsFinite(interval[1]) ? interval[1] : null);
        }

        return finding.Metric == "additivity_residual" || finding.Family == "drift" || TheftFindings.IsCounted(finding.Metric) ? (finding.Value, finding.Value) : (null, null);
    }

    // At the shares of today: enough rows that also the smallest group has what it needs.
    private static long? Needed(Finding finding, GateJudgement judgement, bool enough, int smallest)
    {
        if (judgement.Verdict != GateVerdict.Inconclusive || enough || finding.Value is null)
        {
            return judgement.NeededRows;
        }

        double grown = finding.Small is { Have: > 0 } small ? Math.Ceiling(finding.N * ((double)small.Need / small.Have))
            : finding.Small is null ? smallest : double.NaN;
        return double.IsNaN(grown) ? null : Math.Max((long)grown, judgement.NeededRows ?? 0);
    }
}
