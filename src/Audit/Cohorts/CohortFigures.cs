using Governance.Audit.Fairness;
using Governance.Audit.Findings;
using Governance.Audit.Performance;

namespace Governance.Audit.Cohorts;

/// <summary>What is measured of a part of the rows.</summary>
[Flags]
public enum CohortFamilies
{
    /// <summary>How well the model predicts.</summary>
    Performance = 1,

    /// <summary>Metrics by protected group.</summary>
    Fairness = 2,
}

/// <summary>What was measured of a part of the rows, while somebody looked; no evidence.</summary>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Performance">How well the model predicts; null where that was not asked for or could not be measured.</param>
/// <param name="Fairness">Metrics by protected group; null likewise.</param>
/// <param name="Findings">The figures judged by the limits that the evidence was judged by.</param>
/// <param name="Notes">What a reader must know, in sentences.</param>
public sealed record CohortFigures(
    int Rows, PerformanceReport? Performance, FairnessReport? Fairness, IReadOnlyList<Finding> Findings, IReadOnlyList<string> Notes);
