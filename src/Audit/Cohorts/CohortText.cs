using System.Globalization;

namespace Governance.Audit.Cohorts;

/// <summary>Writes names and values so that <see cref="Cohort.Parse"/> reads them back as they were.</summary>
public static class CohortText
{
    private static readonly string[] Words = ["and", "or", "not", "in", "is", "between", "missing"];

    /// <summary>A column's name: bare where that is plain, else in double quotes.</summary>
    public static string Column(string name) =>
        IsBare(name) || (name.Length > 1 && name[0] == DerivedColumns.Sign && IsBare(name[1..]))
            ? name
            : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A text in single quotes.</summary>
    public static string Text(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A number in its shortest round-trip form.</summary>
    /// <param name="value">Finite.</param>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A whole condition.</summary>
    /// <param name="part">The condition; empty groups are left out.</param>
    /// <returns>Empty where there is no comparison in it.</returns>
    public static string Of(CohortPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return Of(part, inGroup: false);
    }

    /// <summary>A value: numbers bare, other text in quotes.</summary>
    public static string Value(CohortValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.IsQuoted || value.Number is null ? Text(value.Text) : value.Text;
    }

    private static string Of(CohortPart part, bool inGroup)
    {
        if (part is CohortRule rule)
        {
            return rule.Negated ? $"not {Rule(rule)}" : Rule(rule);
        }

        CohortGroup group = (CohortGroup)part;
        string[] inner = [.. group.Parts.Select(each => Of(each, inGroup: group.Parts.Count > 1 || group.Negated || inGroup)).Where(text => text.Length > 0)];
        string joined = string.Join(group.Any ? " or " : " and ", inner);
        return inner.Length == 0 ? "" : group.Negated ? $"not ({joined})" : inner.Length > 1 && inGroup ? $"({joined})" : joined;
    }

    private static string Rule(CohortRule rule)
    {
        string column = Column(rule.Column);
        string[] values = [.. rule.Values.Select(Value)];
        return rule.Sign switch
        {
            CohortSign.Missing => $"{column} is missing",
            CohortSign.Present => $"{column} is not missing",
            CohortSign.In => $"{column} in ({string.Join(", ", values)})",
            CohortSign.NotIn => $"{column} not in ({string.Join(", ", values)})",
            CohortSign.Between => $"{column} between {values[0]} and {values[1]}",
            _ => $"{column} {Sign(rule.Sign)} {values[0]}",
        };
    }

    private static string Sign(CohortSign sign) => sign switch
    {
        CohortSign.Equal => "=",
        CohortSign.NotEqual => "!=",
        CohortSign.Less => "<",
        CohortSign.AtMost => "<=",
        CohortSign.More => ">",
        _ => ">=",
    };

    private static bool IsBare(string name) =>
        name.Length > 0 && (char.IsLetter(name[0]) || name[0] == '_') && name.All(symbol => char.IsLetterOrDigit(symbol) || symbol is '_' or '.')
        && !Words.Contains(name, StringComparer.OrdinalIgnoreCase);
}
