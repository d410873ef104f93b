using Governance.Audit.Inference;
using Governance.Audit.Slices;

namespace Governance.Audit.Robustness;

/// <summary>Makes changed inputs.</summary>
/// <param name="strength">One of the strengths of the change.</param>
/// <param name="repeat">Which draw; the same number gives the same draw at every strength.</param>
internal delegate InputBatch MakeInputs(double strength, int repeat);

/// <summary>One kind of change, from weak to strong.</summary>
internal sealed record Perturbation
{
    /// <summary>The test's name.</summary>
    public required string Test { get; init; }

    /// <summary>The kind of change in words.</summary>
    public required string Title { get; init; }

    /// <summary>What the strength counts.</summary>
    public required string Unit { get; init; }

    /// <summary>The strengths, weak first.</summary>
    public required IReadOnlyList<double> Strengths { get; init; }

    /// <summary>Whether draws differ; else one is enough.</summary>
    public bool IsRandom { get; init; } = true;

    /// <summary>The columns or inputs that are changed.</summary>
    public IReadOnlyList<string> Changed { get; init; } = [];

    /// <summary>Columns left alone, with the reason.</summary>
    public IReadOnlyList<SkippedColumn> Skipped { get; init; } = [];

    /// <summary>Why it cannot be done; null where it can.</summary>
    public string? Refusal { get; init; }

    /// <summary>Makes the changed inputs; null where it cannot be done.</summary>
    public MakeInputs? Make { get; init; }
}
