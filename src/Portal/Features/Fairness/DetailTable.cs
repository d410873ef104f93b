namespace Governance.Portal.Features.Fairness;

/// <summary>A table of what stands beside an attribute's rates, for pages and the terminal alike. The first cell of a row heads it.</summary>
/// <param name="Title">What it shows, such as "Worst pair of groups by metric".</param>
/// <param name="Note">How to read it, in one sentence.</param>
/// <param name="Head">The heads of the columns.</param>
/// <param name="Rows">Cells as people read them.</param>
public sealed record DetailTable(string Title, string Note, IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Rows);
