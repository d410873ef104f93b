using Governance.Audit.Fairness;
using Governance.Registry.Policies;

namespace Governance.Audit.Findings;

/// <summary>Which groups are large enough for a verdict, and which two a summary hinges on. Pure.</summary>
/// <remarks>
/// A group needs <see cref="PolicyPack.SmallestGroup"/> rows, and <see cref="PolicyPack.FewestEvents"/> rows of the kind
/// that the metric's rate is taken of: all rows for selection rates, positive ones for the TPR, those predicted positive
/// for the precision, the scarcer class for metrics of both error rates.
/// </remarks>
internal static class GroupSupport
{
    private static readonly Dictionary<string, string> RateOf = new(StringComparer.Ordinal)
    {
        ["demographic_parity"] = "selection_rate",
        ["disparate_impact"] = "selection_rate",
        ["equal_opportunity"] = "tpr",
        ["predictive_equality"] = "fpr",
        ["predictive_parity"] = "ppv",
        ["favourable_equal_opportunity"] = "favourable_tpr",
        ["favourable_predictive_parity"] = "favourable_ppv",
    };

    /// <summary>The first group that is too small for the metric; null where none is.</summary>
    public static SmallGroup? Smallest(IEnumerable<GroupMetrics> groups, string metric, bool favourableIsPositive, PolicyPack policy)
    {
        foreach (GroupMetrics group in groups)
        {
            if (group.Count < policy.SmallestGroup)
            {
                return new SmallGroup(group.Group, group.Count, policy.SmallestGroup, "rows");
            }

            long events = (long)Math.Round(Events(group, Rate(metric), favourableIsPositive));
            if (events < policy.FewestEvents)
            {
                return new SmallGroup(group.Group, events, policy.FewestEvents, "events");
            }
        }

        return null;
    }

    /// <summary>The groups with the least and the largest rate behind a summary; null where it is of no single rate.</summary>
    public static GroupExtremes? Extremes(IReadOnlyList<GroupMetrics> groups, string metric)
    {
        string rate = metric is "equalized_odds_difference" or "equalized_odds_ratio" ? WorseOdds(groups, metric == "equalized_odds_ratio") : Rate(metric);
        GroupMetrics[] defined = [.. groups.Where(group => group.Metrics.GetValueOrDefault(rate) is not null)];
        if (defined.Length < 2)
        {
            return null;
        }

        return new GroupExtremes(rate, Figure(defined.MinBy(group => group.Metrics[rate])!), Figure(defined.MaxBy(group => group.Metrics[rate])!));

        GroupFigure Figure(GroupMetrics group) => new(group.Group, group.Metrics[rate]!.Value, group.Count);
    }

    /// <summary>The rate that a summary compares; the metric itself where it is no summary.</summary>
    public static string Rate(string metric)
    {
        string name = metric.EndsWith("_difference", StringComparison.Ordinal) ? metric[..^"_difference".Length]
            : metric.EndsWith("_ratio", StringComparison.Ordinal) ? metric[..^"_ratio".Length] : metric;
        return RateOf.GetValueOrDefault(name) ?? name;
    }

    // The one of the two rates that the groups differ most in, which is the one that the summary shows.
    private static string WorseOdds(IReadOnlyList<GroupMetrics> groups, bool ratio)
    {
        return Distance("fpr") > Distance("tpr") ? "fpr" : "tpr";

        double Distance(string rate)
        {
            double[] values = [.. groups.Select(group => group.Metrics.GetValueOrDefault(rate)).OfType<double>()];
            return values.Length == 0 ? 0 : ratio ? 1 - (values.Min() / values.Max()) : values.Max() - values.Min();
        }
    }

    private static double Events(GroupMetrics group, string rate, bool favourableIsPositive)
    {
        double positives = (group.Metrics.GetValueOrDefault("base_rate") ?? 0) * group.Count;
        double selected = (group.Metrics.GetValueOrDefault("selection_rate") ?? 0) * group.Count;
        double predicted = favourableIsPositive ? selected : group.Count - selected;
        return rate switch
        {
            "tpr" or "fnr" => positives,
            "fpr" or "tnr" => group.Count - positives,
            "favourable_tpr" => favourableIsPositive ? positives : group.Count - positives,
            "favourable_fpr" => favourableIsPositive ? group.Count - positives : positives,
            "ppv" or "fdr" => predicted,
            "npv" or "for" => group.Count - predicted,
            "favourable_ppv" => selected,
            "equalized_odds" or "average_odds" or "roc_auc" or "balanced_accuracy" => Math.Min(positives, group.Count - positives),
            _ => group.Count,
        };
    }
}
