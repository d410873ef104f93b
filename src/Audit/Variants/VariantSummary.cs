using Governance.Audit.Variants.Distillation;

namespace Governance.Audit.Variants;

/// <summary>Bytes of the parent and of the variant.</summary>
/// <param name="Before">The parent's.</param>
/// <param name="After">The variant's.</param>
public sealed record BytePair(long Before, long After)
{
    /// <summary>After as a share of before; null where there was nothing.</summary>
    public double? Ratio => Before == 0 ? null : (double)After / Before;
}

/// <summary>A node that a recipe changed.</summary>
/// <param name="Name">Its name, or its first output's.</param>
/// <param name="Operator">Its operator in the parent.</param>
/// <param name="What">What became of it.</param>
public sealed record TouchedNode(string Name, string Operator, string What);

/// <summary>A node that a recipe could have changed and did not.</summary>
/// <param name="Name">Its name, or its first output's.</param>
/// <param name="Operator">Its operator.</param>
/// <param name="Why">The reason, in words.</param>
public sealed record LeftNode(string Name, string Operator, string Why);

/// <summary>What a recipe did to a model, measured on the files before and after.</summary>
public sealed record VariantSummary
{
    /// <summary>From how many weights on a matrix counts as large.</summary>
    public const int LargeMatrix = 1_024;

    /// <summary>All tensors of numbers that the files hold.</summary>
    public required BytePair Weights { get; init; }

    /// <summary>What stands for matrices of at least <see cref="LargeMatrix"/> weights, with the scales and zero points that belong to them.</summary>
    public required BytePair LargeMatrices { get; init; }

    /// <summary>The files.</summary>
    public required BytePair File { get; init; }

    /// <summary>The nodes changed, in the parent's order.</summary>
    public required IReadOnlyList<TouchedNode> Touched { get; init; }

    /// <summary>The nodes that stay as they were, and why.</summary>
    public required IReadOnlyList<LeftNode> LeftAlone { get; init; }

    /// <summary>Weights that are zero, of all weights of matrices in the variant, in [0, 1].</summary>
    public required double ZeroShare { get; init; }
}

/// <summary>A variant and what was done.</summary>
/// <param name="Model">The ONNX file.</param>
/// <param name="Summary">What was done.</param>
public sealed record MadeVariant(byte[] Model, VariantSummary Summary)
{
    /// <summary>How a student does beside its parent; null for other recipes.</summary>
    public StudentReport? Student { get; init; }
}
