using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Importance;
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
