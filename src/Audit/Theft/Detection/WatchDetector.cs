namespace Governance.Audit.Theft.Detection;

/// <summary>What a watch looks at, each a bet of its own.</summary>
public enum WatchDetector
{
    /// <summary>Rows far from all reference rows: made up rather than met with.</summary>
    Outlying,

    /// <summary>Rows near the decision boundary: what a thief learns most from.</summary>
    Boundary,

    /// <summary>Rows near rows that were just asked: line searches and finite differences.</summary>
    Near,

    /// <summary>Rows whose cells fit the columns but not each other: drawn column by column from a published profile.</summary>
    Scrambled,

    /// <summary>Rows of which some cells were exchanged: real rows that were pushed or recombined.</summary>
    Patched,
}
