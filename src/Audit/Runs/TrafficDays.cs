namespace Governance.Audit.Runs;

/// <summary>The last whole UTC days of a deployment's traffic before an audit is requested.</summary>
/// <param name="Deployment">Whose traffic.</param>
/// <param name="Days">How many days; 1 to <see cref="Most"/>.</param>
public sealed record TrafficDays(Guid Deployment, int Days)
{
    /// <summary>The most days.</summary>
    public const int Most = 366;
}
