using Governance.Audit.Slices;

namespace Governance.Portal.Features.Slices;

/// <summary>What an address asks of a search for weak rows; whatever it does not know is left at its default. Pure.</summary>
/// <param name="Offered">What can be measured of such a version.</param>
/// <param name="Metric">What is worse.</param>
/// <param name="Depth">Conditions, or splits, at most.</param>
/// <param name="MinRows">Rows at least, over both halves.</param>
public sealed record SliceWish(IReadOnlyList<SliceMetric> Offered, SliceMetric Metric, int Depth, int MinRows)
{
    /// <summary>The depths offered.</summary>
    public static readonly IReadOnlyList<int> Depths = [1, 2, 3];

    /// <summary>The fewest rows offered: over both halves, so that each holds about the 30 rows below which groups of persons are small.</summary>
    public static readonly IReadOnlyList<int> LeastRows = [60, 100, 200, 500];

    /// <summary>Reads an address.</summary>
    /// <param name="task">binary, multiclass or regression, as the evidence says; null where it does not.</param>
    /// <param name="metric">A name of <see cref="SliceMetrics.Names"/>.</param>
    /// <param name="depth">One of <see cref="Depths"/>.</param>
    /// <param name="rows">One of <see cref="LeastRows"/>.</param>
    public static SliceWish Of(string? task, string? metric, int? depth, int? rows)
    {
        IReadOnlyList<SliceMetric> offered = task switch
        {
            "regression" => [SliceMetric.SquaredError],
            "binary" => [SliceMetric.ErrorRate, SliceMetric.LogLoss, SliceMetric.SquaredError, SliceMetric.FalsePositiveRate, SliceMetric.FalseNegativeRate],
            _ => [SliceMetric.ErrorRate, SliceMetric.LogLoss, SliceMetric.SquaredError],
        };
        return new SliceWish(
            offered, offered.FirstOrDefault(each => each.Name() == metric, offered[0]), depth is int deep && Depths.Contains(deep) ? deep : Depths[^1],
            rows is int least && LeastRows.Contains(least) ? least : LeastRows[0]);
    }
}
