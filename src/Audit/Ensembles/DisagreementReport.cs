namespace Governance.Audit.Ensembles;

/// <summary>How errors go with the members' disagreement.</summary>
/// <param name="Measure">"error_rate" of classes, "mean_absolute_error" of numbers.</param>
/// <param name="Rows">Labelled rows.</param>
/// <param name="Mean">The mean disagreement.</param>
/// <param name="Bins">From the least disagreement to the most.</param>
/// <param name="Area">
/// The probability that a wrong row has more disagreement than a right one, ties half: 0.5 where disagreement says nothing
/// of errors. Null for numbers, and where all rows are right or all wrong.
/// </param>
/// <param name="AreaInterval">DeLong's interval of it.</param>
/// <param name="Correlation">Spearman's rank correlation of disagreement and absolute error; null for classes and without variation.</param>
public sealed record DisagreementReport(
    string Measure, int Rows, double Mean, IReadOnlyList<DisagreementBin> Bins, double? Area, IReadOnlyList<double>? AreaInterval, double? Correlation);

/// <summary>Rows of like disagreement.</summary>
/// <param name="From">The least disagreement, inclusive.</param>
/// <param name="To">The most, inclusive.</param>
/// <param name="Count">Rows.</param>
/// <param name="Errors">Wrong rows; null for numbers.</param>
/// <param name="Error">The share of wrong rows, or the mean absolute error in the unit of the target.</param>
/// <param name="Interval">Wilson's of a share, Student's of a mean; null where none is known.</param>
public sealed record DisagreementBin(double From, double To, int Count, int? Errors, double Error, IReadOnlyList<double>? Interval);
