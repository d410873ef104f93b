using Governance.Audit.Data;

namespace Governance.Portal.Features.Comparisons;

/// <summary>The rows that a comparison is made on.</summary>
/// <param name="Table">The rows.</param>
/// <param name="Evidence">The evidence whose threshold and label what the model said was taken by; null where the condition names none of it.</param>
internal sealed record ComparedRows(Table Table, Guid? Evidence = null);
