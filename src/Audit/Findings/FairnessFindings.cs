using Governance.Audit.Fairness;
using Governance.Registry.Policies;

namespace Governance.Audit.Findings;

/// <summary>Turns a fairness report into findings. Pure.</summary>
/// <remarks>A verdict needs groups of a least size: see <see cref="GroupSupport"/>.</remarks>
public static class FairnessFindings
{
    private static readonly string[] Summaries =
        ["demographic_parity_ratio", "demographic_parity_difference", "equal_opportunity_difference", "equalized_odds_difference",
         "equalized_odds_ratio", "average_odds_difference", "predictive_parity_difference",
         "mean_prediction_difference", "mean_error_difference", "mae_difference", "mae_ratio"];

    // What stands for each group: whom the decisions favour, or whose values are estimated too high or too low.
    private static readonly string[] GroupFigures = ["selection_rate", "mean_error", "mae"];

    /// <summary>The summaries of each attribute with the policy's verdicts, then the selection rate or the errors of each of its groups.</summary>
    public static IEnumerable<Finding> From(FairnessReport report, PolicyPack policy)
    {
        foreach (AttributeFairness attribute in report.Attributes)
        {
            foreach (string metric in Summaries.Where(attribute.Summary.ContainsKey))
            {
                Finding found = Measured.Summary(report, attribute, metric, policy);
                yield return found with
                {
                    Gate = Gates.Judge(policy, "fairness." + metric, found.Value, found.Interval, found.N, found.Small is null),
                };
            }

            foreach (string metric in GroupFigures)
            {
                foreach (GroupMetrics group in attribute.Groups.Where(group => group.Metrics.ContainsKey(metric)))
                {
                    yield return Measured.Group(report, attribute, group, metric, policy);
                }
            }
        }
    }
}
