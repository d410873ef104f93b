namespace Governance.Audit.Candidates;

/// <summary>One measured figure of a candidate.</summary>
/// <param name="Value">The estimate, in the metric's unit.</param>
/// <param name="Interval">[low, high]; null where none is known.</param>
/// <param name="Exact">Whether the value is counted and not estimated, as bytes are.</param>
public sealed record CandidateFigure(double Value, IReadOnlyList<double>? Interval = null, bool Exact = false);

/// <summary>A metric that candidates are compared on.</summary>
/// <param name="Key">Its name, such as roc_auc.</param>
/// <param name="LowerIsBetter">Whether less of it is better.</param>
public sealed record CandidateMetric(string Key, bool LowerIsBetter);

/// <summary>A version or variant that may be chosen.</summary>
/// <param name="Name">Such as "credit/3".</param>
/// <param name="Figures">By the metric's key; metrics that nobody measured are not there.</param>
public sealed record Candidate(string Name, IReadOnlyDictionary<string, CandidateFigure> Figures);
