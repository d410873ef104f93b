using Governance.Audit.Encodings;

namespace Governance.Audit.Mitigation;

/// <summary>Thresholds that were found, and what they are expected to do on the rows that they were found on.</summary>
/// <param name="Rules">One a group, in the order of the curves.</param>
/// <param name="Expected">What comes of each, expected values where chance decides.</param>
/// <param name="X">The common constrained rate, of equalized odds the false positive rate; the lower end of its range where a tolerance is given.</param>
/// <param name="Y">The objective, of equalized odds the common true positive rate.</param>
public sealed record ThresholdFit(
    IReadOnlyList<GroupRule> Rules, IReadOnlyList<Confusion> Expected, double X, double Y);

/// <summary>What is searched for.</summary>
/// <param name="Constraint">What shall be alike.</param>
/// <param name="Objective">What shall be large.</param>
/// <param name="Costs">Of errors.</param>
/// <param name="Tolerance">How far the constrained rates may be apart, in [0, 1].</param>
/// <param name="Grid">Into how many steps the constrained rate is cut, at least 1.</param>
public sealed record ThresholdSearch(
    ParityConstraint Constraint, MitigationObjective Objective, ErrorCosts Costs, double Tolerance, int Grid)
{
    /// <summary>Each group's share of all weight.</summary>
    internal static double[] Shares(IReadOnlyList<GroupCurve> curves)
    {
        double total = curves.Sum(curve => curve.All.Total);
        return [.. curves.Select(curve => curve.All.Total / total)];
    }

    /// <summary>Point <paramref name="step"/> of the grid.</summary>
    internal double At(int step) => step == Grid ? 1 : step * (1.0 / Grid);

    /// <summary>
    /// The objective of equalized odds as gain · TPR − price · FPR of each group, up to a constant: it looks at all rows
    /// together, that of the other constraints at the mean over groups.
    /// </summary>
    internal (double Gain, double Price)[] Slopes(IReadOnlyList<GroupCurve> curves)
    {
        double positives = curves.Sum(curve => curve.All.Positives);
        double negatives = curves.Sum(curve => curve.All.Negatives);
        double total = positives + negatives;
        return [.. curves.Select(curve => Objective switch
        {
            MitigationObjective.Accuracy => (curve.All.Positives / total, curve.All.Negatives / total),
            MitigationObjective.Balanced => (0.5 * curve.All.Positives / positives, 0.5 * curve.All.Negatives / negatives),
            _ => (Costs.FalseNegative * curve.All.Positives / total, Costs.FalsePositive * curve.All.Negatives / total),
        })];
    }
}
