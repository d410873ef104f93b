namespace Governance.Audit.Ensembles;

/// <summary>How the members of an ensemble are put together.</summary>
public enum Combination
{
    /// <summary>The mean of what the members say.</summary>
    Average,

    /// <summary>The weighted mean.</summary>
    Weighted,

    /// <summary>Each member decides by its own rule and has one vote.</summary>
    Majority,

    /// <summary>A logistic model that was trained on what the members say of labelled rows.</summary>
    Stacking,
}
