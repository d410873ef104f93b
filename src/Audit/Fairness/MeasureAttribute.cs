using Governance.Audit.Data;
using Governance.Audit.Performance;

namespace Governance.Audit.Fairness;

/// <summary>Turns one attribute's counted groups into its part of the report.</summary>
internal static class MeasureAttribute
{
    public static AttributeFairness Of(
        string name, IReadOnlyList<Levels> members, IReadOnlyList<GroupOutcomes> groups, GroupOutcomes overall,
        BinaryDecisions decisions, FairnessOptions options, Action<AuditWarning> warn)
    {
        GroupOutcomes? reference = Reference(members, groups, options);
        GroupOutcomes? compared = reference;
        if (reference is null && groups.Count > GroupComparisons.MostPaired)
        {
            compared = groups.MaxBy(group => group.Counts.All.Rows)!;
            warn(new AuditWarning(
                "reference-group-chosen",
                $"'{name}' has {groups.Count} groups; each is compared with the largest, '{compared.Name}', instead of each pair.",
                Column: name));
        }

        GroupOutcomes[] supported = [.. groups.Where(group => group.Counts.All.Rows >= options.MinGroup)];
        string[] small = [.. groups.Except(supported).Select(group => group.Name)];
        WarnOfGroups(name, groups, small, options.MinGroup, warn);
        FairnessSummary summary = FairnessSummary.Of(groups, overall, reference, options);
        bool scored = !decisions.Score.IsEmpty;
        return new AttributeFairness
        {
            Attribute = name,
            Groups = [.. groups.Select(group => group.ToMetrics(options.Level, scored))],
            Summary = summary.Values,
            SummaryIntervals = summary.Intervals,
            SmallGroups = small,
            SupportedSummary = small.Length == 0 ? null
                : FairnessSummary.Of(supported, overall, supported.Contains(reference) ? reference : null, options).Values,
            Tests = GroupComparisons.Of(groups, compared, options, decisions.FavourableIsPositive, !decisions.Weight.IsEmpty),
            Undefined = [.. UndefinedRates(groups, decisions, scored), .. summary.Undefined],
        };
    }

    private static GroupOutcomes? Reference(
        IReadOnlyList<Levels> members, IReadOnlyList<GroupOutcomes> groups, FairnessOptions options)
    {
        if (members.Any(member => !options.ReferenceGroups.ContainsKey(member.Name)))
        {
            return null;
        }

        string joined = string.Join('|', members.Select(member =>
            member.Names[member.IndexOf(options.ReferenceGroups[member.Name])]));
        return groups.FirstOrDefault(group => group.Name == joined);
    }

    private static void WarnOfGroups(
        string name, IReadOnlyList<GroupOutcomes> groups, string[] small, int minGroup, Action<AuditWarning> warn)
    {
        if (groups.Count < 2)
        {
            warn(new AuditWarning("single-group", $"'{name}' has only one group: there is nothing to compare it with.", Column: name));
        }

        if (small.Length > 0)
        {
            string listed = string.Join(", ", small.Take(5).Select(group => $"'{group}'")) + (small.Length > 5 ? $" and {small.Length - 5} more" : "");
            warn(new AuditWarning(
                "small-group",
                $"'{name}' has groups of fewer than {minGroup} rows ({listed}): figures that hinge on them are inconclusive.", Column: name));
        }
    }

    private static IEnumerable<UndefinedMetric> UndefinedRates(
        IReadOnlyList<GroupOutcomes> groups, BinaryDecisions decisions, bool scored)
    {
        foreach (string metric in GroupOutcomes.RateNames)
        {
            string[] without = [.. groups.Where(group => !group[metric].IsDefined).Select(group => group.Name)];
            if (without.Length > 0)
            {
                yield return new UndefinedMetric(metric, without, Reason(metric, decisions));
            }
        }

        string[] oneSided = [.. groups.Where(group => !(group["tpr"].IsDefined && group["tnr"].IsDefined)).Select(group => group.Name)];
        if (oneSided.Length > 0)
        {
            yield return new UndefinedMetric("balanced_accuracy", oneSided, "the group has rows of one class only");
        }

        string[] unranked = [.. groups.Where(group => scored && !group.Area.IsDefined).Select(group => group.Name)];
        if (unranked.Length > 0)
        {
            yield return new UndefinedMetric("roc_auc", unranked, "the group has rows with a score of one class only");
        }

        string[] flat = [.. groups.Where(group => group.Counts.Positives.Weight + group.Counts.LabelledPredictedPositive.Weight <= 0).Select(group => group.Name)];
        if (flat.Length > 0)
        {
            yield return new UndefinedMetric("f1", flat, $"no labelled row of the group is '{decisions.Positive}' or predicted so");
        }

        string[] unscored = [.. groups.Where(group => scored && double.IsNaN(group.MeanScore.Value)).Select(group => group.Name)];
        if (unscored.Length > 0)
        {
            yield return new UndefinedMetric("mean_score", unscored, "no row of the group has a score");
        }
    }

    private static string Reason(string metric, BinaryDecisions decisions)
    {
        string positive = $"'{decisions.Positive}'";
        return metric switch
        {
            "selection_rate" => "the rows of the group have no weight",
            "accuracy" or "base_rate" or "base_rate_favourable" => "no row of the group has a label and a weight above 0",
            "tpr" or "fnr" => $"no row of the group with a weight above 0 is {positive}",
            "fpr" or "tnr" => $"no row of the group with a weight above 0 is other than {positive}",
            "ppv" or "fdr" => $"no labelled row of the group with a weight above 0 is predicted {positive}",
            "npv" or "for" => $"no labelled row of the group with a weight above 0 is predicted other than {positive}",
            "favourable_tpr" => $"no row of the group with a weight above 0 is '{decisions.Favourable}'",
            "favourable_fpr" => $"no row of the group with a weight above 0 is other than '{decisions.Favourable}'",
            _ => $"no labelled row of the group with a weight above 0 is predicted '{decisions.Favourable}'",
        };
    }
}
