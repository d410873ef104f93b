using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;

namespace Governance.Registry.Alerts;

/// <summary>How a destination is reached.</summary>
public enum DestinationKind
{
    /// <summary>A mailbox.</summary>
    Mail,

    /// <summary>An HTTPS address of another program.</summary>
    Webhook,
}

/// <summary>Where alerts go beside the portal. Written once; that it ended is a fact of its own.</summary>
public sealed class AlertDestination : IFact, IAppendOnly
{
    /// <summary>The longest name, in UTF-16 code units.</summary>
    public const int MaxNameLength = 100;

    /// <summary>The longest address, in UTF-16 code units.</summary>
    public const int MaxAddressLength = 500;

    /// <summary>Puts a destination on record.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="kind">How it is reached.</param>
    /// <param name="name">What people call it.</param>
    /// <param name="address">A mailbox, or an HTTPS address; see <see cref="DestinationPolicy"/>.</param>
    /// <param name="least">The least severity that goes there.</param>
    /// <param name="model">The one model whose alerts go there; null for all.</param>
    /// <param name="innerAllowed">Whether an administrator allowed its host to lie on an inner network.</param>
    /// <param name="by">Who added it; null for the system.</param>
    /// <param name="at">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">Name or address is blank or too long.</exception>
    public AlertDestination(
        AlertDestinationId id, DestinationKind kind, string name, string address, AlertSeverity least, ModelId? model, bool innerAllowed,
        UserId? by, DateTimeOffset at)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, MaxNameLength, nameof(name));
        ArgumentException.ThrowIfNullOrWhiteSpace(address);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(address.Length, MaxAddressLength, nameof(address));
        Id = id;
        Kind = kind;
        Name = name;
        Address = address;
        Least = least;
        Model = model;
        InnerAllowed = innerAllowed;
        By = by;
        At = at;
    }

    public AlertDestinationId Id { get; private init; }

    public DestinationKind Kind { get; private init; }

    public string Name { get; private init; }

    public string Address { get; private init; }

    public AlertSeverity Least { get; private init; }

    public ModelId? Model { get; private init; }

    public bool InnerAllowed { get; private init; }

    public UserId? By { get; private init; }

    public DateTimeOffset At { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.AlertDestination, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["kind"] = Kind.ToString(),
        ["name"] = Name,
        ["address"] = Address,
        ["least"] = Least.ToString(),
        ["model"] = Model?.ToString(),
        ["innerAllowed"] = InnerAllowed,
        ["by"] = By?.ToString(),
        ["at"] = Microseconds.Iso(At),
    };
}

/// <summary>That nothing goes to a destination any more. Written once.</summary>
public sealed class AlertDestinationEnd(AlertDestinationEndId id, AlertDestinationId destination, UserId? by, DateTimeOffset at) : IFact, IAppendOnly
{
    public AlertDestinationEndId Id { get; private init; } = id;

    public AlertDestinationId Destination { get; private init; } = destination;

    public UserId? By { get; private init; } = by;

    public DateTimeOffset At { get; private init; } = at;

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.AlertDestinationEnd, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["destination"] = Destination.ToString(),
        ["by"] = By?.ToString(),
        ["at"] = Microseconds.Iso(At),
    };
}
