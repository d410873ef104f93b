using Governance.Registry.Storage;

namespace Governance.Registry.Sessions;

/// <summary>Which session of a person. It opens nothing by itself: the cookie that carries it is signed and encrypted.</summary>
public readonly record struct SessionId(Guid Value) : IGuidId<SessionId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static SessionId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static SessionId From(Guid value) => new(value);

    /// <summary>Reads an id that a cookie or a form carried.</summary>
    /// <returns>Null where the text is none.</returns>
    public static SessionId? Read(string? text) => Guid.TryParse(text, out Guid value) ? new SessionId(value) : null;

    /// <summary>32 hexadecimal digits, as leaves of the ledger name the session.</summary>
    public override string ToString() => Value.ToString("n");
}
