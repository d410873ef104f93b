using Governance.Audit.Explanations.Profiles;

namespace Governance.Audit.Counterfactuals;

/// <summary>A column of one case: what it holds, what it could hold instead, and what a change costs.</summary>
/// <remarks>
/// A state of the column is a number: the cell's own for a column of numbers, else an index into <see cref="Options"/>.
/// New numbers lie on a lattice: multiples of <see cref="Step"/> above <see cref="Anchor"/>, between <see cref="Low"/>
/// and <see cref="High"/>.
/// </remarks>
public sealed record ActionColumn
{
    /// <summary>The column.</summary>
    public required ReadableColumn Column { get; init; }

    /// <summary>The state that the case has now.</summary>
    public required double Own { get; init; }

    /// <summary>The least new number, on the lattice.</summary>
    public double Low { get; init; }

    /// <summary>The largest new number, on the lattice.</summary>
    public double High { get; init; }

    /// <summary>Where the lattice begins.</summary>
    public double Anchor { get; init; }

    /// <summary>The width of the lattice; above 0.</summary>
    public double Step { get; init; } = 1;

    /// <summary>The decimals of lattice numbers.</summary>
    public int Digits { get; init; }

    /// <summary>What a change of a number is measured in: see <see cref="ColumnScale"/>. Above 0.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>The column's own spread ("mad", "sd" or "one"), or "level".</summary>
    public required string ScaleKind { get; init; }

    /// <summary>What a column of levels may hold: the level it has now first (null where missing), then the others; null for numbers.</summary>
    public IReadOnlyList<string?>? Options { get; init; }

    /// <summary>How much harder than others it is to change.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>States worth trying first, the own one not among them; empty where it cannot change.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>Whether states are numbers.</summary>
    public bool IsNumeric => Options is null;

    /// <summary>What a state costs: 0 for the own one, else weight · (1 + distance), where distance is |change| / scale or 1 for a level.</summary>
    public double Cost(double state) => state == Own ? 0 : Weight * (1 + (IsNumeric ? Math.Abs(state - Own) / Scale : 1));

    /// <summary>The place of a number on the lattice, rounded toward <see cref="Own"/>.</summary>
    public long Place(double number) => (long)(number > Own
        ? Math.Floor(((number - Anchor) / Step) + 1e-9)
        : Math.Ceiling(((number - Anchor) / Step) - 1e-9));

    /// <summary>The number at a place of the lattice.</summary>
    public double At(long place) => Math.Round(Anchor + (place * Step), Digits);

    /// <summary>Whether the column may hold a state.</summary>
    public bool Allows(double state)
    {
        if (state == Own)
        {
            return true;
        }

        return IsNumeric
            ? state >= Low && state <= High && At((long)Math.Round((state - Anchor) / Step)) == state
            : state == Math.Floor(state) && state >= 0 && state < Options!.Count;
    }
}
