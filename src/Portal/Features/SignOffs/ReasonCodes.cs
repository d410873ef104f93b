using Governance.Audit.Cases;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Runs;

namespace Governance.Portal.Features.SignOffs;

/// <summary>Which features can be told a person as reasons for a decision against them. Pure.</summary>
/// <remarks>Regulation B, 12 CFR 1002.9(b)(2), asks for the principal reasons; its comment 9(b)(2)-1 finds more than four of little help.</remarks>
internal static class ReasonCodes
{
    /// <summary>The most reasons that are told.</summary>
    public const int Most = AdverseReasons.Most;

    /// <summary>The features that push an output the given way by more than their own uncertainty, the strongest first, at most <see cref="Most"/>.</summary>
    /// <param name="features">Names, shape [features].</param>
    /// <param name="values">Attributions, shape [features].</param>
    /// <param name="interval">95 % intervals, shape [features][2]; null where nothing was sampled.</param>
    /// <param name="upwards">Whether a higher output is against the person.</param>
    public static IReadOnlyList<string> Of(
        IReadOnlyList<string> features, IReadOnlyList<double> values, IReadOnlyList<IReadOnlyList<double>>? interval, bool upwards) =>
        [.. AdverseReasons.Of(features, values, interval, upwards, Most).Told.Select(reason => reason.Feature)];

    /// <summary>
    /// How many of the explained cases that were decided against a person have a reason. Null where the document does not say which way a
    /// decision went: no two classes, no positive class among those explained, another scale than the probability, or thresholds by group.
    /// </summary>
    public static ReasonCoverage? Count(FindingsDocument document)
    {
        if (document.Explanation is not { Link: "identity", Classes: { } classes } report || document.Options.Positive is not string positive
            || classes.ToList().IndexOf(positive) is not (>= 0 and int position)
            || document.Warnings.Any(warning => warning.Code == GroupThresholds.NoteCode))
        {
            return null;
        }

        double threshold = document.Options.Threshold ?? 0.5;
        bool upwards = document.Options.Favourable is string favourable && favourable != positive;
        ExplainedRow[] against = [.. report.Rows.Where(row => row.ClassIndex is null && (row.Prediction[position] >= threshold) == upwards)];
        return new ReasonCoverage(
            against.Length,
            against.Count(row => Of(report.Features, row.Values[position], row.Interval?[position], upwards).Count > 0),
            report.Rows.Count);
    }
}
