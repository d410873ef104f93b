using System.Text.Json.Serialization;
using Governance.Audit.Fairness;
using Governance.Audit.Robustness;
using Governance.Audit.Slices;

namespace Governance.Audit.Runs;

/// <summary>How far an audit's figures carry; each part null where it was not asked for.</summary>
/// <param name="Robustness">How the model answered when its inputs were disturbed.</param>
/// <param name="Slices">Weak slices of the data.</param>
/// <param name="Stability">Figures by part of the data, the parts as groups of one attribute.</param>
public sealed record StressReport(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RobustnessReport? Robustness,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SlicesReport? Slices,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FairnessReport? Stability);
