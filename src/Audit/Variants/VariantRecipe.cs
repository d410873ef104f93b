using System.Text.Json.Serialization;
using Governance.Audit.Data;
using Governance.Audit.Training.Students;

namespace Governance.Audit.Variants;

/// <summary>How a variant is made from a model.</summary>
public enum VariantKind
{
    /// <summary>8-bit weights and products; the range of what is multiplied is measured while the model runs.</summary>
    Int8Dynamic,

    /// <summary>8-bit weights and products; ranges come from rows beforehand.</summary>
    Int8Static,

    /// <summary>8-bit weights that are widened before use; products stay in 32 bits.</summary>
    Int8Weights,

    /// <summary>16-bit floats, with 32-bit islands where they are needed.</summary>
    Fp16,

    /// <summary>The same arithmetic with less work: constants folded, operators joined.</summary>
    Optimise,

    /// <summary>The smallest weights set to zero; shapes stay.</summary>
    Prune,

    /// <summary>Whole neurons or channels taken out; shapes shrink.</summary>
    PruneStructured,

    /// <summary>Trees taken out of an ensemble, or their leaves merged; lists shrink.</summary>
    PruneTrees,

    /// <summary>A small model trained on the model's own answers, in its place.</summary>
    Distil,
}

/// <summary>What is taken out of an ensemble of trees.</summary>
public enum TreePart
{
    /// <summary>Whole trees.</summary>
    Trees,

    /// <summary>Leaves: two of one branch become one.</summary>
    Leaves,
}

/// <summary>Over what one range of activations is measured while a dynamic variant runs.</summary>
public enum ActivationScale
{
    /// <summary>Each row for itself, so that a row's answer does not depend on the rows beside it.</summary>
    Row,

    /// <summary>The whole batch at once, as ONNX's DynamicQuantizeLinear does: fewer operators, but rows influence each other.</summary>
    Tensor,
}

/// <summary>How a static variant takes ranges from what values were seen.</summary>
public enum RangeMethod
{
    /// <summary>From the smallest to the largest value.</summary>
    MinMax,

    /// <summary>The same after both tails beyond a percentile were cut.</summary>
    Percentile,

    /// <summary>The range whose 128 levels lose least information (Kullback-Leibler divergence).</summary>
    Entropy,
}

/// <summary>Among which weights the smallest are chosen.</summary>
public enum PruneScope
{
    /// <summary>Each matrix loses the same share.</summary>
    Layer,

    /// <summary>One limit for all matrices.</summary>
    Global,
}

/// <summary>A recipe with its options: with the parent's bytes, and the rows where it needs any, it fixes the variant.</summary>
public sealed record VariantRecipe
{
    /// <summary>What is done.</summary>
    public required VariantKind Kind { get; init; }

    /// <summary>Names of nodes that are left as they are (a node without a name goes by its first output).</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Dynamic: over what a range is measured.</summary>
    public ActivationScale Scale { get; init; }

    /// <summary>Static: how ranges are taken.</summary>
    public RangeMethod Ranges { get; init; }

    /// <summary>Static, percentile: which one, in (50, 100].</summary>
    public double Percentile { get; init; } = 99.99;

    /// <summary>Pruning: the share taken out, above 0 and below 1.</summary>
    public double Share { get; init; } = 0.5;

    /// <summary>Pruning single weights: among which.</summary>
    public PruneScope Scope { get; init; }

    /// <summary>Structured pruning: passes over the rows to train on the parent's answers afterwards; 0 for none.</summary>
    public int FineTune { get; init; }

    /// <summary>Pruning trees: what goes.</summary>
    public TreePart Part { get; init; }

    /// <summary>Distillation: what kind of model the student is.</summary>
    public StudentFamily Student { get; init; } = StudentFamily.Trees;

    /// <summary>Distillation: see <see cref="StudentOptions.Size"/>; 0 for the kind's own.</summary>
    public int Size { get; init; }

    /// <summary>Distillation: see <see cref="StudentOptions.Temperature"/>.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Distillation: redrawn rows for each real one that is learned from, in [0, 10].</summary>
    public double Redraw { get; init; } = 1;

    /// <summary>The seed of everything drawn.</summary>
    public int Seed { get; init; }

    /// <summary>Whether it cannot be made without rows.</summary>
    [JsonIgnore]
    public bool NeedsRows =>
        Kind is VariantKind.Int8Static or VariantKind.PruneTrees or VariantKind.Distil || (Kind == VariantKind.PruneStructured && FineTune > 0);

    /// <summary>Refuses options that are out of range.</summary>
    /// <exception cref="InputException">One is; the sentence names it.</exception>
    public void Check()
    {
        string? fault = !(Percentile is > 50 and <= 100) ? "The percentile lies above 50 and at most at 100."
            : !(Share is > 0 and < 1) ? "The share to prune lies between 0 and 1."
            : FineTune is < 0 or > 10_000 ? "Fine-tuning takes 0 to 10,000 passes."
            : Kind == VariantKind.Distil && Exclude.Count > 0 ? "A student stands in for every node: none can be left as it is."
            : Size is < 0 or 1 or > 500 ? "A student has 2 to 500 leaves, trees or hidden units."
            : !(Temperature is >= 1 and <= 20) ? "The temperature lies between 1 and 20."
            : !(Redraw is >= 0 and <= 10) ? "There are 0 to 10 redrawn rows for each real one."
            : null;
        if (fault is not null)
        {
            throw new InputException(fault);
        }
    }
}
