namespace Governance.Audit.Drift;

/// <summary>A column of which only counts by cell are left.</summary>
public sealed record BinnedColumn
{
    private BinnedColumn(string name, DriftKind kind, long rows) => (Name, Kind, Rows) = (name, kind, rows);

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>What its cells are.</summary>
    public DriftKind Kind { get; }

    /// <summary>All rows, those without a value included.</summary>
    public long Rows { get; }

    /// <summary>Of numbers: shape [cells − 1], the inner edges, ascending; a cell holds its lower edge, the ends are open.</summary>
    public IReadOnlyList<double> Edges { get; private init; } = [];

    /// <summary>Of numbers: shape [cells].</summary>
    public IReadOnlyList<long> Counts { get; private init; } = [];

    /// <summary>Of levels: how often each occurs.</summary>
    public IReadOnlyDictionary<string, long> Levels { get; private init; } = new Dictionary<string, long>();

    /// <summary>Rows with a value.</summary>
    public long Count => Kind == DriftKind.Categorical ? Levels.Values.Sum() : Counts.Sum();

    /// <summary>Numbers by bin.</summary>
    /// <param name="name">The column.</param>
    /// <param name="edges">Shape [cells − 1], the inner edges, ascending.</param>
    /// <param name="counts">Shape [cells], not negative.</param>
    /// <param name="rows">All rows, at least the sum of <paramref name="counts"/>.</param>
    /// <exception cref="ArgumentException">The shapes or numbers are not of that kind.</exception>
    public static BinnedColumn OfNumbers(string name, IReadOnlyList<double> edges, IReadOnlyList<long> counts, long rows)
    {
        bool ascending = Enumerable.Range(1, Math.Max(0, edges.Count - 1)).All(i => edges[i - 1] < edges[i]);
        return counts.Count == edges.Count + 1 && ascending && counts.All(count => count >= 0) && rows >= counts.Sum()
            ? new BinnedColumn(name, DriftKind.Numeric, rows) { Edges = [.. edges], Counts = [.. counts] }
            : throw new ArgumentException("Expected ascending edges, one count more than edges, and at least as many rows.", nameof(counts));
    }

    /// <summary>Levels by name.</summary>
    /// <param name="name">The column.</param>
    /// <param name="levels">How often each occurs, above 0.</param>
    /// <param name="rows">All rows, at least the sum of the counts.</param>
    /// <exception cref="ArgumentException">A count is not above 0, or the rows are fewer.</exception>
    public static BinnedColumn OfLevels(string name, IReadOnlyDictionary<string, long> levels, long rows) =>
        levels.Values.All(count => count > 0) && rows >= levels.Values.Sum()
            ? new BinnedColumn(name, DriftKind.Categorical, rows) { Levels = new Dictionary<string, long>(levels, StringComparer.Ordinal) }
            : throw new ArgumentException("Expected counts above 0, and at least as many rows.", nameof(levels));
}
