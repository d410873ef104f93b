using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Audit.Privacy;
using Governance.Audit.Runs;

namespace Governance.Portal.Features.Cohorts;

/// <summary>Where a column of a condition comes from.</summary>
public enum ColumnOrigin
{
    /// <summary>What the model said of a row, and whether it was right.</summary>
    Model,

    /// <summary>A column that tells groups of people apart.</summary>
    Group,

    /// <summary>Any other column of the data.</summary>
    Data,
}

/// <summary>A column that a person may build conditions on.</summary>
/// <param name="Name">As conditions name it.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="IsNumber">Whether it holds numbers; else text.</param>
/// <param name="Levels">What occurs in a column of text, the most frequent first; empty where that is too much, or not this person's to see.</param>
/// <param name="Range">The least and the greatest number; null for text, and where single rows are not this person's to see.</param>
public sealed record OfferedColumn(string Name, ColumnOrigin Origin, bool IsNumber, IReadOnlyList<string> Levels, (double Low, double High)? Range)
{
    /// <summary>The most levels that are offered; a column with more is typed.</summary>
    public const int MostLevels = 200;

    /// <summary>The columns that a person may name, in the order of the data, what the model said first.</summary>
    /// <param name="rows">The scored rows.</param>
    /// <param name="options">Of the evidence: which columns tell groups apart, which holds the outcome.</param>
    /// <param name="mask">What the person may not read.</param>
    /// <param name="fewest">A level of fewer rows is not offered, and with more than 1 no range: they tell of single rows.</param>
    public static IReadOnlyList<OfferedColumn> Of(ScoredRows rows, AuditOptions options, RowMask mask, int fewest)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(mask);
        bool hidesLabel = options.Label is string label && mask.Hides(label);
        IEnumerable<OfferedColumn> model = DerivedColumns.All.Where(name => rows.Data.Find(name) is null && !(hidesLabel && DerivedColumns.TellsLabel(name)))
            .Select(rows.Table.Find).OfType<Column>().Select(column => Of(column, ColumnOrigin.Model, fewest));
        IEnumerable<OfferedColumn> data = rows.Data.Columns.Where(column => !mask.Hides(column.Name))
            .Select(column => Of(column, options.Protected.Contains(column.Name) ? ColumnOrigin.Group : ColumnOrigin.Data, fewest));
        return [.. model, .. data.OrderBy(column => column.Origin)];
    }

    /// <summary>A value as a condition on this column takes it: a number bare where the column holds numbers, else text.</summary>
    public CohortValue Value(string text)
    {
        CohortValue bare = new(text, IsQuoted: false);
        return IsNumber && bare.Number is not null ? bare : new CohortValue(text, IsQuoted: true);
    }

    private static OfferedColumn Of(Column column, ColumnOrigin origin, int fewest)
    {
        if (column is NumberColumn numbers)
        {
            double[] known = [.. numbers.Values.ToArray().Where(double.IsFinite)];
            return new OfferedColumn(column.Name, origin, true, [], known.Length == 0 || fewest > 1 ? null : (known.Min(), known.Max()));
        }

        TextColumn text = (TextColumn)column;
        int[] counts = new int[text.Levels.Count];
        foreach (int code in text.Codes)
        {
            if (code >= 0)
            {
                counts[code]++;
            }
        }

        string[] levels = [.. text.Levels.Select((level, code) => (level, code)).Where(each => counts[each.code] >= fewest).OrderByDescending(each => counts[each.code]).Select(each => each.level)];
        return new OfferedColumn(column.Name, origin, false, levels.Length > MostLevels ? [] : levels, null);
    }
}
