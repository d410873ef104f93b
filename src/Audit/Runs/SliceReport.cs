using System.Text.Json.Serialization;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;

namespace Governance.Audit.Runs;

/// <summary>What was measured of one part of the evaluation data.</summary>
/// <param name="Cohort">Its name; null for all rows.</param>
/// <param name="Where">Its condition; null for all rows.</param>
/// <param name="Rows">How many rows it has.</param>
public sealed record SliceReport(string? Cohort, string? Where, int Rows)
{
    /// <summary>How well the model predicts; null where that could not be measured.</summary>
    public PerformanceReport? Performance { get; init; }

    /// <summary>Metrics by protected group; null where none was named, or that could not be measured.</summary>
    public FairnessReport? Fairness { get; init; }

    /// <summary>Performance by group of an attribute, for the attributes that a gate asks for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, PerformanceReport>? PerformanceBy { get; init; }
}
