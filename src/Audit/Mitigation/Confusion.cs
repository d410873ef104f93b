namespace Governance.Audit.Mitigation;

/// <summary>Weights of true and false positives among weights of positives and negatives; of randomised rules their expected values.</summary>
/// <param name="TruePositives">In [0, <paramref name="Positives"/>].</param>
/// <param name="FalsePositives">In [0, <paramref name="Negatives"/>].</param>
/// <param name="Positives">At least 0.</param>
/// <param name="Negatives">At least 0.</param>
public readonly record struct Confusion(double TruePositives, double FalsePositives, double Positives, double Negatives)
{
    /// <summary>All rows.</summary>
    public double Total => Positives + Negatives;

    /// <summary>The share predicted positive; NaN without rows.</summary>
    public double SelectionRate => (TruePositives + FalsePositives) / Total;

    /// <summary>NaN without positives.</summary>
    public double Tpr => TruePositives / Positives;

    /// <summary>NaN without negatives.</summary>
    public double Fpr => FalsePositives / Negatives;

    /// <summary>The share decided right; NaN without rows.</summary>
    public double Accuracy => (TruePositives + (Negatives - FalsePositives)) / Total;

    /// <summary>Two groups taken together.</summary>
    public static Confusion operator +(Confusion left, Confusion right) => new(
        left.TruePositives + right.TruePositives, left.FalsePositives + right.FalsePositives,
        left.Positives + right.Positives, left.Negatives + right.Negatives);

    /// <summary>Two groups taken together.</summary>
    public static Confusion Add(Confusion left, Confusion right) => left + right;

    /// <summary>What is made as large as can be.</summary>
    public double Objective(MitigationObjective objective, ErrorCosts costs) => objective switch
    {
        MitigationObjective.Accuracy => Accuracy,
        MitigationObjective.Balanced => (0.5 * TruePositives / Positives) + (0.5 * (Negatives - FalsePositives) / Negatives),
        _ => -((costs.FalsePositive * FalsePositives) + (costs.FalseNegative * (Positives - TruePositives))) / Total,
    };

    /// <summary>The rate that a constraint makes alike; of equalized odds the false positive rate.</summary>
    public double Constrained(ParityConstraint constraint) => constraint switch
    {
        ParityConstraint.DemographicParity => SelectionRate,
        ParityConstraint.EqualOpportunity => Tpr,
        ParityConstraint.FnrParity => (Positives - TruePositives) / Positives,
        ParityConstraint.TnrParity => (Negatives - FalsePositives) / Negatives,
        _ => Fpr,
    };

    /// <summary>
    /// How far groups are apart: the largest difference of the constrained rate, of equalized odds the larger of the two; NaN
    /// where fewer than two groups have it.
    /// </summary>
    public static double Disparity(IEnumerable<Confusion> groups, ParityConstraint constraint)
    {
        Confusion[] all = [.. groups];
        double first = Spread(all.Select(group => group.Constrained(constraint)));
        return constraint == ParityConstraint.EqualizedOdds ? Math.Max(first, Spread(all.Select(group => group.Tpr))) : first;
    }

    private static double Spread(IEnumerable<double> rates)
    {
        double[] defined = [.. rates.Where(double.IsFinite)];
        return defined.Length < 2 ? double.NaN : defined.Max() - defined.Min();
    }
}
