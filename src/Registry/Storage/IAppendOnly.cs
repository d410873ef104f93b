namespace Governance.Registry.Storage;

/// <summary>
/// A row that is written once: the type has no setters, <see cref="AppendOnlyInterceptor"/> refuses updates and
/// deletes through EF, and a trigger of the migration refuses everyone else's.
/// </summary>
public interface IAppendOnly;
