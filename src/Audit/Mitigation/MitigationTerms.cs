namespace Governance.Audit.Mitigation;

/// <summary>How decisions are made fairer.</summary>
public enum MitigationMethod
{
    /// <summary>Thresholds of each group, chosen for an objective under a constraint.</summary>
    Threshold,

    /// <summary>Weights of rows for the next training.</summary>
    Reweigh,

    /// <summary>A band around the threshold in which the group that fared worse is given the favourable outcome.</summary>
    RejectBand,
}

/// <summary>What shall be alike between groups.</summary>
public enum ParityConstraint
{
    /// <summary>The share predicted positive, and with it the share predicted favourable.</summary>
    DemographicParity,

    /// <summary>The true positive rate.</summary>
    EqualOpportunity,

    /// <summary>The true positive and the false positive rate.</summary>
    EqualizedOdds,

    /// <summary>The false positive rate.</summary>
    FprParity,

    /// <summary>The false negative rate: as equal opportunity, but for rounding.</summary>
    FnrParity,

    /// <summary>The true negative rate: as parity of the false positive rate, but for rounding.</summary>
    TnrParity,
}

/// <summary>What is made as large as the constraint lets it be.</summary>
public enum MitigationObjective
{
    /// <summary>The share of rows decided right.</summary>
    Accuracy,

    /// <summary>The mean of the true positive and the true negative rate.</summary>
    Balanced,

    /// <summary>The negative cost of errors a row.</summary>
    Cost,
}

/// <summary>What errors cost, where the objective is <see cref="MitigationObjective.Cost"/>.</summary>
/// <param name="FalsePositive">Of one false positive, at least 0.</param>
/// <param name="FalseNegative">Of one false negative, at least 0.</param>
public readonly record struct ErrorCosts(double FalsePositive, double FalseNegative)
{
    /// <summary>Both alike: the cost is then the share of errors.</summary>
    public static ErrorCosts Equal { get; } = new(1, 1);
}
