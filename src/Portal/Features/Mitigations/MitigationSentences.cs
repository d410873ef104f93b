using System.Globalization;
using Governance.Audit.Encodings;
using Governance.Audit.Findings;
using Governance.Audit.Mitigation;

namespace Governance.Portal.Features.Mitigations;

/// <summary>What a mitigation does, in sentences. Pure.</summary>
internal static class MitigationSentences
{
    /// <summary>Stands wherever thresholds by group are shown.</summary>
    public const string Caution =
        "Thresholds by group use the protected attribute for the decision itself, which some laws forbid and some demand: ask counsel before this is used.";

    /// <summary>Where the rows come from that are judged.</summary>
    public static string HeldOut(HeldOutRows rows) => rows.Source switch
    {
        "split" => $"Fitted on {PlainNumbers.Count(rows.FittedRows)} rows, judged on {PlainNumbers.Count(rows.Rows)} others: a share of {Number(rows.Share!.Value)} of each group and class, drawn with seed {rows.Seed}.",
        "file" => $"Fitted on {PlainNumbers.Count(rows.FittedRows)} rows, judged on the {PlainNumbers.Count(rows.Rows)} rows of other data.",
        _ => $"Judged on all {PlainNumbers.Count(rows.Rows)} rows.",
    };

    /// <summary>A group's rule: "above 0.55; of 100 rows 7 without looking at the score, each with a chance of 0.168".</summary>
    public static string Rule(GroupRule rule)
    {
        ThresholdRule[] parts = [.. rule.Rules.Where(part => part.P > 0)];
        string words = string.Join(", ", parts.Select(part => parts.Length == 1 ? Words(part) : $"{Words(part)} (chance {Number(part.P)})"));
        return rule.PIgnore == 0 ? words
            : rule.PIgnore >= 1 ? $"with a chance of {Number(rule.Constant)}, whatever the score"
            : $"{words}; with a chance of {Number(rule.PIgnore)} the score is not looked at and the class predicted with {Number(rule.Constant)}";
    }

    private static string Words(ThresholdRule part) => part.Op switch
    {
        ThresholdOperator.Above => $"above {Number(part.Threshold!.Value)}",
        ThresholdOperator.AtLeast => $"from {Number(part.Threshold!.Value)} on",
        ThresholdOperator.Below => $"below {Number(part.Threshold!.Value)}",
        ThresholdOperator.Always => "always",
        _ => "never",
    };

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
