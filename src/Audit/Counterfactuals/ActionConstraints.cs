namespace Governance.Audit.Counterfactuals;

/// <summary>What a person can act upon: which columns may change, how far, and how many of them.</summary>
public sealed record ActionConstraints
{
    /// <summary>Nothing is forbidden but values that the data never shows.</summary>
    public static ActionConstraints None { get; } = new();

    /// <summary>The constraints of columns by name; a column that is not named may change within the range of the data.</summary>
    public IReadOnlyDictionary<string, ColumnConstraint> Columns { get; init; } = new Dictionary<string, ColumnConstraint>(StringComparer.Ordinal);

    /// <summary>The most columns that may change, at least 1; null for any number.</summary>
    public int? MaxChanges { get; init; }

    /// <summary>The same with further columns that may not change.</summary>
    public ActionConstraints WithImmutable(IEnumerable<string> names)
    {
        Dictionary<string, ColumnConstraint> columns = new(Columns, StringComparer.Ordinal);
        foreach (string name in names)
        {
            columns[name] = columns.GetValueOrDefault(name, ColumnConstraint.Free) with { Immutable = true };
        }

        return this with { Columns = columns };
    }
}

/// <summary>Which way a column may change.</summary>
public enum ActionDirection
{
    /// <summary>Either way.</summary>
    Any,

    /// <summary>Only to larger numbers or later levels.</summary>
    Up,

    /// <summary>Only to smaller numbers or earlier levels.</summary>
    Down,
}

/// <summary>How one column may change. What it holds now is always allowed.</summary>
public sealed record ColumnConstraint
{
    /// <summary>May change in any way that the data shows.</summary>
    public static ColumnConstraint Free { get; } = new();

    /// <summary>Whether it may not change at all.</summary>
    public bool Immutable { get; init; }

    /// <summary>The least new number, inclusive; null for the least of the data.</summary>
    public double? Min { get; init; }

    /// <summary>The largest new number, inclusive; null for the largest of the data.</summary>
    public double? Max { get; init; }

    /// <summary>New numbers are multiples of this above <see cref="Min"/>, or above 0 where that is not given; null for the data's own decimals.</summary>
    public double? Step { get; init; }

    /// <summary>Whether new numbers are whole; null where the data decide.</summary>
    public bool? Whole { get; init; }

    /// <summary>Which way it may change.</summary>
    public ActionDirection Direction { get; init; }

    /// <summary>The only new levels allowed; null for all that model or data know.</summary>
    public IReadOnlyList<string>? Levels { get; init; }

    /// <summary>The order of the levels, for <see cref="Direction"/>; null for the numbers that the encoding gives them.</summary>
    public IReadOnlyList<string>? Order { get; init; }

    /// <summary>How much harder than others it is to change: multiplies its cost. Above 0.</summary>
    public double Cost { get; init; } = 1;
}
