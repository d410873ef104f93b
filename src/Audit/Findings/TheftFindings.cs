using Governance.Audit.Runs;
using Governance.Audit.Theft.Attacks;
using Governance.Registry.Policies;

namespace Governance.Audit.Findings;

/// <summary>Turns a red team's report into findings. Pure.</summary>
public static class TheftFindings
{
    /// <summary>The family's name, with the dot behind it.</summary>
    public const string Prefix = "theft.";

    /// <summary>One finding a figure: the fidelity reached by role, membership inference, and questions until an alarm.</summary>
    /// <param name="report">What the attacks came to.</param>
    /// <param name="gates">The gates of a spec, which may ask for an alarm that was not raised.</param>
    /// <param name="policy">Whose gates are judged.</param>
    public static IEnumerable<Finding> From(RedTeamReport report, IReadOnlyList<AuditGate> gates, PolicyPack policy)
    {
        foreach (RedTeamMetric metric in report.Metrics.Where(one => one.B is not null || gates.Any(gate => gate.Metric == one.Name)))
        {
            string name = metric.Name[Prefix.Length..];
            IReadOnlyList<double>? interval = metric.BInterval ?? (IsCounted(name) && metric.B is double counted ? [counted, counted] : null);
            yield return new Finding
            {
                Id = $"theft/{name}",
                Family = "theft",
                Metric = name,
                Value = metric.B,
                Interval = metric.BInterval,
                N = metric.N,
                Reason = metric.B is not null ? null : IsCounted(name) ? $"no alarm was raised in {PlainNumbers.Count(metric.N)} questions" : "no score is released",
                Gate = Gates.Judge(policy, metric.Name, metric.B, interval, metric.N, enoughRows: true),
                Sentence = "",
            };
        }
    }

    /// <summary>Whether a figure is counted, so that it has no interval and needs none.</summary>
    public static bool IsCounted(string metric) => metric.StartsWith("queries_to_alarm", StringComparison.Ordinal);
}
