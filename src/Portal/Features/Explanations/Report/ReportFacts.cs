using Governance.Audit.Data;

namespace Governance.Portal.Features.Explanations.Report;

/// <summary>What a report says about its making.</summary>
/// <param name="Model">The model's file name, without its folders.</param>
/// <param name="Origins">Name and value of each fact: digests, method, seed, ….</param>
/// <param name="Warnings">What a reader must know.</param>
internal sealed record ReportFacts(string Model, IReadOnlyList<(string Name, string Value)> Origins, IReadOnlyList<AuditWarning> Warnings);
