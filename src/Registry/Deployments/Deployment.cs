using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;

namespace Governance.Registry.Deployments;

/// <summary>That a version is live in an environment. Written once: its end is a fact of its own (<see cref="DeploymentEnd"/>).</summary>
public sealed class Deployment : IFact, IAppendOnly
{
    /// <summary>Puts a deployment on record.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="model">Of which model.</param>
    /// <param name="version">Which version.</param>
    /// <param name="environment">Such as "production"; keeps <see cref="NameRule"/>.</param>
    /// <param name="role">What it is there for.</param>
    /// <param name="share">The share of the requests that it gets, above 0 and at most 1.</param>
    /// <param name="from">From when on, UTC, to the microsecond. For an outside server it may lie before the record.</param>
    /// <param name="reference">The rows that windows are compared with; null where there are none yet.</param>
    /// <param name="by">Who deployed it; null for the system.</param>
    /// <param name="deployedAt">When this was recorded, UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">The environment breaks its rule, or the share is none.</exception>
    public Deployment(
        DeploymentId id, ModelId model, ModelVersionId version, string environment, DeploymentRole role, double share,
        DateTimeOffset from, DatasetId? reference, UserId? by, DateTimeOffset deployedAt)
    {
        if (!NameRule.Fits(environment))
        {
            throw new ArgumentException(NameRule.Sentence, nameof(environment));
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        Id = id;
        Model = model;
        Version = version;
        Environment = environment;
        Role = role;
        Share = share;
        From = from;
        Reference = reference;
        By = by;
        DeployedAt = deployedAt;
    }

    public DeploymentId Id { get; private init; }

    public ModelId Model { get; private init; }

    public ModelVersionId Version { get; private init; }

    public string Environment { get; private init; }

    public DeploymentRole Role { get; private init; }

    /// <summary>Above 0, at most 1.</summary>
    public double Share { get; private init; }

    public DateTimeOffset From { get; private init; }

    public DatasetId? Reference { get; private init; }

    public UserId? By { get; private init; }

    public DateTimeOffset DeployedAt { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Deployment, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["model"] = Model.ToString(),
        ["version"] = Version.ToString(),
        ["environment"] = Environment,
        ["role"] = Role.ToString(),
        ["share"] = Share,
        ["from"] = Microseconds.Iso(From),
        ["reference"] = Reference?.ToString(),
        ["by"] = By?.ToString(),
        ["deployedAt"] = Microseconds.Iso(DeployedAt),
    };
}
