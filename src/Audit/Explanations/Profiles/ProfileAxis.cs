using Governance.Audit.Inference;

namespace Governance.Audit.Explanations.Profiles;

/// <summary>A column as a profile moves it: its points, and where each row stands among them.</summary>
/// <remarks>
/// The points are values of the column, numbers ascending or levels in an order that <see cref="Order"/> names. Between
/// neighbouring points lie intervals 0 … points − 2. A row of a numeric axis lies in one interval (its own value above
/// the lower point, up to and with the upper one; the first interval holds the least value too); a row of levels stands
/// on a point and touches the intervals on both sides.
/// </remarks>
public sealed record ProfileAxis
{
    /// <summary>The column.</summary>
    public required ReadableColumn Column { get; init; }

    /// <summary>The points as numbers, ascending; null for levels.</summary>
    public IReadOnlyList<double>? Numbers { get; init; }

    /// <summary>The points as levels; null for numbers.</summary>
    public IReadOnlyList<string>? Levels { get; init; }

    /// <summary>How the points are ordered: "number", "encoding" (the number that the encoding gives), "similarity" or "level".</summary>
    public required string Order { get; init; }

    /// <summary>Points, one row each, as the model reads them; behind them "missing" where the column has missing cells.</summary>
    public required InputBatch Encoded { get; init; }

    /// <summary>Shape [rows]: the interval of a numeric axis or the point of levels; -1 where missing or not among the points.</summary>
    public required IReadOnlyList<int> Places { get; init; }

    /// <summary>The rows' deciles 10 %, 20 % … 90 %; null for levels.</summary>
    public IReadOnlyList<double>? Deciles { get; init; }

    /// <summary>The share of rows at each level, or in each interval of a numeric axis.</summary>
    public required IReadOnlyList<double> Shares { get; init; }

    /// <summary>The share of rows whose cell is missing.</summary>
    public required double MissingShare { get; init; }

    /// <summary>The number of points, "missing" not counted.</summary>
    public int Points => Numbers?.Count ?? Levels!.Count;

    /// <summary>Whether the points are numbers.</summary>
    public bool IsNumeric => Numbers is not null;

    /// <summary>Whether <see cref="Encoded"/> ends with a point for "missing".</summary>
    public bool HasMissing => Encoded.Rows > Points;
}

/// <summary>How points are laid along an axis.</summary>
public sealed record AxisOptions
{
    /// <summary>The default number of points or, for accumulated effects, intervals.</summary>
    public const int DefaultPoints = 20;

    /// <summary>The most points that may be asked for.</summary>
    public const int MostPoints = 1_000;

    /// <summary>The most levels of a column; of more the most frequent are taken.</summary>
    public const int MostLevels = 50;

    /// <summary>At least 2 and at most <see cref="MostPoints"/>; a column of fewer distinct numbers has a point at each.</summary>
    public int Points { get; init; } = DefaultPoints;

    /// <summary>"quantile" (every point is a value of the data) or "uniform" (equal steps from the least to the largest).</summary>
    public string Spacing { get; init; } = "quantile";

    /// <summary>"auto", "similarity" or "level": how levels are ordered that the encoding gives no numbers.</summary>
    public string Order { get; init; } = "auto";
}
