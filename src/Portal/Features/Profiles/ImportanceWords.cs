using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Importance;
using Governance.Audit.Explanations.Summaries;
using Governance.Audit.Findings;

namespace Governance.Portal.Features.Profiles;

/// <summary>Importance in plain words. Pure.</summary>
internal static class ImportanceWords
{
    /// <summary>The column whose loss costs most, in a sentence.</summary>
    public static string Finding(PermutationReport report)
    {
        PermutedFeature first = report.Features[0];
        return first.Importance > 0
            ? $"Without {first.Feature} the model loses most: {PlainNumbers.Value(first.Importance)} of {Metric(report.Metric)} [{PlainNumbers.Value(first.Interval[0])}, {PlainNumbers.Value(first.Interval[1])}], n = {PlainNumbers.Count(report.Rows)}"
            : $"Shuffling any one column does not make the model worse by {Metric(report.Metric)}, n = {PlainNumbers.Count(report.Rows)}";
    }

    /// <summary>How far two orders agree, in a sentence.</summary>
    public static string Agreement(ImportanceAgreement agreement) =>
        $"Attribution and shuffling name {agreement.TopOverlap} of the same first {agreement.Top} features (rank correlation {PlainNumbers.Value(agreement.RankCorrelation)}). "
        + "They answer different questions: how far a column moves the output, and how much worse the answers are without it.";

    /// <summary>Which feature the two measures place furthest apart, in a sentence.</summary>
    public static string Places(IReadOnlyList<PlacedFeature> placed)
    {
        PlacedFeature[] apart = [.. placed.Where(feature => feature.IsApart)];
        return apart.Length == 0
            ? $"Attribution and shuffling order the {placed.Count} features alike, as far as other rows would not change either order"
            : $"{apart[0].Feature} is number {Place(apart[0].Attributed, apart[0].AttributedRanks)} by attribution and number {Place(apart[0].Permuted, apart[0].PermutedRanks)} by shuffling"
                + (apart.Length == 1 ? ": the one feature that they place apart" : $"; {apart.Length} of {placed.Count} features are placed apart");
    }

    /// <summary>A place with the places that other rows could give it, such as "2 [1, 3]".</summary>
    public static string Place(int place, IReadOnlyList<int> ends) => $"{place} [{ends[0]}, {ends[1]}]";

    /// <summary>What usually parts the two measures of such a feature: what was found of likeness, interaction and use, and no proof.</summary>
    public static string Why(PlacedFeature feature)
    {
        List<string> parts = [];
        if (feature.StandIns.Count > 0)
        {
            parts.Add(
                $"It says much the same as {string.Join(" and ", feature.StandIns.Take(3))}: "
                + (feature.Attributed < feature.Permuted
                    ? "when it is shuffled they stand in for it, so little is lost, while attribution shares the credit out among them."
                    : "attribution shares the credit out among them, while shuffling one alone makes rows that hardly exist."));
        }

        if (feature.Partner is { } partner)
        {
            parts.Add(
                $"What it does depends on {partner.Column} ({PlainNumbers.Percent(partner.Share)} of what its own value leaves open in its attribution): shuffling breaks all that they do together, attribution gives each a part of it.");
        }

        if (feature.LosesNothing && feature.Attributed < feature.Permuted)
        {
            parts.Add("It moves the output, but on these rows the answers are no worse without it.");
        }

        return parts.Count > 0 ? string.Join(' ', parts)
            : "Neither a feature that says the same nor an interaction was found. The two ask different questions: how far it moves the output, and how much worse the answers are without it.";
    }

    /// <summary>Which features say much the same, in a sentence; null where none do.</summary>
    public static string? Groups(IReadOnlyList<CorrelatedGroup> groups) => groups.Count == 0 ? null
        : "Read together what says much the same: "
            + string.Join("; ", groups.Select(group => $"{string.Join(", ", group.Features)} (association {PlainNumbers.Value(group.Weakest)} or more)"))
            + ". Either measure can rank each of them lower than all of them together deserve.";

    /// <summary>How firm the first rank is, in a sentence: in how many draws of other rows it stays.</summary>
    public static string Firmness(IReadOnlyList<FeatureImportance> features, RankReport ranks)
    {
        if (features.Count < 2)
        {
            return "There is one feature, so there is no order.";
        }

        double least = Enumerable.Range(1, features.Count - 1).Min(other => ranks.Outranks[0][other]);
        int rival = Enumerable.Range(1, features.Count - 1).First(other => ranks.Outranks[0][other] == least);
        return $"With other rows of the same kind {features[0].Feature} would stay ahead of {features[rival].Feature}, its closest rival, in {PlainNumbers.Percent(least)} of draws.";
    }

    /// <summary>Metric, rows, repeats and seed, for the line under a plot.</summary>
    public static IReadOnlyList<string> Provenance(PermutationReport report) =>
    [
        $"{Metric(report.Metric)} {PlainNumbers.WithInterval(report.Baseline, report.BaselineInterval)} as it is",
        $"{PlainNumbers.Count(report.Rows)} rows, each feature shuffled {report.Repeats} times, {PlainNumbers.Count(report.ModelRows)} model rows",
        $"seed {report.Seed}",
    ];

    /// <summary>A metric as people say it.</summary>
    public static string Metric(string name) => name switch
    {
        "roc_auc" => "the area under the ROC curve",
        "log_loss" => "log loss",
        "brier" => "the Brier score",
        "rmse" => "the root mean squared error",
        _ => name,
    };
}
