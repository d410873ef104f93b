namespace Governance.Audit.Mitigation;

/// <summary>What a mitigation shall do.</summary>
public sealed record MitigationOptions
{
    /// <summary>How decisions are made fairer.</summary>
    public required MitigationMethod Method { get; init; }

    /// <summary>What shall be alike.</summary>
    public ParityConstraint Constraint { get; init; } = ParityConstraint.DemographicParity;

    /// <summary>What shall be large.</summary>
    public MitigationObjective Objective { get; init; } = MitigationObjective.Accuracy;

    /// <summary>Of errors, where the objective is cost.</summary>
    public ErrorCosts Costs { get; init; } = ErrorCosts.Equal;

    /// <summary>Whether chance may decide; without it each group has one threshold.</summary>
    public bool Randomised { get; init; } = true;

    /// <summary>Whether thresholds may be turned round for a group, so that low scores are predicted positive.</summary>
    public bool Inverted { get; init; }

    /// <summary>How far the constrained rates may be apart, in [0, 1]; null takes <see cref="UsualTolerance"/>.</summary>
    public double? Tolerance { get; init; }

    /// <summary>Into how many steps the search cuts a rate or a margin, 10 to 100,000.</summary>
    public int Grid { get; init; } = 1_000;

    /// <summary>The share of each group's rows that is kept for judging where no other data are given, above 0 and below 1.</summary>
    public double HoldoutShare { get; init; } = 0.3;

    /// <summary>Draws the rows that are kept for judging, and chance where it decides.</summary>
    public int Seed { get; init; }

    /// <summary>The confidence level of intervals, above 0 and below 1.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Groups of fewer rows for fitting keep the common threshold.</summary>
    public int MinGroup { get; init; } = 30;

    /// <summary>Reject band: the groups that are not given the favourable outcome in it; null compares with the rate of all rows.</summary>
    public IReadOnlyList<string>? Favoured { get; init; }

    /// <summary>Reweighing: the columns of a model that is trained with and without the weights; empty for none.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>The points of the frontier, 2 to 201; 0 for none.</summary>
    public int FrontierPoints { get; init; } = 21;

    /// <summary>The tolerance in use: none where chance can make rates equal, 0.01 for single thresholds, 0.05 for a band.</summary>
    public double UsualTolerance => Tolerance ?? Method switch
    {
        MitigationMethod.RejectBand => 0.05,
        _ => Randomised ? 0 : 0.01,
    };

    /// <summary>The search that the options stand for.</summary>
    internal ThresholdSearch Search => new(Constraint, Objective, Costs, UsualTolerance, Grid);
}
