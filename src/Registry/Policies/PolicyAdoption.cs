using System.Globalization;
using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;

namespace Governance.Registry.Policies;

/// <summary>That a pack counts for some models from a day on. Written once; the narrowest scope counts, then the latest day.</summary>
public sealed class PolicyAdoption : IFact, IAppendOnly
{
    /// <summary>Records an adoption.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="pack">The pack's name.</param>
    /// <param name="number">The pack's number.</param>
    /// <param name="digest">The pack's digest.</param>
    /// <param name="scope">For which models, as <see cref="PolicyScope.ToString"/>.</param>
    /// <param name="from">The first day.</param>
    /// <param name="reason">Digest of why.</param>
    /// <param name="adoptedBy">Who; of a proposal the second person.</param>
    /// <param name="adoptedAt">UTC, to the microsecond.</param>
    public PolicyAdoption(
        PolicyAdoptionId id, string pack, int number, FactDigest digest, string scope, DateOnly from, FactDigest reason,
        UserId? adoptedBy, DateTimeOffset adoptedAt)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(pack);
        ArgumentException.ThrowIfNullOrWhiteSpace(scope);
        Id = id;
        Pack = pack;
        Number = number;
        Digest = digest;
        Scope = scope;
        From = from;
        Reason = reason;
        AdoptedBy = adoptedBy;
        AdoptedAt = adoptedAt;
    }

    public PolicyAdoptionId Id { get; private init; }

    public string Pack { get; private init; }

    public int Number { get; private init; }

    public FactDigest Digest { get; private init; }

    public string Scope { get; private init; }

    /// <summary>The first day on which it counts, in UTC.</summary>
    public DateOnly From { get; private init; }

    public FactDigest Reason { get; private init; }

    public UserId? AdoptedBy { get; private init; }

    public DateTimeOffset AdoptedAt { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.PolicyAdoption, Id.ToString());

    /// <summary>For which models.</summary>
    public PolicyScope ReadScope() =>
        PolicyScope.TryParse(Scope, out PolicyScope scope) ? scope : throw new InvalidOperationException($"'{Scope}' is no scope.");

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["pack"] = Pack,
        ["number"] = Number,
        ["digest"] = Digest.Hex,
        ["scope"] = Scope,
        ["from"] = From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["reason"] = Reason.Hex,
        ["adoptedBy"] = AdoptedBy?.ToString(),
        ["adoptedAt"] = Microseconds.Iso(AdoptedAt),
    };
}
