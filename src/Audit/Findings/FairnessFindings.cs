using Governance.Audit.Fairness;
using Governance.Registry.Policies;

namespace Governance.Audit.Findings;

/// <summary>Turns a fairness report into findings. Pure.</summary>
/// <remarks>
/// A verdict needs groups of a least size: every group compared has at least <see cref="PolicyPack.SmallestGroup"/> rows
/// and at least <see cref="PolicyPack.FewestEvents"/> rows of the kind that its rate counts over.
/// </remarks>
public static class FairnessFindings
{
    private static readonly string[] Summaries =
        ["demographic_parity_ratio", "demographic_parity_difference", "equal_opportunity_difference", "equalized_odds_difference",
         "equalized_odds_ratio", "average_odds_difference", "predictive_parity_difference"];

    /// <summary>The summaries of each attribute, then the selection rate of each of its groups.</summary>
    public static IEnumerable<Finding> From(FairnessReport report, PolicyPack policy)
    {
        foreach (AttributeFairness attribute in report.Attributes)
        {
            foreach (string metric in Summaries.Where(attribute.Summary.ContainsKey))
            {
                yield return Summary(report, attribute, metric, policy);
            }

            foreach (GroupMetrics group in attribute.Groups)
            {
                yield return SelectionRate(report, attribute, group);
            }
        }
    }

    private static Finding Summary(FairnessReport report, AttributeFairness attribute, string metric, PolicyPack policy)
    {
        double? value = attribute.Summary[metric];
        IReadOnlyList<double>? interval = attribute.SummaryIntervals.GetValueOrDefault(metric);
        long rows = attribute.Groups.Sum(group => (long)group.Count);
        GroupMetrics? small = attribute.Groups.FirstOrDefault(group => !IsLargeEnough(group, metric, policy));
        GateOutcome? gate = Gates.Judge(policy, "fairness." + metric, value, interval, rows, small is null);
        return new Finding
        {
            Id = $"fairness/{metric}/{attribute.Attribute}",
            Family = "fairness",
            Metric = metric,
            Slice = attribute.Attribute,
            Value = value,
            Interval = interval,
            N = rows,
            PValue = SmallestAdjusted(attribute, metric),
            Gate = gate,
            Sentence = FindingSentences.Of(
                metric, $"by {attribute.Attribute}", value, interval, rows, gate,
                small is null ? Extremes(attribute, metric) : $"group {small.Group} has {PlainNumbers.Count(small.Count)} rows, too few to decide"),
        };
    }

    private static Finding SelectionRate(FairnessReport report, AttributeFairness attribute, GroupMetrics group)
    {
        double? value = group.Metrics.GetValueOrDefault("selection_rate");
        IReadOnlyList<double>? interval = group.Intervals.GetValueOrDefault("selection_rate");
        return new Finding
        {
            Id = $"fairness/selection_rate/{attribute.Attribute}={group.Group}",
            Family = "fairness",
            Metric = "selection_rate",
            Slice = $"{attribute.Attribute}={group.Group}",
            Value = value,
            Interval = interval,
            N = group.Count,
            Sentence = FindingSentences.Of(
                "selection_rate", $"of {attribute.Attribute} = {group.Group}", value, interval, group.Count, null,
                $"share with the favourable outcome {report.Favourable}"),
        };
    }

    private static string? Extremes(AttributeFairness attribute, string metric)
    {
        string? rate = metric switch
        {
            "demographic_parity_ratio" or "demographic_parity_difference" => "selection_rate",
            "equal_opportunity_difference" => "tpr",
            "predictive_parity_difference" => "ppv",
            "equalized_odds_difference" or "equalized_odds_ratio" => WorseOdds(attribute, metric == "equalized_odds_ratio"),
            _ => null,
        };
        if (rate is null)
        {
            return null;
        }

        List<GroupMetrics> defined = [.. attribute.Groups.Where(group => group.Metrics.GetValueOrDefault(rate) is not null)];
        if (defined.Count < 2)
        {
            return null;
        }

        GroupMetrics least = defined.MinBy(group => group.Metrics[rate])!;
        GroupMetrics most = defined.MaxBy(group => group.Metrics[rate])!;
        return $"{MetricWords.Of(rate)} {PlainNumbers.Value(least.Metrics[rate])} for {least.Group}, "
            + $"{PlainNumbers.Value(most.Metrics[rate])} for {most.Group}";
    }

    // The one of the two rates that the groups differ most in, which is the one that the summary shows.
    private static string WorseOdds(AttributeFairness attribute, bool ratio)
    {
        double Distance(string rate)
        {
            double[] values = [.. attribute.Groups.Select(group => group.Metrics.GetValueOrDefault(rate)).OfType<double>()];
            return values.Length == 0 ? 0 : ratio ? 1 - (values.Min() / values.Max()) : values.Max() - values.Min();
        }

        return Distance("fpr") > Distance("tpr") ? "fpr" : "tpr";
    }

    private static bool IsLargeEnough(GroupMetrics group, string metric, PolicyPack policy) =>
        group.Count >= policy.SmallestGroup && Events(group, metric) >= policy.FewestEvents;

    // The rows that the metric's rate counts over: all rows for selection rates, positives for the TPR,
    // the scarcer class for metrics of both error rates.
    private static double Events(GroupMetrics group, string metric)
    {
        if (metric is "demographic_parity_ratio" or "demographic_parity_difference")
        {
            return group.Count;
        }

        double positives = (group.Metrics.GetValueOrDefault("base_rate") ?? 0) * group.Count;
        return metric == "equal_opportunity_difference" ? positives : Math.Min(positives, group.Count - positives);
    }

    private static double? SmallestAdjusted(AttributeFairness attribute, string metric)
    {
        string? rate = metric.StartsWith("demographic_parity", StringComparison.Ordinal) ? "selection_rate"
            : metric == "equal_opportunity_difference" ? "tpr" : null;
        return attribute.Tests.Where(test => test.Metric == rate).Min(test => test.AdjustedPValue ?? test.PValue);
    }
}
