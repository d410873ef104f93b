namespace Governance.Audit.Mitigation;

/// <summary>The words of the command line and of results.</summary>
public static class MitigationWords
{
    private static readonly (ParityConstraint Constraint, string Word)[] Constraints =
    [
        (ParityConstraint.DemographicParity, "demographic-parity"),
        (ParityConstraint.EqualOpportunity, "equal-opportunity"),
        (ParityConstraint.EqualizedOdds, "equalized-odds"),
        (ParityConstraint.FprParity, "fpr-parity"),
        (ParityConstraint.FnrParity, "fnr-parity"),
        (ParityConstraint.TnrParity, "tnr-parity"),
    ];

    /// <summary>All words of constraints.</summary>
    public static IReadOnlyList<string> AllConstraints { get; } = [.. Constraints.Select(known => known.Word)];

    /// <summary>The word of a constraint.</summary>
    public static string Of(ParityConstraint constraint) => Constraints.First(known => known.Constraint == constraint).Word;

    /// <summary>The constraint of a word, or null.</summary>
    public static ParityConstraint? ConstraintOf(string? word) =>
        Constraints.Where(known => known.Word == word).Select(known => (ParityConstraint?)known.Constraint).FirstOrDefault();

    /// <summary>The objective of a word, or null.</summary>
    public static MitigationObjective? ObjectiveOf(string? word) => word switch
    {
        "accuracy" => MitigationObjective.Accuracy,
        "balanced" => MitigationObjective.Balanced,
        "cost" => MitigationObjective.Cost,
        _ => null,
    };

    /// <summary>The method of a word, or null.</summary>
    public static MitigationMethod? MethodOf(string? word) => word switch
    {
        "threshold" => MitigationMethod.Threshold,
        "reweigh" => MitigationMethod.Reweigh,
        "reject-band" => MitigationMethod.RejectBand,
        _ => null,
    };

    /// <summary>What is made alike, in words for a sentence.</summary>
    public static string Rate(ParityConstraint constraint) => constraint switch
    {
        ParityConstraint.DemographicParity => "the selection rate",
        ParityConstraint.EqualOpportunity => "the true positive rate",
        ParityConstraint.FprParity => "the false positive rate",
        ParityConstraint.FnrParity => "the false negative rate",
        ParityConstraint.TnrParity => "the true negative rate",
        _ => "the true and the false positive rate",
    };
}
