namespace Governance.Audit.Fairness;

/// <summary>How well other columns tell a protected attribute.</summary>
public sealed record ProxyReport
{
    /// <summary>The rows looked at.</summary>
    public required int Rows { get; init; }

    /// <summary>Column by column, the most telling first.</summary>
    public required IReadOnlyList<ProxyColumn> Columns { get; init; }

    /// <summary>All columns together, by group against the rest; null where no column can serve.</summary>
    public IReadOnlyList<ProxyGroup>? Together { get; init; }
}

/// <summary>What one column tells.</summary>
/// <param name="Column">Its name.</param>
/// <param name="MutualInformation">With the attribute, in nats.</param>
/// <param name="Explained">The part of the attribute's entropy that it takes away, in [0, 1].</param>
/// <param name="RocAuc">Of the group that it tells best against the rest, cross-fitted; 0.5 tells nothing. Null with too few rows.</param>
/// <param name="Interval">[low, high] of the area, or null.</param>
/// <param name="Group">That group.</param>
/// <param name="PValue">Of the likelihood-ratio test that column and attribute are independent.</param>
/// <param name="AdjustedPValue">By Holm over the columns.</param>
public sealed record ProxyColumn(
    string Column, double MutualInformation, double Explained, double? RocAuc, IReadOnlyList<double>? Interval, string? Group,
    double PValue, double AdjustedPValue);

/// <summary>How well all columns together tell one group from the rest.</summary>
/// <param name="Group">The group.</param>
/// <param name="RocAuc">Of a logistic regression, cross-fitted; 0.5 tells nothing.</param>
/// <param name="Interval">[low, high], or null.</param>
/// <param name="Rows">The rows it was fitted and scored on.</param>
public sealed record ProxyGroup(string Group, double RocAuc, IReadOnlyList<double>? Interval, int Rows);
