using Governance.Audit.Drift.Distances;
using Governance.Audit.Statistics.Resampling;

namespace Governance.Audit.Drift;

/// <summary>Counts of both samples over cells that a person can look at.</summary>
/// <remarks>
/// Numbers: equally wide cells over the middle 98 % of both samples, the ends open, so that one far value neither squeezes
/// the picture nor is told by it. Levels: the most frequent ones, named where the column has few.
/// </remarks>
internal static class DriftHistograms
{
    /// <summary>The most levels of a column whose names are told.</summary>
    public const int MostNamed = 50;

    private const int Cells = 24;
    private const int MostLevels = 12;

    /// <summary>Counts; null without a value in one sample.</summary>
    public static DriftHistogram? Of(PreparedColumn reference, PreparedColumn current, bool byLevel) =>
        reference.Count == 0 || current.Count == 0 ? null : byLevel ? Levels(reference, current) : Numbers(reference, current);

    private static DriftHistogram Numbers(PreparedColumn reference, PreparedColumn current)
    {
        double low = Math.Min(Quantiles.OfSorted(reference.Sorted, 0.01), Quantiles.OfSorted(current.Sorted, 0.01));
        double high = Math.Max(Quantiles.OfSorted(reference.Sorted, 0.99), Quantiles.OfSorted(current.Sorted, 0.99));
        NumberBins wide = NumberBins.EquallyWide(low, high, Cells) ?? NumberBins.EquallyFull(reference.Sorted, Cells);
        NumberBins bins = NumberBins.Between([.. wide.Edges]);
        return new DriftHistogram(bins.Edges, null, bins.Count(reference.Numbers), bins.Count(current.Numbers));
    }

    private static DriftHistogram Levels(PreparedColumn reference, PreparedColumn current)
    {
        LevelCells cells = LevelCells.Of(reference.Levels, current.Levels);
        int[] order = [.. Enumerable.Range(0, cells.Names.Count).OrderByDescending(cell => cells.Reference[cell] + cells.Current[cell]).ThenBy(cell => cell)];
        int[] shown = order[..Math.Min(order.Length, MostLevels)];
        int[] rest = order[shown.Length..];
        bool named = cells.Names.Count <= MostNamed && cells.Pooled == 0;
        return new DriftHistogram(
            null,
            named ? [.. shown.Select(cell => cells.Names[cell]), .. Other(rest)] : null,
            [.. shown.Select(cell => cells.Reference[cell]), .. Sum(cells.Reference, rest)],
            [.. shown.Select(cell => cells.Current[cell]), .. Sum(cells.Current, rest)]);
    }

    private static string[] Other(int[] rest) => rest.Length == 0 ? [] : [$"{rest.Length} others"];

    private static long[] Sum(long[] counts, int[] rest) => rest.Length == 0 ? [] : [rest.Sum(cell => counts[cell])];
}
