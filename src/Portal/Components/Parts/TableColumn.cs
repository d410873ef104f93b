using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Components.Parts;

/// <summary>One column of a <see cref="DataTable{TRow}"/>.</summary>
/// <param name="Title">The head, with its unit where it has one.</param>
/// <param name="Cell">What stands in a cell.</param>
public sealed record TableColumn<TRow>(string Title, RenderFragment<TRow> Cell)
{
    /// <summary>What rows are sorted by; null for a column that cannot be sorted by.</summary>
    public Func<TRow, IComparable?>? SortBy { get; init; }

    /// <summary>The column's name in the address; its title in lower case with hyphens where it is not set.</summary>
    public string Key { get; init; } = Title.ToLowerInvariant().Replace(' ', '-');

    /// <summary>Whether its cells are numbers: aligned to the right.</summary>
    public bool IsNumber { get; init; }

    /// <summary>Whether its cells name their row; as a rule the first column.</summary>
    public bool IsRowHead { get; init; }

    /// <summary>Further classes of its cells, or null.</summary>
    public string? Class { get; init; }
}
