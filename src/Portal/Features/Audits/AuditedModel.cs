using Governance.Audit.Runs;

namespace Governance.Portal.Features.Audits;

/// <summary>What a spec found about one of its models.</summary>
/// <param name="Name">The model, as the spec calls it.</param>
/// <param name="Document">What was found.</param>
internal sealed record AuditedModel(string Name, FindingsDocument Document);
