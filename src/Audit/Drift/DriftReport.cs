using System.Text.Json.Serialization;

namespace Governance.Audit.Drift;

/// <summary>How the columns of two data sets differ.</summary>
/// <param name="Columns">One entry a column, in the order of the reference data; one for all where they are tested together.</param>
/// <param name="Dataset">What that says of the data as a whole.</param>
public sealed record DriftReport(IReadOnlyList<ColumnDrift> Columns, DatasetDrift Dataset);

/// <summary>How one column differs.</summary>
public sealed record ColumnDrift
{
    /// <summary>The column.</summary>
    public required string Name { get; init; }

    /// <summary>numeric, categorical or datetime; joint for all columns together.</summary>
    public required string Kind { get; init; }

    /// <summary>A word of <see cref="DriftTests.Words"/>.</summary>
    public required string Test { get; init; }

    /// <summary>The test's statistic or distance; null where a data set has no value.</summary>
    public double? Statistic { get; init; }

    /// <summary>[low, high] of the statistic at 1 − α; null where it has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<double>? Interval { get; init; }

    /// <summary>Of the hypothesis that both data sets come from one distribution; null for a distance.</summary>
    public double? PValue { get; init; }

    /// <summary>
    /// The same by counting deals of the pooled values, where cells are too small for the χ² distribution: this one decides
    /// then. Null else.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ExactPValue { get; init; }

    /// <summary>The p value that decides, adjusted over the columns.</summary>
    public double? AdjustedPValue { get; init; }

    /// <summary>From where on the column has drifted: an adjusted p value below it, or a distance above it.</summary>
    public required double Threshold { get; init; }

    /// <summary>What the distance stays below by chance, with probability 1 − α, were nothing different; null for a test.</summary>
    public double? NoiseFloor { get; init; }

    /// <summary>
    /// Whether the values or the rate of missing cells have drifted; null where neither could be measured, or the one that
    /// could has not.
    /// </summary>
    public bool? Drifted { get; init; }

    /// <summary>Values in the reference data.</summary>
    public required int ReferenceCount { get; init; }

    /// <summary>Values in the current data.</summary>
    public required int CurrentCount { get; init; }

    /// <summary>Missing cells of the reference data.</summary>
    public required int MissingReference { get; init; }

    /// <summary>Missing cells of the current data.</summary>
    public required int MissingCurrent { get; init; }

    /// <summary>Cells of the reference data that are infinite, or no numbers in a column of numbers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int UnusableReference { get; init; }

    /// <summary>Cells of the current data that are infinite, or no numbers in a column of numbers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int UnusableCurrent { get; init; }

    /// <summary>Levels that the current data has and the reference has not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int NewLevels { get; init; }

    /// <summary>Levels that the reference has and the current data has not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int VanishedLevels { get; init; }

    /// <summary>Whether the rate of cells without a usable value differs; null where both have none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RateDrift? Missing { get; init; }

    /// <summary>What is special about the column; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Counts to draw both samples by; null where they were not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DriftHistogram? Histogram { get; init; }

    /// <summary>Whether the values alone have drifted; null where they could not be compared.</summary>
    [JsonIgnore]
    public bool? ValuesDrifted { get; init; }

    /// <summary>The p value that decides, before it is adjusted.</summary>
    [JsonIgnore]
    public double? DecidingPValue => ExactPValue ?? PValue;
}

/// <summary>Whether a rate differs between two samples.</summary>
/// <param name="Reference">The reference's rate, in [0, 1].</param>
/// <param name="Current">The current rate.</param>
/// <param name="PValue">Of two proportions: Fisher's exact test for small counts, the pooled z test else.</param>
/// <param name="AdjustedPValue">Adjusted over the columns.</param>
/// <param name="Drifted">Whether that is below α.</param>
public sealed record RateDrift(double Reference, double Current, double PValue, double AdjustedPValue, bool Drifted);

/// <summary>Counts of both samples over the same cells, to draw them by.</summary>
/// <param name="Edges">Of numbers: shape [cells − 1], the inner edges, the ends open; null of levels.</param>
/// <param name="Levels">Of levels: shape [cells]; null of numbers, and where they are too many to be named.</param>
/// <param name="Reference">Shape [cells]: counts.</param>
/// <param name="Current">Shape [cells]: counts.</param>
public sealed record DriftHistogram(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<double>? Edges,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Levels,
    IReadOnlyList<long> Reference, IReadOnlyList<long> Current);

/// <summary>What the columns say of the data as a whole.</summary>
/// <param name="Drifted">Whether the rule holds.</param>
/// <param name="Share">The share of columns that drifted, of those that could be measured; null where none could.</param>
/// <param name="Rule">In words.</param>
public sealed record DatasetDrift(bool Drifted, double? Share, string Rule);
