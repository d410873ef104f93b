using Governance.Registry.Policies;

namespace Governance.Audit.Equivalence;

/// <summary>The names of the limits of a policy pack that the battery judges by.</summary>
public static class EquivalenceLimits
{
    public const string AccuracyLoss = "equivalence-accuracy-loss";
    public const string ErrorRise = "equivalence-error-rise";
    public const string Flips = "equivalence-flips";
    public const string GroupTprLoss = "equivalence-group-tpr-loss";
    public const string GroupFprRise = "equivalence-group-fpr-rise";
    public const string GroupSelectionChange = "equivalence-group-selection-change";
    public const string GroupAccuracyLoss = "equivalence-group-accuracy-loss";
    public const string GroupErrorRise = "equivalence-group-error-rise";
    public const string CalibrationRise = "equivalence-calibration-rise";
    public const string CohortLoss = "equivalence-cohort-loss";
    public const string RankCorrelation = "equivalence-rank-correlation";
    public const string TopFeatures = "equivalence-top-features";
    public const string Ndcg = "equivalence-ndcg";
    public const string SignChanges = "equivalence-sign-changes";
    public const string RobustnessLoss = "equivalence-robustness-loss";
    public const string SizeRatio = "equivalence-size-ratio";
    public const string P95Ratio = "equivalence-p95-ratio";

    /// <summary>Those that are measured by the clock, and so stand in the run record and not in the findings.</summary>
    public static IReadOnlyList<string> Timed { get; } = [P95Ratio];

    /// <summary>All that the battery can judge.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        AccuracyLoss, ErrorRise, Flips, GroupTprLoss, GroupFprRise, GroupSelectionChange, GroupAccuracyLoss, GroupErrorRise, CalibrationRise,
        CohortLoss, RankCorrelation, TopFeatures, Ndcg, SignChanges, RobustnessLoss, SizeRatio, P95Ratio,
    ];

    /// <summary>The limits of equivalence that a pack sets.</summary>
    public static IEnumerable<PolicyLimit> Of(PolicyPack pack) =>
        pack.Limits.Where(limit => limit.Id.StartsWith(PolicyLimit.EquivalencePrefix, StringComparison.Ordinal));
}
