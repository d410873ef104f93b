namespace Governance.Registry.SignOffs;

/// <summary>What a review looks at. The areas are reviewed side by side, by one reviewer or several.</summary>
public enum ReviewArea
{
    /// <summary>Data, performance, calibration, robustness, explanations.</summary>
    Technical,

    /// <summary>Outcomes and errors by protected group, alternatives.</summary>
    Fairness,

    /// <summary>Origin, integrity, extraction and membership risk.</summary>
    Security,
}
