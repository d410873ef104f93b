namespace Governance.Audit.Data;

/// <summary>How a column's cells are to be read.</summary>
public enum CellKind
{
    /// <summary>As numbers where every cell is one, else as text.</summary>
    Guess,

    /// <summary>As numbers; a cell that is none is refused.</summary>
    Number,

    /// <summary>As text, spelt as in the file.</summary>
    Text,
}

/// <summary>What a person said about a column, where it differs from the guess.</summary>
/// <param name="Name">The column.</param>
/// <param name="Kind">How its cells are read.</param>
/// <param name="Missing">Cells that mean "missing", besides the empty one: NA, ?, -999.</param>
public sealed record ColumnRule(string Name, CellKind Kind, IReadOnlyList<string> Missing);
