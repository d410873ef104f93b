using System.Globalization;
using Governance.Audit.Cases;
using Governance.Audit.Data;
using Governance.Audit.Findings;

namespace Governance.Portal.Features.Cases;

/// <summary>Principal reasons as an adverse-action notice words them: the value, and what is usual. Pure.</summary>
internal static class ReasonWords
{
    /// <summary>The rows that say what is usual, by what the case is compared with.</summary>
    public static int[] Usual(CaseView one, CaseReference reference)
    {
        Table table = one.Scored.Table;
        IEnumerable<int> all = Enumerable.Range(0, table.Rows);
        return reference.Kind switch
        {
            CaseReferenceKind.Approved when one.Scored.Favourable is string favourable =>
                [.. all.Where(row => table.Need(one.Scored.Prediction).Text(row) == favourable)],
            CaseReferenceKind.OwnGroup when reference.Column is string column && table.Find(column) is Column own && !one.Mask.Hides(column) =>
                [.. all.Where(row => own.Text(row) == own.Text(one.Row))],
            _ => [.. all],
        };
    }

    /// <summary>Such as "pirat is 0.45: higher than the middle value 0.33", or "chist is 1: 62.0 % have the same, 38.0 % more".</summary>
    /// <param name="one">The case.</param>
    /// <param name="feature">The feature or group of features.</param>
    /// <param name="usual">The rows that say what is usual.</param>
    public static string Of(CaseView one, string feature, int[] usual)
    {
        if (one.Mask.Hides(feature))
        {
            return $"{feature} (masked for your role)";
        }

        if (one.Rows.Open.Find(feature) is not Column column)
        {
            return feature;
        }

        string value = one.Rows.Text(one.Row, feature) ?? "missing";
        return column is NumberColumn numbers ? $"{feature} is {value}{Middle(numbers, one.Row, usual)}" : $"{feature} is ‘{value}’{Most(column, one.Row, usual)}";
    }

    private static string Middle(NumberColumn column, int row, int[] usual)
    {
        double[] sorted = [.. usual.Select(column.Number).Where(double.IsFinite).Order()];
        if (sorted.Length == 0 || column.IsMissing(row))
        {
            return "";
        }

        double middle = sorted[sorted.Length / 2];
        double own = column.Number(row);
        if (own == middle)
        {
            return $": {Shares(sorted, own)}";
        }

        string way = own > middle ? "higher than" : "lower than";
        return $": {way} the middle value {middle.ToString("G7", CultureInfo.InvariantCulture).Replace('-', '−')}";
    }

    // Where the value is the middle one, a reason lies in who has another.
    private static string Shares(double[] sorted, double own)
    {
        double rows = sorted.Length;
        (int Count, string Words)[] shares =
            [(sorted.Count(value => value == own), "have the same"), (sorted.Count(value => value < own), "less"), (sorted.Count(value => value > own), "more")];
        return string.Join(", ", shares.Where(share => share.Count > 0).Select(share => $"{PlainNumbers.Percent(share.Count / rows)} {share.Words}"));
    }

    private static string Most(Column column, int row, int[] usual)
    {
        IGrouping<string, string>? most = usual.Select(at => column.Text(at) ?? "missing").GroupBy(level => level).OrderByDescending(level => level.Count()).ThenBy(level => level.Key, StringComparer.Ordinal).FirstOrDefault();
        return most is null ? ""
            : most.Key == (column.Text(row) ?? "missing") ? $", as {PlainNumbers.Percent(most.Count() / (double)usual.Length)} have it"
            : $"; {PlainNumbers.Percent(most.Count() / (double)usual.Length)} have ‘{most.Key}’";
    }
}
