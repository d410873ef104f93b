using System.Globalization;
using System.Text.RegularExpressions;
using Governance.Audit.Counterfactuals;
using Governance.Audit.Data;
using Microsoft.Extensions.Primitives;

namespace Governance.Portal.Features.Counterfactuals;

/// <summary>One column in the editor of constraints, as the address carries it.</summary>
/// <param name="Column">The column.</param>
/// <param name="Move">"any", "no", "up" or "down".</param>
/// <param name="Low">The least new number as it was typed; empty for that of the data.</param>
/// <param name="High">The largest new number as it was typed.</param>
/// <param name="IsNumber">Whether the column holds numbers.</param>
/// <param name="IsLocked">Whether the person may not free it, because they may not read it.</param>
public sealed partial record ConstraintRow(string Column, string Move, string Low, string High, bool IsNumber, bool IsLocked)
{
    /// <summary>Reads the editor from an address.</summary>
    /// <param name="table">The data.</param>
    /// <param name="columns">The columns that the model takes.</param>
    /// <param name="query">The address's query; the column at place i has m{i}, lo{i} and hi{i}.</param>
    /// <param name="still">Columns that do not change unless the person says so: protected ones.</param>
    /// <param name="locked">Columns that the person may not read.</param>
    public static IReadOnlyList<ConstraintRow> Read(
        Table table, IReadOnlyList<string> columns, Func<string, StringValues> query, IReadOnlySet<string> still, IReadOnlySet<string> locked) =>
    [
        .. columns.Select((column, i) =>
        {
            string? asked = query($"m{i}");
            bool shut = locked.Contains(column);
            string move = shut ? "no" : asked is "any" or "no" or "up" or "down" ? asked : still.Contains(column) ? "no" : "any";
            return new ConstraintRow(column, move, query($"lo{i}").ToString(), query($"hi{i}").ToString(), table.Find(column) is NumberColumn, shut);
        }),
    ];

    /// <summary>What an address says of constraints, word by word: target, most changes, ways, and the editor's fields that are not blank.</summary>
    public static IReadOnlyList<(string Name, string Value)> Typed(IEnumerable<KeyValuePair<string, StringValues>> query) =>
        [.. query.Where(word => Word().IsMatch(word.Key) && !string.IsNullOrWhiteSpace(word.Value)).Select(word => (word.Key, word.Value.ToString()))];

    /// <summary>The constraints that rows of the editor mean.</summary>
    /// <param name="rows">All columns.</param>
    /// <param name="most">The most changes; null for any number.</param>
    /// <exception cref="InputException">A limit is no number.</exception>
    public static ActionConstraints Constraints(IReadOnlyList<ConstraintRow> rows, int? most) => new()
    {
        MaxChanges = most,
        Columns = rows.ToDictionary(row => row.Column, row => row.Constraint(), StringComparer.Ordinal),
    };

    [GeneratedRegex("^(target|k|n|(m|lo|hi)[0-9]{1,4})$")]
    private static partial Regex Word();

    private ColumnConstraint Constraint() => new()
    {
        Immutable = Move == "no",
        Direction = Move switch { "up" => ActionDirection.Up, "down" => ActionDirection.Down, _ => ActionDirection.Any },
        Min = Limit(Low),
        Max = Limit(High),
    };

    private double? Limit(string typed) => !IsNumber || Move == "no" || string.IsNullOrWhiteSpace(typed) ? null
        : double.TryParse(typed.Trim().Replace('−', '-'), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number
        : throw new InputException($"The limit '{typed}' of {Column} is no number.");
}
