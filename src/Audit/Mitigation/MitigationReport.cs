using System.Text.Json.Serialization;
using Governance.Audit.Encodings;
using Governance.Audit.Fairness;

namespace Governance.Audit.Mitigation;

/// <summary>What a mitigation does and what it costs whom: the body of <c>governance mitigate</c>.</summary>
public sealed record MitigationReport
{
    /// <summary>How decisions are made fairer.</summary>
    public required MitigationMethod Method { get; init; }

    /// <summary>What was made alike; null for reweighing.</summary>
    public ParityConstraint? Constraint { get; init; }

    /// <summary>What was made large; null for reweighing.</summary>
    public MitigationObjective? Objective { get; init; }

    /// <summary>How far the constrained rates were allowed to be apart; null for reweighing.</summary>
    public double? Tolerance { get; init; }

    /// <summary>Whether chance decides some rows: by a keyed hash of the row, the same every time.</summary>
    public required bool Randomised { get; init; }

    /// <summary>The protected column, or several joined by '|'.</summary>
    public required string Attribute { get; init; }

    /// <summary>The class that scores and thresholds refer to.</summary>
    public required string Positive { get; init; }

    /// <summary>The outcome that a person wants.</summary>
    public required string Favourable { get; init; }

    /// <summary>The threshold before, which still holds for rows of groups without a rule.</summary>
    public required double Threshold { get; init; }

    /// <summary>One a group that has a rule; empty for reweighing.</summary>
    public IReadOnlyList<GroupRule> Thresholds { get; init; } = [];

    /// <summary>The band of the reject option; null where there is none.</summary>
    public UncertainBand? Band { get; init; }

    /// <summary>One a group and label; empty but for reweighing.</summary>
    public IReadOnlyList<LabelWeight> Weights { get; init; } = [];

    /// <summary>Groups that keep the common threshold, with the reason.</summary>
    public IReadOnlyList<LeftOutGroup> LeftOut { get; init; } = [];

    /// <summary>What the rules are expected to do on the rows that they were fitted on.</summary>
    public IReadOnlyList<FittedGroup> Fitted { get; init; } = [];

    /// <summary>The decisions of the held-out rows as they were.</summary>
    public required MitigatedSide Before { get; init; }

    /// <summary>The decisions of the same rows as they become.</summary>
    public required MitigatedSide After { get; init; }

    /// <summary>What changes for each group and for all rows, on the held-out rows.</summary>
    public IReadOnlyList<GroupChange> Changes { get; init; } = [];

    /// <summary>Where the held-out rows come from.</summary>
    public required HeldOutRows HeldOut { get; init; }

    /// <summary>What more or less fairness costs, from none asked for to the strictest.</summary>
    public IReadOnlyList<FrontierPoint> Frontier { get; init; } = [];

    /// <summary>The step that a version's encoding takes up; null for reweighing.</summary>
    [JsonIgnore]
    public GroupThresholds? Step { get; init; }
}

/// <summary>A group without a rule of its own.</summary>
public sealed record LeftOutGroup(string Group, int Rows, string Reason);

/// <summary>What a rule is expected to do on the rows that it was fitted on.</summary>
/// <param name="Group">The group.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="SelectionRate">The share predicted positive.</param>
/// <param name="Tpr">The true positive rate.</param>
/// <param name="Fpr">The false positive rate.</param>
/// <param name="Accuracy">The share decided right.</param>
public sealed record FittedGroup(string Group, int Rows, double SelectionRate, double Tpr, double Fpr, double Accuracy);

/// <summary>Decisions of the held-out rows, measured.</summary>
public sealed record MitigatedSide
{
    /// <summary>The objective over all held-out rows; null where there is none or it is undefined.</summary>
    public double? Objective { get; init; }

    /// <summary>How far the constrained rates are apart; null where undefined.</summary>
    public double? Disparity { get; init; }

    /// <summary>All rows.</summary>
    public required GroupMetrics Overall { get; init; }

    /// <summary>The groups.</summary>
    public required IReadOnlyList<GroupMetrics> Groups { get; init; }

    /// <summary>Differences and ratios over the groups.</summary>
    public required IReadOnlyDictionary<string, double?> Summary { get; init; }

    /// <summary>Their intervals.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<double>> SummaryIntervals { get; init; }
}

/// <summary>Where the rows come from that a mitigation is judged on.</summary>
/// <param name="Source">
/// file; split: a seeded part of the same data, drawn in each group and class alike; or none: nothing was fitted, all rows are judged.
/// </param>
/// <param name="Share">The share that was kept; null but for a split.</param>
/// <param name="Seed">What it was drawn by; null but for a split.</param>
/// <param name="FittedRows">Rows that thresholds or weights were found on.</param>
/// <param name="Rows">Rows judged on.</param>
public sealed record HeldOutRows(string Source, double? Share, int? Seed, int FittedRows, int Rows);

/// <summary>One point of the trade between fairness and the objective.</summary>
/// <param name="Tolerance">How far the constrained rates were allowed to be apart.</param>
/// <param name="FittedDisparity">How far they are expected to be apart on the fitted rows.</param>
/// <param name="FittedObjective">The objective there.</param>
/// <param name="Disparity">The same on the held-out rows; null where undefined.</param>
/// <param name="Objective">The objective there; null where undefined.</param>
/// <param name="Accuracy">The share of held-out rows decided right.</param>
public sealed record FrontierPoint(
    double Tolerance, double? FittedDisparity, double? FittedObjective, double? Disparity, double? Objective, double? Accuracy);
