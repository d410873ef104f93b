using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;

namespace Governance.Registry.Annotations;

/// <summary>That a tag, alias or description was set or removed. Written once; the latest of a key counts.</summary>
public sealed class Annotation : IFact, IAppendOnly
{
    /// <summary>The longest key, in UTF-16 code units.</summary>
    public const int MaxKeyLength = 250;

    /// <summary>Records it; whoever calls asked <see cref="AnnotationPolicy"/> before.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="model">On which model.</param>
    /// <param name="version">On which of its versions; for an alias the one that it stands for. Null for the model itself, and for an alias that was removed.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="key">The tag's key or the alias; empty for a description.</param>
    /// <param name="text">The digest of the value, a <see cref="PersonalText"/>; null for an empty one, for an alias, and for what was removed.</param>
    /// <param name="removed">Whether it is there no longer.</param>
    /// <param name="by">Who.</param>
    /// <param name="at">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">The key is too long.</exception>
    public Annotation(
        AnnotationId id, ModelId model, ModelVersionId? version, AnnotationKind kind, string key, FactDigest? text, bool removed, UserId by,
        DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, MaxKeyLength, nameof(key));
        Id = id;
        Model = model;
        Version = version;
        Kind = kind;
        Key = key;
        Text = text;
        Removed = removed;
        By = by;
        At = at;
    }

    public AnnotationId Id { get; private init; }

    public ModelId Model { get; private init; }

    public ModelVersionId? Version { get; private init; }

    public AnnotationKind Kind { get; private init; }

    public string Key { get; private init; }

    public FactDigest? Text { get; private init; }

    public bool Removed { get; private init; }

    public UserId By { get; private init; }

    public DateTimeOffset At { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Annotation, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["model"] = Model.ToString(),
        ["version"] = Version?.ToString(),
        ["kind"] = Kind.ToString(),
        ["key"] = Key,
        ["text"] = Text?.Hex,
        ["removed"] = Removed,
        ["by"] = By.ToString(),
        ["at"] = Microseconds.Iso(At),
    };
}
