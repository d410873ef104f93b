using System.Text.Json.Serialization;
using Governance.Audit.Variants.Trees;

namespace Governance.Audit.Ensembles;

/// <summary>The trees of an ensemble, seen one by one and together.</summary>
public sealed record TreeMembersReport
{
    /// <summary>The operator's name, or its first output's.</summary>
    public required string Node { get; init; }

    /// <summary>How its trees belong together.</summary>
    public required TreeFamily Family { get; init; }

    /// <summary>Trees.</summary>
    public required int Trees { get; init; }

    /// <summary>Leaves of all trees.</summary>
    public required int Leaves { get; init; }

    /// <summary>Splits from root to leaf, of the deepest tree.</summary>
    public required int Depth { get; init; }

    /// <summary>Rows that were followed through the trees.</summary>
    public required int Rows { get; init; }

    /// <summary>The level of all intervals here: the policy's where there is one.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>How much each tree moves the score, in the order of the file.</summary>
    public required IReadOnlyList<TreeMove> Moves { get; init; }

    /// <summary>"accuracy" or "root_mean_squared_error" against what was true; "agreement" or "distance" with the whole model without labels.</summary>
    public required string Metric { get; init; }

    /// <summary>Boosting: of the first k trees; bagging: of the mean of the first k. Empty where the graph holds several ensembles.</summary>
    public required IReadOnlyList<TreeStage> Stages { get; init; }

    /// <summary>Single trees as models of their own; null for boosting, whose trees are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SingleTrees? Singles { get; init; }

    /// <summary>
    /// Whether errors go with disagreement: of a forest's trees, or of the stages in the second half of boosting. Null without
    /// labels, and where nothing disagrees.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DisagreementReport? Disagreement { get; init; }
}

/// <summary>How much a tree moves the score.</summary>
/// <param name="Tree">Its place, from 1.</param>
/// <param name="Leaves">Its leaves.</param>
/// <param name="Moves">The standard deviation of what it adds over the rows, in the ensemble's raw units; of several targets together.</param>
/// <param name="Share">Of the sum of all trees' moves, in [0, 1].</param>
public sealed record TreeMove(int Tree, int Leaves, double Moves, double Share);

/// <summary>The first trees of an ensemble.</summary>
/// <param name="Trees">How many.</param>
/// <param name="Value">What they reach, by the report's metric.</param>
/// <param name="Interval">[low, high]; null where there is none.</param>
public sealed record TreeStage(int Trees, double Value, IReadOnlyList<double>? Interval);

/// <summary>Single trees of a forest as models of their own.</summary>
/// <param name="Values">What each reaches by the report's metric, in the order of the file; of the first 100.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Spread">Their standard deviation.</param>
/// <param name="Least">The least.</param>
/// <param name="Most">The most.</param>
public sealed record SingleTrees(IReadOnlyList<double> Values, double Mean, double Spread, double Least, double Most);
