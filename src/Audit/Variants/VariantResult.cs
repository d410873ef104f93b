using Governance.Audit.Runs;

namespace Governance.Audit.Variants;

/// <summary>What came of making a variant: sealed beside the parent's audits, without findings.</summary>
/// <param name="Words">The recipe for people.</param>
/// <param name="Made">The version that was registered, by its digests.</param>
/// <param name="Summary">What was done, in nodes and bytes.</param>
public sealed record VariantResult(string Words, AuditSubject Made, VariantSummary Summary);
