using Governance.Audit.Data;

namespace Governance.Audit.Counterfactuals;

/// <summary>Compares a row with the case and the constraints, cell by cell, without any of the search's own bookkeeping.</summary>
public static class ConstraintCheck
{
    // Multiples of a decimal step come out of binary numbers with an error of this many steps at most.
    private const double Grain = 1e-6;

    /// <summary>What a row violates.</summary>
    /// <param name="own">The case: one row.</param>
    /// <param name="changed">One row with the same columns.</param>
    /// <param name="constraints">What may change.</param>
    /// <returns>One sentence a violation; empty where there is none.</returns>
    public static IReadOnlyList<string> Violations(Table own, Table changed, ActionConstraints constraints)
    {
        List<string> found = [];
        int changes = 0;
        foreach (Column before in own.Columns)
        {
            Column after = changed.Need(before.Name);
            if (before.Text(0) != after.Text(0))
            {
                changes++;
                ColumnConstraint constraint = constraints.Columns.GetValueOrDefault(before.Name, ColumnConstraint.Free);
                found.AddRange(OfCell(before, after, constraint).Select(what => $"'{before.Name}' {what}."));
            }
        }

        if (changes > constraints.MaxChanges)
        {
            found.Add($"{changes} columns change, at most {constraints.MaxChanges} may.");
        }

        return found;
    }

    private static IEnumerable<string> OfCell(Column before, Column after, ColumnConstraint constraint)
    {
        double from = before.Number(0);
        double to = after.Number(0);
        if (constraint.Immutable)
        {
            yield return "may not change";
        }

        if (to < constraint.Min || to > constraint.Max)
        {
            yield return $"is outside [{constraint.Min}, {constraint.Max}]";
        }

        if (constraint.Whole == true && to != Math.Floor(to))
        {
            yield return "is not whole";
        }

        if (constraint.Step is double step)
        {
            double steps = (to - (constraint.Min ?? 0)) / step;
            if (Math.Abs(steps - Math.Round(steps)) > Grain)
            {
                yield return $"is no multiple of {step}";
            }
        }

        if (constraint.Levels is { } levels && !levels.Any(level => Same(level, after)))
        {
            yield return "is none of the levels allowed";
        }

        if (constraint.Direction != ActionDirection.Any && constraint.Order is { } order)
        {
            (from, to) = (Place(order, before), Place(order, after));
        }

        if ((constraint.Direction == ActionDirection.Up && to < from) || (constraint.Direction == ActionDirection.Down && to > from))
        {
            yield return $"may only go {(constraint.Direction == ActionDirection.Up ? "up" : "down")}";
        }
    }

    private static int Place(IReadOnlyList<string> order, Column cell)
    {
        for (int i = 0; i < order.Count; i++)
        {
            if (Same(order[i], cell))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool Same(string level, Column cell) => cell.Text(0) == Explanations.Profiles.ReadableColumn.AsCell(level, cell);
}
