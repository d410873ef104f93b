namespace Governance.Portal.Components.Plots;

/// <summary>The table twin of a plot: its numbers as text, for readers, for export and where no script runs.</summary>
/// <param name="Columns">The heads, with units.</param>
/// <param name="Rows">Shape [rows][columns]; the first cell names the row.</param>
public sealed record PlotTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);
