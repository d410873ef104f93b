using Governance.Audit.Data;
using Governance.Audit.Explanations.Profiles;

namespace Governance.Audit.Counterfactuals;

/// <summary>What a column of levels may hold instead; its one-hot features move together, as one.</summary>
internal static class LevelAction
{
    // A column of free text may show thousands; the frequent ones are the likely alternatives.
    private const int MostLevels = 200;

    /// <summary>Lays out the options of a column.</summary>
    /// <exception cref="InputException">The constraint is one of numbers, names a level that nobody knows, or lacks an order.</exception>
    public static ActionColumn Make(ReadableColumn column, Column cells, ColumnConstraint constraint)
    {
        if (constraint.Min is not null || constraint.Max is not null || constraint.Step is not null || constraint.Whole is not null)
        {
            throw new InputException($"'{column.Name}' is a column of levels: constrain it by levels, not by min, max or step.") { Column = column.Name };
        }

        string? own = cells.Text(0);
        string[] known = Known(column);
        string[]? allowed = constraint.Levels is null ? null : [.. constraint.Levels.Select(level => ReadableColumn.AsCell(level, column.Cells))];
        if (allowed?.FirstOrDefault(level => !known.Contains(level)) is string stranger)
        {
            throw new InputException($"'{column.Name}' has no level '{stranger}'; there are {string.Join(", ", known.Take(12))}{(known.Length > 12 ? ", …" : "")}.")
            {
                Column = column.Name,
            };
        }

        string[] others =
        [
            .. known.Where(level => level != own && (allowed is null || allowed.Contains(level)) && Follows(column, constraint, own, level)),
        ];
        return new ActionColumn
        {
            Column = column,
            Own = 0,
            ScaleKind = "level",
            Options = [own, .. others],
            Weight = constraint.Cost,
            Values = [.. Enumerable.Range(1, others.Length).Select(option => (double)option)],
        };
    }

    private static string[] Known(ReadableColumn column)
    {
        if (column.KnownLevels is { } levels)
        {
            return [.. levels];
        }

        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        for (int row = 0; row < column.Cells.Count; row++)
        {
            if (column.Cells.Text(row) is string level)
            {
                counts[level] = counts.GetValueOrDefault(level) + 1;
            }
        }

        return [.. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(MostLevels).Select(pair => pair.Key)];
    }

    private static bool Follows(ReadableColumn column, ColumnConstraint constraint, string? own, string level)
    {
        if (constraint.Direction == ActionDirection.Any)
        {
            return true;
        }

        if (own is null)
        {
            return false;
        }

        double way = Rank(column, constraint, level) - Rank(column, constraint, own);
        return constraint.Direction == ActionDirection.Up ? way > 0 : way < 0;
    }

    private static double Rank(ReadableColumn column, ColumnConstraint constraint, string level)
    {
        if (constraint.Order is { } order)
        {
            int at = order.Select(each => ReadableColumn.AsCell(each, column.Cells)).ToList().IndexOf(level);
            return at >= 0 ? at : throw Unordered($"The order of '{column.Name}' lacks the level '{level}'.");
        }

        return column.Ranks is { } ranks && ranks.TryGetValue(level, out double rank) ? rank
            : throw Unordered($"'{column.Name}' may only go up or down, but its levels have no order: give one as \"order\".");

        InputException Unordered(string sentence) => new(sentence) { Column = column.Name };
    }
}
