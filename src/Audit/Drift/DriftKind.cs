using System.Globalization;
using Governance.Audit.Data;
using DataColumn = Governance.Audit.Data.Column;

namespace Governance.Audit.Drift;

/// <summary>What the cells of a column are, to the comparison of two samples.</summary>
public enum DriftKind
{
    /// <summary>Numbers.</summary>
    Numeric,

    /// <summary>Levels without an order.</summary>
    Categorical,

    /// <summary>Dates or times, compared as seconds since 1970.</summary>
    Datetime,
}

/// <summary>Finds the kind of a column, and reads text as numbers.</summary>
public static class DriftKinds
{
    /// <summary>The kind that a column seems to be of.</summary>
    /// <remarks>
    /// A column of numbers is numeric. Text is numeric where all its levels are plain numbers or words for infinite and
    /// undefined ones (a column that would be numeric without them), a datetime where all are ISO dates, else categorical.
    /// </remarks>
    public static DriftKind Guess(DataColumn column)
    {
        if (column is not TextColumn text)
        {
            return DriftKind.Numeric;
        }

        bool numbers = false;
        bool numeric = true;
        bool dates = text.Levels.Count > 0;
        foreach (string level in text.Levels)
        {
            numbers |= IsNumber(level);
            numeric &= IsNumber(level) || Unbounded(level) is not null;
            dates = dates && Seconds(level) is not null;
            if (!numeric && !dates)
            {
                return DriftKind.Categorical;
            }
        }

        return numeric && numbers ? DriftKind.Numeric : dates ? DriftKind.Datetime : DriftKind.Categorical;
    }

    /// <summary>The kind of a word: numeric, categorical or datetime; null for ignore.</summary>
    /// <exception cref="InputException">It is another word.</exception>
    public static DriftKind? Parse(string word) => word switch
    {
        "numeric" => DriftKind.Numeric,
        "categorical" or "boolean" => DriftKind.Categorical,
        "datetime" => DriftKind.Datetime,
        "ignore" => null,
        _ => throw new InputException($"'{word}' is no kind of column: numeric, categorical, datetime or ignore."),
    };

    /// <summary>The number that a cell's text stands for; NaN where it stands for none.</summary>
    internal static double Number(string text, DriftKind kind) => kind == DriftKind.Datetime
        ? Seconds(text) ?? double.NaN
        : PlainDecimal.TryParse(text, out double number) ? number : Unbounded(text) ?? double.NaN;

    private static bool IsNumber(string text) =>
        text.Length <= 400 && PlainDecimal.TryParseFaithful(System.Text.Encoding.UTF8.GetBytes(text), out _);

    private static double? Unbounded(string text) => text.TrimStart('+').ToLowerInvariant() switch
    {
        "inf" or "infinity" => double.PositiveInfinity,
        "-inf" or "-infinity" => double.NegativeInfinity,
        "nan" => double.NaN,
        _ => null,
    };

    // Years of four digits only, so that "1-2-3" and "12:30" stay text.
    private static double? Seconds(string text) =>
        text.Length >= 8 && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[3])
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? (time - DateTimeOffset.UnixEpoch).TotalSeconds
            : null;
}
