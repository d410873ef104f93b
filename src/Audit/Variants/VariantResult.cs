using System.Text.Json.Serialization;
using Governance.Audit.Runs;
using Governance.Audit.Variants.Distillation;

namespace Governance.Audit.Variants;

/// <summary>What came of making a variant: sealed beside the parent's audits, without findings.</summary>
/// <param name="Words">The recipe for people.</param>
/// <param name="Made">The version that was registered, by its digests.</param>
/// <param name="Summary">What was done, in nodes and bytes.</param>
public sealed record VariantResult(string Words, AuditSubject Made, VariantSummary Summary)
{
    /// <summary>How a student does beside its parent on rows that were held out; null for other recipes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StudentReport? Student { get; init; }
}
