namespace Governance.Audit.Slices;

/// <summary>A condition on one column.</summary>
/// <param name="Column">The column's index among those searched.</param>
/// <param name="Codes">Bit c is set where cells of code c fulfil it.</param>
internal readonly record struct SliceCondition(int Column, ulong Codes);

/// <summary>A slice that may be weak.</summary>
/// <param name="Conditions">One a column, by column; none for all rows.</param>
/// <param name="Sums">Its rows of the discovery half.</param>
/// <param name="Distance">Standard errors above the rest of the discovery half.</param>
/// <param name="Method">What found it.</param>
/// <param name="Counts">Whether each condition that was looked at makes it clearly worse than it would be without it.</param>
internal sealed record SliceCandidate(
    IReadOnlyList<SliceCondition> Conditions, SliceSums Sums, double Distance, SliceMethod Method, bool Counts = true)
{
    /// <summary>The same conditions have the same key.</summary>
    public string Key { get; } = string.Join(";", Conditions.Select(condition => $"{condition.Column:D4}:{condition.Codes:X16}"));

    /// <summary>The conditions with one more, by column.</summary>
    public IReadOnlyList<SliceCondition> With(SliceCondition more) => [.. Conditions.Append(more).OrderBy(condition => condition.Column)];
}
