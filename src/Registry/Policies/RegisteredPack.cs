using System.Text;
using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;

namespace Governance.Registry.Policies;

/// <summary>A policy pack that someone put on record. Written once; that it counts is a <see cref="PolicyAdoption"/>.</summary>
public sealed class RegisteredPack : IFact, IAppendOnly
{
    /// <summary>The longest text, in UTF-16 code units: of the YAML and of its canonical JSON.</summary>
    public const int MaxTextLength = 256 * 1024;

    /// <summary>Records a pack.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="name">Its name.</param>
    /// <param name="number">Its number.</param>
    /// <param name="json">What it says, canonical JSON.</param>
    /// <param name="text">The YAML as it was written.</param>
    /// <param name="registeredBy">Who; null for the system.</param>
    /// <param name="registeredAt">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">A text is blank or too long, or the number is below 1.</exception>
    public RegisteredPack(
        RegisteredPackId id, string name, int number, string json, string text, UserId? registeredBy, DateTimeOffset registeredAt)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(json);
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(json.Length, MaxTextLength, nameof(json));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, MaxTextLength, nameof(text));
        Id = id;
        Name = name;
        Number = number;
        Json = json;
        Text = text;
        RegisteredBy = registeredBy;
        RegisteredAt = registeredAt;
    }

    public RegisteredPackId Id { get; private init; }

    public string Name { get; private init; }

    public int Number { get; private init; }

    /// <summary>Canonical JSON: what is hashed, and read back.</summary>
    public string Json { get; private init; }

    /// <summary>YAML: what people wrote and download.</summary>
    public string Text { get; private init; }

    public UserId? RegisteredBy { get; private init; }

    public DateTimeOffset RegisteredAt { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Policy, Id.ToString());

    /// <summary>What it says.</summary>
    public PolicyPack ReadPack() => PolicyPack.FromJson(Encoding.UTF8.GetBytes(Json));

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["name"] = Name,
        ["number"] = Number,
        ["digest"] = FactDigest.Of(Encoding.UTF8.GetBytes(Json)).Hex,
        ["text"] = FactDigest.Of(Encoding.UTF8.GetBytes(Text)).Hex,
        ["registeredBy"] = RegisteredBy?.ToString(),
        ["registeredAt"] = Microseconds.Iso(RegisteredAt),
    };
}
