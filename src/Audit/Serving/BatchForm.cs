namespace Governance.Audit.Serving;

/// <summary>In batches of how many rows a model gives every row the bytes that it always gives it.</summary>
/// <param name="Least">
/// Rows of a run for one row alone: 1, or 2 where the runtime sums a single row in another order than several. A row by itself
/// is then run beside a copy of itself, so that it has the same bytes in company.
/// </param>
/// <param name="Sizes">Ascending; the sizes that were tried and gave the same bytes at every place. Contains <paramref name="Least"/>.</param>
public sealed record BatchForm(int Least, IReadOnlyList<int> Sizes)
{
    /// <summary>Every row by itself.</summary>
    public static BatchForm Alone { get; } = new(1, [1]);

    /// <summary>The most rows of one run.</summary>
    public int Most => Sizes[^1];

    /// <summary>The rows of a run for so many: the smallest size that holds them, filled up with copies of the last row.</summary>
    /// <param name="rows">1 to <see cref="Most"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">No size holds so many.</exception>
    public int SizeFor(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Most);
        return Sizes.First(size => size >= rows);
    }

    /// <summary>The most rows of one run below a limit, at least 1.</summary>
    /// <param name="limit">At least 1.</param>
    public int MostBelow(int limit) => limit < Least ? 1 : Math.Max(1, Math.Min(limit, Sizes.LastOrDefault(size => size <= limit, Least)));
}
