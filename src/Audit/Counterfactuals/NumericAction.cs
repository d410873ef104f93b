using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Profiles;

namespace Governance.Audit.Counterfactuals;

/// <summary>What a column of numbers may hold instead.</summary>
internal static class NumericAction
{
    /// <summary>Lays out the lattice of a column; null where the case lacks the number.</summary>
    /// <exception cref="InputException">The constraint is one of levels.</exception>
    public static ActionColumn? Make(ReadableColumn column, Column cells, ColumnConstraint constraint)
    {
        if (constraint.Levels is not null || constraint.Order is not null)
        {
            throw new InputException($"'{column.Name}' is a column of numbers: constrain it by min, max and step, not by levels.") { Column = column.Name };
        }

        double own = cells.Number(0);
        double[] sorted = Sorted(((NumberColumn)column.Cells).Values);
        if (double.IsNaN(own) || sorted.Length == 0)
        {
            return null;
        }

        (double scale, string kind) = ColumnScale.Of(sorted);
        bool whole = column.WholeOnly || constraint.Whole == true;
        if (whole && ((constraint.Step is double wide && wide != Math.Floor(wide)) || (constraint.Step is not null && constraint.Min is double first && first != Math.Floor(first))))
        {
            throw new InputException($"'{column.Name}' holds whole numbers, so its step (and the min it counts from) must be whole.") { Column = column.Name };
        }

        int decimals = whole ? 0 : ColumnScale.Decimals(sorted, scale);
        double anchor = constraint.Step is null ? 0 : constraint.Min ?? 0;
        double step = constraint.Step ?? Math.Pow(10, -decimals);
        ActionColumn open = new()
        {
            Column = column,
            Own = own,
            Anchor = anchor,
            Step = step,
            Digits = Math.Min(15, Math.Max(ColumnScale.DecimalsOf(step), ColumnScale.DecimalsOf(anchor))),
            Scale = scale,
            ScaleKind = kind,
            Weight = constraint.Cost,
            Values = [],
        };
        (double low, double high) = Range(constraint, own, sorted);
        double least = open.At((long)Math.Ceiling(((low - anchor) / open.Step) - 1e-9));
        double most = open.At((long)Math.Floor(((high - anchor) / open.Step) + 1e-9));
        ActionColumn bounded = open with { Low = least, High = most };
        return bounded with { Values = Values(bounded, sorted) };
    }

    private static (double Low, double High) Range(ColumnConstraint constraint, double own, double[] sorted)
    {
        double low = constraint.Min ?? sorted[0];
        double high = constraint.Max ?? sorted[^1];
        return constraint.Direction switch
        {
            ActionDirection.Up => (Math.Max(low, own), high),
            ActionDirection.Down => (low, Math.Min(high, own)),
            _ => (low, high),
        };
    }

    // Quantiles of the data, both ends and some of the way to them, and a few steps of the column's own spread.
    private static double[] Values(ActionColumn column, double[] sorted)
    {
        if (column.Low > column.High)
        {
            return [];
        }

        IEnumerable<double> wanted = Enumerable.Range(0, ActionSpace.Tries - 10).Select(i => GlobalImportance.Quantile(sorted, i / (double)(ActionSpace.Tries - 11)))
            .Concat(((double[])[0.25, 0.5, 1, 2]).SelectMany(share => (double[])[column.Own - (share * column.Scale), column.Own + (share * column.Scale)]))
            .Concat(((double[])[0.25, 0.5, 0.75, 1]).SelectMany(share => (double[])
                [column.Own + (share * (column.Low - column.Own)), column.Own + (share * (column.High - column.Own))]));
        return
        [
            .. wanted.Select(number => column.At(column.Place(Math.Clamp(number, column.Low, column.High))))
                .Where(number => number != column.Own && number >= column.Low && number <= column.High).Distinct().Order(),
        ];
    }

    private static double[] Sorted(ReadOnlySpan<double> values)
    {
        List<double> finite = [];
        foreach (double value in values)
        {
            if (double.IsFinite(value))
            {
                finite.Add(value);
            }
        }

        finite.Sort();
        return [.. finite];
    }
}
