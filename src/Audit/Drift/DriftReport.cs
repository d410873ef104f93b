namespace Governance.Audit.Drift;

/// <summary>How the columns of two data sets differ.</summary>
/// <param name="Columns">One entry a column, in the order of the reference data.</param>
/// <param name="Dataset">What that says of the data as a whole.</param>
public sealed record DriftReport(IReadOnlyList<ColumnDrift> Columns, DatasetDrift Dataset);

/// <summary>How one column differs.</summary>
public sealed record ColumnDrift
{
    /// <summary>The column.</summary>
    public required string Name { get; init; }

    /// <summary>numeric or categorical.</summary>
    public required string Kind { get; init; }

    /// <summary>ks, chi2 or psi.</summary>
    public required string Test { get; init; }

    /// <summary>D of Kolmogorov and Smirnov, χ², or the population stability index; null where a data set has no value.</summary>
    public double? Statistic { get; init; }

    /// <summary>Of the hypothesis that both data sets come from one distribution; null for psi.</summary>
    public double? PValue { get; init; }

    /// <summary>Adjusted over the columns.</summary>
    public double? AdjustedPValue { get; init; }

    /// <summary>From where on the column has drifted: a p value below it, or a psi above it.</summary>
    public required double Threshold { get; init; }

    /// <summary>The psi to expect from sampling alone; null for tests.</summary>
    public double? NoiseFloor { get; init; }

    /// <summary>Whether the threshold is passed; null where nothing could be measured.</summary>
    public bool? Drifted { get; init; }

    /// <summary>Values in the reference data.</summary>
    public required int ReferenceCount { get; init; }

    /// <summary>Values in the current data.</summary>
    public required int CurrentCount { get; init; }

    /// <summary>Missing cells of the reference data.</summary>
    public required int MissingReference { get; init; }

    /// <summary>Missing cells of the current data.</summary>
    public required int MissingCurrent { get; init; }

    /// <summary>What is special about the column; null for nothing.</summary>
    public string? Note { get; init; }
}

/// <summary>What the columns say of the data as a whole.</summary>
/// <param name="Drifted">Whether the rule holds.</param>
/// <param name="Share">The share of columns that drifted, of those that could be measured; null where none could.</param>
/// <param name="Rule">In words.</param>
public sealed record DatasetDrift(bool Drifted, double? Share, string Rule);
