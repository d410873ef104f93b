using Governance.Audit.Data;
using Governance.Audit.Explanations;

namespace Governance.Portal.Features.Explanations;

/// <summary>A result that was computed before, with what its reader must know.</summary>
/// <param name="Report">The report, with its key.</param>
/// <param name="Warnings">All that the run warned of, but what reading its inputs says anew.</param>
internal sealed record CachedResult(ExplanationReport Report, IReadOnlyList<AuditWarning> Warnings);
