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

    /// <summary>Such as "pirat is 0.45: higher than the middle value 0.33".</summary>
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
        string way = column.Number(row) > middle ? "higher than" : column.Number(row) < middle ? "lower than" : "the same as";
        return $": {way} the middle value {middle.ToString("G7", CultureInfo.InvariantCulture).Replace('-', '−')}";
    }

    private static string Most(Column column, int row, int[] usual)
    {
        IGrouping<string, string>? most = usual.Select(at => column.Text(at) ?? "missing").GroupBy(level => level).OrderByDescending(level => level.Count()).ThenBy(level => level.Key, StringComparer.Ordinal).FirstOrDefault();
        return most is null ? ""
            : most.Key == (column.Text(row) ?? "missing") ? $", as {PlainNumbers.Percent(most.Count() / (double)usual.Length)} have it"
            : $"; {PlainNumbers.Percent(most.Count() / (double)usual.Length)} have ‘{most.Key}’";
    }
}
