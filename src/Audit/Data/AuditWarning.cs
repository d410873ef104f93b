namespace Governance.Audit.Data;

/// <summary>Something a reader of a result must know that did not stop it.</summary>
/// <param name="Code">A stable word in kebab case, such as "background-from-data".</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="Row">The data row, counted from 0, or null.</param>
/// <param name="Column">The column's name, or null.</param>
public sealed record AuditWarning(string Code, string Message, long? Row = null, string? Column = null);
