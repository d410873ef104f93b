using System.Text.Json.Serialization;

namespace Governance.Audit.Explanations.Profiles;

/// <summary>How a model's output varies with one column or two: the body of <c>governance pdp</c>.</summary>
public sealed record ProfileReport
{
    /// <summary>What is shown.</summary>
    public required ProfileKind Kind { get; init; }

    /// <summary>The name of the output.</summary>
    public required string Output { get; init; }

    /// <summary>The column of the output, or null where all are shown.</summary>
    public int? ClassIndex { get; init; }

    /// <summary>"identity" or "logit".</summary>
    public required string Link { get; init; }

    /// <summary>One axis or two.</summary>
    public required IReadOnlyList<ProfileFeature> Features { get; init; }

    /// <summary>The rows averaged over, and their digest.</summary>
    public required BackgroundSummary Background { get; init; }

    /// <summary>Whether rows have weights of their own.</summary>
    public required bool Weighted { get; init; }

    /// <summary>Rows without a value on the axes; accumulated effects leave them out.</summary>
    public required int RowsLeftOut { get; init; }

    /// <summary>Whether ICE curves begin at 0; null for other kinds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Centred { get; init; }

    /// <summary>One a class shown.</summary>
    public required IReadOnlyList<ClassProfile> Profiles { get; init; }

    /// <summary>Two axes of accumulated effects: shape [intervals, intervals], the rows in each cell; else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<IReadOnlyList<int>>? CellRows { get; init; }

    /// <summary>The level of the intervals: percentile bootstrap over rows, point by point.</summary>
    public required double Level { get; init; }

    /// <summary>Resamples of the bootstrap.</summary>
    public required int Resamples { get; init; }

    /// <summary>Rows sent to the model.</summary>
    public required long ModelRows { get; init; }

    /// <summary>Calls of the model.</summary>
    public required long ModelCalls { get; init; }

    /// <summary>Wall time in seconds. Left out of evidence.</summary>
    public double? Seconds { get; init; }

    /// <summary>Where the model ran.</summary>
    public required string Provider { get; init; }

    /// <summary>The seed of the bootstrap.</summary>
    public required int Seed { get; init; }
}

/// <summary>One axis of a profile.</summary>
public sealed record ProfileFeature
{
    /// <summary>The column.</summary>
    public required string Feature { get; init; }

    /// <summary>The points as numbers, ascending; null for levels.</summary>
    public IReadOnlyList<double>? Numbers { get; init; }

    /// <summary>The points as levels; null for numbers.</summary>
    public IReadOnlyList<string>? Levels { get; init; }

    /// <summary>How the points are ordered: number, encoding, similarity or level.</summary>
    public required string Order { get; init; }

    /// <summary>The rows' deciles 10 % … 90 %; null for levels.</summary>
    public IReadOnlyList<double>? Deciles { get; init; }

    /// <summary>The share of rows at each level, or in each interval between numbers.</summary>
    public required IReadOnlyList<double> Shares { get; init; }

    /// <summary>The share of rows whose cell is missing.</summary>
    public required double MissingShare { get; init; }

    /// <summary>The number of points.</summary>
    [JsonIgnore]
    public int Points => Numbers?.Count ?? Levels!.Count;
}

/// <summary>The profile of one class.</summary>
public sealed record ClassProfile
{
    /// <summary>The column of the output.</summary>
    public required int ClassIndex { get; init; }

    /// <summary>The class's name, where known.</summary>
    public string? Class { get; init; }

    /// <summary>The mean output of the rows as they are, in the units of the link.</summary>
    public required double Average { get; init; }

    /// <summary>
    /// Shape [points of the first, points of the second (1 for one axis)]: the mean output (pdp, ice), or how far the column
    /// moves the output from its mean (ale).
    /// </summary>
    [JsonConverter(typeof(FlatWhenSingleConverter))]
    public required IReadOnlyList<IReadOnlyList<double>> Values { get; init; }

    /// <summary>Shape [points, points (1), 2]: [low, high]; NaN where resamples have no figure.</summary>
    [JsonConverter(typeof(FlatIntervalsConverter))]
    public required IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> Interval { get; init; }

    /// <summary>Partial dependence and its interval where the column is missing; null where no cell is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MissingPoint? Missing { get; init; }

    /// <summary>The curves of single rows, of kind ice only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RowCurve>? Curves { get; init; }
}

/// <summary>The mean output where a column is missing in every row.</summary>
/// <param name="Value">In the units of the link.</param>
/// <param name="Interval">[low, high].</param>
public sealed record MissingPoint(double Value, IReadOnlyList<double> Interval);

/// <summary>How the output of one row varies with the column.</summary>
/// <param name="Row">The row in the data, from 0.</param>
/// <param name="Values">Shape [points], in the units of the link.</param>
public sealed record RowCurve(int Row, IReadOnlyList<double> Values);
