using System.Text;
using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;

namespace Governance.Registry.Monitors;

/// <summary>What is watched on a deployment from a moment on. Written once; a deployment's latest plan counts.</summary>
public sealed class MonitorPlan : IFact, IAppendOnly
{
    /// <summary>The longest text, in UTF-16 code units.</summary>
    public const int MaxTextLength = 64 * 1024;

    /// <summary>The longest name.</summary>
    public const int MaxNameLength = 120;

    /// <summary>Puts a plan on record.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="deployment">What it watches.</param>
    /// <param name="name">As the text says.</param>
    /// <param name="text">YAML, as it was written.</param>
    /// <param name="assignedBy">Who; null for the system.</param>
    /// <param name="assignedAt">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">A text is blank or too long.</exception>
    public MonitorPlan(MonitorPlanId id, DeploymentId deployment, string name, string text, UserId? assignedBy, DateTimeOffset assignedAt)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, MaxNameLength, nameof(name));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, MaxTextLength, nameof(text));
        Id = id;
        Deployment = deployment;
        Name = name;
        Text = text;
        AssignedBy = assignedBy;
        AssignedAt = assignedAt;
    }

    public MonitorPlanId Id { get; private init; }

    public DeploymentId Deployment { get; private init; }

    public string Name { get; private init; }

    /// <summary>YAML: what is read, hashed and downloaded.</summary>
    public string Text { get; private init; }

    public UserId? AssignedBy { get; private init; }

    public DateTimeOffset AssignedAt { get; private init; }

    /// <summary>Of the text in UTF-8.</summary>
    public FactDigest Digest => FactDigest.Of(Encoding.UTF8.GetBytes(Text));

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.MonitorPlan, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["deployment"] = Deployment.ToString(),
        ["name"] = Name,
        ["text"] = Digest.Hex,
        ["assignedBy"] = AssignedBy?.ToString(),
        ["assignedAt"] = Microseconds.Iso(AssignedAt),
    };
}
