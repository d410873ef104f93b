using Governance.Audit.Explanations.Fusion;
using Governance.Audit.Explanations.Owen;
using Governance.Audit.Explanations.Players;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations;

/// <summary>What to explain, and how.</summary>
public sealed record ExplainRequest
{
    /// <summary>The model, in the units of <see cref="Link"/>.</summary>
    public required ScoreRows Model { get; init; }

    /// <summary>Outputs a row that <see cref="Model"/> returns: the classes explained, at least 1.</summary>
    public required int Outputs { get; init; }

    /// <summary>The name of the model's output.</summary>
    public required string Output { get; init; }

    /// <summary>The column explained where <see cref="Outputs"/> is 1 and the model has several; null for all.</summary>
    public int? ClassIndex { get; init; }

    /// <summary>
    /// The graph's column of each output, for methods that read the graph; null where it is <see cref="ClassIndex"/>, or
    /// each its own.
    /// </summary>
    public IReadOnlyList<int>? GraphColumns { get; init; }

    /// <summary>The names of the classes explained, one an output; null where unknown.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>
    /// Whether each row is explained for the class with its largest output alone; <see cref="Model"/> then returns all
    /// classes.
    /// </summary>
    public bool PredictedClassOnly { get; init; }

    /// <summary>"identity" or "logit"; a statement about <see cref="Model"/>, which does the linking.</summary>
    public string Link { get; init; } = "identity";

    /// <summary>Where the model runs.</summary>
    public string Provider { get; init; } = "cpu";

    /// <summary>The rows to explain, encoded; at least one.</summary>
    public required InputBatch Rows { get; init; }

    /// <summary>Each row's index in the data, from 0; null for 0, 1, 2, … Sampling is seeded by it.</summary>
    public IReadOnlyList<int>? RowIndices { get; init; }

    /// <summary>The reference rows, encoded; at least one.</summary>
    public required InputBatch Background { get; init; }

    /// <summary>One weight a background row; null for equal weights.</summary>
    public IReadOnlyList<double>? BackgroundWeights { get; init; }

    /// <summary>Where each row is compared with the background rows of its own group alone; null for all of them.</summary>
    public OwnGroups? OwnGroups { get; init; }

    /// <summary>Players of each row's own, in place of <see cref="Players"/>, one plan a row; null where all rows share them.</summary>
    public IReadOnlyList<PlayerPlan>? OwnPlayers { get; init; }

    /// <summary>What the parts of one explanation share; null where there is one part.</summary>
    internal SharedWork? Shared { get; init; }

    /// <summary>What stands for unknown features ("background", "mean", "blur", …), as the report repeats it; null for nothing to say.</summary>
    public string? Reference { get; init; }

    /// <summary>The players.</summary>
    public required IReadOnlyList<Player> Players { get; init; }

    /// <summary>The model's file, for methods that read it; null where only <see cref="Model"/> is known.</summary>
    public ModelGraph? Graph { get; init; }

    /// <summary>Unions of players for Owen values, over all players; null where there are none.</summary>
    public HierarchyNode? Hierarchy { get; init; }

    /// <summary>The players hidden together by each window of occlusion, every player under at least one; null for each alone.</summary>
    public IReadOnlyList<IReadOnlyList<int>>? Windows { get; init; }

    /// <summary>A name of <see cref="ExplanationMethods.Available"/>.</summary>
    public string Method { get; init; } = "auto";

    /// <summary>The most coalitions a row, empty and full included; null for <see cref="ExplanationMethods.DefaultSamples"/>.</summary>
    public int? Samples { get; init; }

    /// <summary>
    /// Sampled methods go on until the widest 95 % interval of a row is narrower than this, in the units of the link,
    /// or <see cref="Samples"/> are spent; null spends them. Above 0.
    /// </summary>
    public double? UntilWidth { get; init; }

    /// <summary>The most gradients of one path, for methods that follow paths; null for their own. At least 8.</summary>
    public int? Steps { get; init; }

    /// <summary>Whether coalitions become masked rows inside the model's session.</summary>
    public FusionMode Fusion { get; init; }

    /// <summary>Whether pairwise interactions are wanted too, as <see cref="ExplainedRow.Interactions"/>.</summary>
    public bool Interactions { get; init; }

    /// <summary>
    /// Whether the result becomes evidence: then the choice of the method may not depend on how fast the machine is, and
    /// nothing is calibrated.
    /// </summary>
    public bool Deterministic { get; init; }

    /// <summary>The time that the caller will wait; auto stays well under it. Null for no limit. The token ends the run.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>The seed of everything sampled.</summary>
    public int Seed { get; init; }

    /// <summary>At least 1; does not change the result.</summary>
    public int Threads { get; init; } = 1;
}
