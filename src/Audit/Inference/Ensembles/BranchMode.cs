namespace Governance.Audit.Inference.Ensembles;

/// <summary>The test of a tree's node: how a feature x is compared with the node's threshold t.</summary>
public enum BranchMode
{
    /// <summary>No test: a leaf.</summary>
    Leaf,

    /// <summary>x ≤ t.</summary>
    LessOrEqual,

    /// <summary>x &lt; t.</summary>
    Less,

    /// <summary>x ≥ t.</summary>
    GreaterOrEqual,

    /// <summary>x &gt; t.</summary>
    Greater,

    /// <summary>x = t.</summary>
    Equal,

    /// <summary>x ≠ t, which also holds for a missing x.</summary>
    NotEqual,

    /// <summary>x is one of a set of values.</summary>
    Member,
}

/// <summary>How the trees of an ensemble are put together.</summary>
public enum EnsembleAggregate
{
    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their mean.</summary>
    Average,

    /// <summary>The smallest.</summary>
    Min,

    /// <summary>The largest.</summary>
    Max,
}
