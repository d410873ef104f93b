namespace Governance.Audit.Slices;

/// <summary>Rows with what is measured of each.</summary>
public sealed record SliceRows
{
    /// <summary>What is measured.</summary>
    public required SliceMetric Metric { get; init; }

    /// <summary>Shape [rows]: the loss, at least 0, of a rate 0 or 1; NaN where the row is not counted.</summary>
    public required double[] Losses { get; init; }

    /// <summary>Shape [rows], finite and at least 0; null for 1 each.</summary>
    public double[]? Weights { get; init; }

    /// <summary>Shape [rows]: rows of one stratum are shared out evenly between the halves.</summary>
    public required int[] Strata { get; init; }

    /// <summary>What the strata are, for the report: "label", or "quarters of the label".</summary>
    public required string StratifiedBy { get; init; }

    /// <summary>Columns that conditions must not name: label, prediction, score, weight.</summary>
    public required IReadOnlyList<string> Used { get; init; }

    /// <summary>The positive class; null where there is none.</summary>
    public string? Positive { get; init; }
}
