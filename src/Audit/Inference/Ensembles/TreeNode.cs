namespace Governance.Audit.Inference.Ensembles;

/// <summary>One node of a tree: a test with two children, or a leaf with weights.</summary>
public sealed record TreeNode
{
    /// <summary>The test.</summary>
    public required BranchMode Mode { get; init; }

    /// <summary>The column of the ensemble's input that is tested; 0 for a leaf.</summary>
    public int Feature { get; init; }

    /// <summary>The threshold, as exact as the file holds it; unused by leaves and <see cref="BranchMode.Member"/>.</summary>
    public double Threshold { get; init; }

    /// <summary>The values of a <see cref="BranchMode.Member"/> test; else null.</summary>
    public IReadOnlyList<double>? Members { get; init; }

    /// <summary>Whether a missing value (NaN) passes the test whatever the mode says.</summary>
    public bool MissingPasses { get; init; }

    /// <summary>The index of the child where the test holds.</summary>
    public int TrueChild { get; init; }

    /// <summary>The index of the child where it does not.</summary>
    public int FalseChild { get; init; }

    /// <summary>How many training rows came here, as far as the file says; else null.</summary>
    public double? Hits { get; init; }

    /// <summary>What a leaf adds to which target; empty for tests.</summary>
    public IReadOnlyList<LeafWeight> Weights { get; init; } = [];

    /// <summary>Whether a value passes the node's test.</summary>
    /// <param name="value">The feature's value as the runtime compares it; NaN is missing.</param>
    public bool Passes(double value) => (MissingPasses && double.IsNaN(value)) || Mode switch
    {
        BranchMode.LessOrEqual => value <= Threshold,
        BranchMode.Less => value < Threshold,
        BranchMode.GreaterOrEqual => value >= Threshold,
        BranchMode.Greater => value > Threshold,
        BranchMode.Equal => value == Threshold,
        BranchMode.NotEqual => value != Threshold,
        BranchMode.Member => IsMember(value),
        _ => throw new InvalidOperationException("A leaf tests nothing."),
    };

    private bool IsMember(double value)
    {
        foreach (double member in Members!)
        {
            if (member == value)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>What a leaf adds to a target.</summary>
/// <param name="Target">The target or class, from 0.</param>
/// <param name="Weight">In the units of the ensemble's raw output.</param>
public readonly record struct LeafWeight(int Target, double Weight);
