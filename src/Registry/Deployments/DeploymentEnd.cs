using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;

namespace Governance.Registry.Deployments;

/// <summary>That a deployment is over. Written once, and once for each.</summary>
public sealed class DeploymentEnd : IFact, IAppendOnly
{
    /// <summary>Records an end.</summary>
    /// <param name="deployment">Of which deployment.</param>
    /// <param name="to">From when on it no longer counts, UTC, to the microsecond.</param>
    /// <param name="reason">The digest of what the person wrote.</param>
    /// <param name="by">Who ended it; null for the system.</param>
    public DeploymentEnd(DeploymentId deployment, DateTimeOffset to, FactDigest reason, UserId? by)
    {
        Deployment = deployment;
        To = to;
        Reason = reason;
        By = by;
    }

    public DeploymentId Deployment { get; private init; }

    public DateTimeOffset To { get; private init; }

    /// <summary>The digest of a <see cref="PersonalText"/>.</summary>
    public FactDigest Reason { get; private init; }

    public UserId? By { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.DeploymentEnd, Deployment.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["to"] = Microseconds.Iso(To),
        ["reason"] = Reason.Hex,
        ["by"] = By?.ToString(),
    };
}
