using System.Text.Json.Serialization;

namespace Governance.Audit.Slices;

/// <summary>What found a slice.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SliceMethod>))]
public enum SliceMethod
{
    /// <summary>Conditions refined step by step.</summary>
    [JsonStringEnumMemberName("beam")]
    Beam,

    /// <summary>A tree grown on the losses.</summary>
    [JsonStringEnumMemberName("tree")]
    Tree,
}

/// <summary>Weak slices of the data: the body of <c>governance slices</c>.</summary>
public sealed record SlicesReport
{
    /// <summary>error_rate, log_loss, squared_error, fpr or fnr.</summary>
    public required string Metric { get; init; }

    /// <summary>The positive class, or null.</summary>
    public string? Positive { get; init; }

    /// <summary>Whether rows have weights of their own.</summary>
    public required bool Weighted { get; init; }

    /// <summary>How the rows were cut into halves.</summary>
    public required SliceSplit Split { get; init; }

    /// <summary>All rows of the discovery half.</summary>
    public required SliceFigure Discovery { get; init; }

    /// <summary>All rows of the held-out half.</summary>
    public required SliceFigure HeldOut { get; init; }

    /// <summary>The slices that were carried over to the held-out half: confirmed ones first, then by p value.</summary>
    public required IReadOnlyList<WeakSlice> Slices { get; init; }

    /// <summary>The tree grown on the losses of the discovery half, root first, with what the held-out half says of it; empty without one.</summary>
    public required IReadOnlyList<ErrorTreeNode> Tree { get; init; }

    /// <summary>The columns that conditions could name.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The columns that they could not, with the reason.</summary>
    public required IReadOnlyList<SkippedColumn> Skipped { get; init; }

    /// <summary>Slices that were looked at.</summary>
    public required long Evaluated { get; init; }

    /// <summary>Conditions of a slice at most.</summary>
    public required int Depth { get; init; }

    /// <summary>Rows of a slice at least, over both halves.</summary>
    public required int MinRows { get; init; }

    /// <summary>A slice is confirmed where its adjusted p value is at most this.</summary>
    public required double Alpha { get; init; }

    /// <summary>The level of intervals.</summary>
    public required double Level { get; init; }
}

/// <summary>How rows were cut into halves.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="DiscoveryShare">The share that slices were searched on.</param>
/// <param name="StratifiedBy">What both halves hold alike.</param>
/// <param name="NotCounted">Rows that the metric does not count: the positive ones of a false-positive rate.</param>
public sealed record SliceSplit(int Seed, double DiscoveryShare, string StratifiedBy, int NotCounted);

/// <summary>The metric of some rows.</summary>
/// <param name="Rows">How many, unweighted.</param>
/// <param name="Value">The metric; NaN without rows.</param>
/// <param name="Interval">[low, high], or null where there are too few rows.</param>
public sealed record SliceFigure(int Rows, double Value, IReadOnlyList<double>? Interval);

/// <summary>A column that no condition names.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Reason">Why, in a few words.</param>
public sealed record SkippedColumn(string Column, string Reason);

/// <summary>A slice that was worse than the rest where it was found, and what the held-out half says.</summary>
public sealed record WeakSlice
{
    /// <summary>Its conditions in the language of cohorts: usable as <c>--where</c>.</summary>
    public required string Where { get; init; }

    /// <summary>Its conditions one by one.</summary>
    public required IReadOnlyList<string> Conditions { get; init; }

    /// <summary>What found it.</summary>
    public required SliceMethod Method { get; init; }

    /// <summary>Its rows where it was found.</summary>
    public required SliceFigure Discovery { get; init; }

    /// <summary>The metric of the other rows there.</summary>
    public required double DiscoveryRest { get; init; }

    /// <summary>Its rows of the held-out half.</summary>
    public required SliceFigure HeldOut { get; init; }

    /// <summary>The metric of the other rows there; NaN without rows.</summary>
    public required double HeldOutRest { get; init; }

    /// <summary>Slice − rest on the held-out half; NaN where one of them has no rows.</summary>
    public required double Difference { get; init; }

    /// <summary>[low, high] of the difference, or null where there are too few rows.</summary>
    public required IReadOnlyList<double>? DifferenceInterval { get; init; }

    /// <summary>Two-sided, of no difference on the held-out half; null where there are too few rows.</summary>
    public required double? PValue { get; init; }

    /// <summary>After Benjamini and Hochberg over all slices carried over; null likewise.</summary>
    public required double? AdjustedPValue { get; init; }

    /// <summary>Whether the held-out half agrees: worse than the rest, adjusted p value at most alpha.</summary>
    public required bool Confirmed { get; init; }

    /// <summary>Slices of nearly the same rows, or that say nothing beyond this one.</summary>
    public required IReadOnlyList<SimilarSlice> Similar { get; init; }
}

/// <summary>A slice folded under a better one.</summary>
/// <param name="Where">Its conditions.</param>
/// <param name="Overlap">Jaccard's index of their rows in the discovery half.</param>
public sealed record SimilarSlice(string Where, double Overlap);

/// <summary>A node of the error tree.</summary>
/// <param name="Where">The conditions of its path; empty at the root.</param>
/// <param name="Parent">The index of the node above; null at the root.</param>
/// <param name="Rows">Its rows of the discovery half.</param>
/// <param name="Value">The metric there.</param>
/// <param name="IsLeaf">Whether it is not split further.</param>
public sealed record ErrorTreeNode(string Where, int? Parent, int Rows, double Value, bool IsLeaf)
{
    /// <summary>The condition that parts it from the other rows of the node above; empty at the root.</summary>
    public required string Split { get; init; }

    /// <summary>Its rows of the held-out half.</summary>
    public required SliceFigure HeldOut { get; init; }

    /// <summary>The metric of all other held-out rows; NaN at the root.</summary>
    public required double HeldOutRest { get; init; }

    /// <summary>Held out: the leaf less all other rows; NaN where it was not tested.</summary>
    public required double Difference { get; init; }

    /// <summary>[low, high] of the difference; null where it was not tested.</summary>
    public required IReadOnlyList<double>? DifferenceInterval { get; init; }

    /// <summary>
    /// Two-sided, of no difference on the held-out half, after Benjamini and Hochberg over the leaves that stood out where the tree was
    /// grown; null for all others, and where there are too few rows.
    /// </summary>
    public required double? AdjustedPValue { get; init; }

    /// <summary>Whether the held-out half agrees: a leaf that is worse than the rest, adjusted p value at most alpha.</summary>
    public bool Confirmed { get; init; }
}
