using Governance.Audit.Cases;
using Governance.Audit.Findings;

namespace Governance.Portal.Features.Cases;

/// <summary>A case in plain words. Pure.</summary>
internal static class CaseWords
{
    /// <summary>What was decided, how near the threshold, and what is recorded.</summary>
    public static string Title(CaseView one)
    {
        string row = $"Row {PlainNumbers.Count(one.Row)}";
        if (one.Scored.IsRegression)
        {
            string predicted = $"{row} is predicted at {PlainNumbers.Value(one.Score)}";
            return one.Truth is not null && one.Score is double value && double.TryParse(
                one.Truth.Replace('−', '-'), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double truth)
                ? $"{predicted}, recorded is {PlainNumbers.Value(truth)}: {PlainNumbers.Value(Math.Abs(value - truth))} too {(value >= truth ? "high" : "low")}"
                : predicted;
        }

        string side = (one.Threshold, one.Score) switch
        {
            (double limit, double score) => $": score {PlainNumbers.Value(score)} of ‘{one.Scored.Positive}’, {(score >= limit ? "at or above" : "below")} the threshold of {PlainNumbers.Limit(limit)}",
            (null, double score) => $": score {PlainNumbers.Value(score)} of ‘{one.Scored.Positive}’",
            _ => "",
        };
        string truthful = one.Truth is not string recorded ? ""
            : recorded == one.Decision ? $"; ‘{recorded}’ is what was recorded too"
            : $"; recorded is ‘{recorded}’, so the decision was wrong";
        return $"{row} is decided as ‘{one.Decision}’{side}{truthful}";
    }

    /// <summary>Where the case stands among those that are gone through.</summary>
    public static string Place(CaseView one) => one.Order.Count == 0 ? "No case fits this choice."
        : one.At < 0 ? $"This case is not among the {PlainNumbers.Count(one.Order.Count)} that fit the choice."
        : $"Case {PlainNumbers.Count(one.At + 1)} of {PlainNumbers.Count(one.Order.Count)} {(one.Order.Count == one.Scored.Table.Rows ? "rows" : $"that fit, of {PlainNumbers.Count(one.Scored.Table.Rows)} rows")}.";

    /// <summary>What a case is compared with.</summary>
    public static string Reference(CaseReference reference) => reference.Kind switch
    {
        CaseReferenceKind.Approved => "approved cases",
        CaseReferenceKind.OwnGroup => $"cases with the same {reference.Column}",
        _ => "the population of the evidence",
    };

    /// <summary>Whether those around a case were decided as it was.</summary>
    public static string Neighbours(Neighbourhood found)
    {
        if (found.Around == 0 || found.Interval is not { } interval || found.OverallAlike is not double overall)
        {
            return "There is no other row to compare this case with";
        }

        double share = found.AroundAlike / (double)found.Around;
        string verdict = interval.High < overall ? "fewer than"
            : interval.Low > overall ? "more than" : "about as many as";
        return $"{PlainNumbers.Count(found.AroundAlike)} of the {PlainNumbers.Count(found.Around)} cases most like it are {Decided(found)} too: "
            + $"{PlainNumbers.Percent(share)} [{PlainNumbers.Percent(interval.Low)}, {PlainNumbers.Percent(interval.High)}], {verdict} among all rows ({PlainNumbers.Percent(overall)})";
    }

    /// <summary>Whether rows with the same readable cells were decided otherwise; null where there are none.</summary>
    public static string? Twins(Neighbourhood found) => found.Twins == 0 ? null
        : found.TwinsOtherwise == 0
            ? $"{Rows(found.Twins)} the very same cells in the columns compared, and {(found.Twins == 1 ? "is" : "all are")} {Decided(found)} too."
            : $"{Rows(found.Twins)} the very same cells in the columns compared, yet {(found.TwinsOtherwise == 1 ? "one is" : $"{PlainNumbers.Count(found.TwinsOtherwise)} are")} decided otherwise: what differs is a column that is left out, or a threshold by group.";

    private static string Rows(int count) => count == 1 ? "One other row has" : $"{PlainNumbers.Count(count)} other rows have";

    private static string Decided(Neighbourhood found) => found.Decision is NearestCases.Higher or NearestCases.Lower
        ? $"predicted in {found.Decision}" : $"decided as ‘{found.Decision}’";
}
