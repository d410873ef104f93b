using Governance.Registry.Policies;

namespace Governance.Audit.Findings;

/// <summary>Finds a policy's gate on a metric and applies it.</summary>
internal static class Gates
{
    /// <summary>The outcome of the gate on <paramref name="metric"/>, or null where the policy sets none.</summary>
    public static GateOutcome? Judge(
        PolicyPack policy, string metric, double? value, IReadOnlyList<double>? interval, long rows, bool enoughRows)
    {
        if (policy.GateOn(metric) is not Gate gate)
        {
            return null;
        }

        GateJudgement judgement = GateRule.Judge(gate, value, interval?[0], interval?[1], rows, enoughRows && rows >= (gate.MinimumRows ?? 0));
        return new GateOutcome(gate.Id, gate.AtLeast, gate.AtMost, judgement.Verdict, judgement.NeededRows);
    }
}
