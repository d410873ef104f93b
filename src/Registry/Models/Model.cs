using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;

namespace Governance.Registry.Models;

/// <summary>A governed model: a purpose with an owner and a tier. What it computes is in its versions.</summary>
public sealed class Model : IFact
{
    /// <summary>The longest title, in UTF-16 code units.</summary>
    public const int MaxTitleLength = 200;

    /// <summary>The longest purpose, in UTF-16 code units.</summary>
    public const int MaxPurposeLength = 4_000;

    /// <summary>Puts a model on record.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="name">Unique; keeps <see cref="NameRule"/>.</param>
    /// <param name="title">What people call it.</param>
    /// <param name="purpose">What it is used for, and on whom.</param>
    /// <param name="owner">Who answers for it.</param>
    /// <param name="tier">How much hangs on it.</param>
    /// <param name="registeredAt">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">A text is blank, too long or breaks its rule.</exception>
    public Model(
        ModelId id, string name, string title, string purpose, UserId owner, RiskTier tier, DateTimeOffset registeredAt)
    {
        if (!NameRule.Fits(name))
        {
            throw new ArgumentException(NameRule.Sentence, nameof(name));
        }

        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentException.ThrowIfNullOrWhiteSpace(purpose);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(title.Length, MaxTitleLength, nameof(title));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(purpose.Length, MaxPurposeLength, nameof(purpose));
        Id = id;
        Name = name;
        Title = title;
        Purpose = purpose;
        Owner = owner;
        Tier = tier;
        RegisteredAt = registeredAt;
    }

    public ModelId Id { get; private init; }

    /// <summary>Unique among all models; stands in addresses, as in "hmda-mortgage/3".</summary>
    public string Name { get; private init; }

    public string Title { get; private init; }

    public string Purpose { get; private init; }

    public UserId Owner { get; private init; }

    public RiskTier Tier { get; private init; }

    public DateTimeOffset RegisteredAt { get; private init; }

    /// <summary>How many versions were registered; the next one's number is one more.</summary>
    public int Versions { get; private set; }

    /// <summary>Counts the changes of the row: the concurrency token.</summary>
    public int Revision { get; private set; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Model, Id.ToString());

    /// <summary>Takes the next version's number, from 1.</summary>
    internal int NextVersion()
    {
        Revision++;
        return ++Versions;
    }

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["name"] = Name,
        ["title"] = Title,
        ["purpose"] = Purpose,
        ["owner"] = Owner.ToString(),
        ["tier"] = Tier.ToString(),
        ["registeredAt"] = Microseconds.Iso(RegisteredAt),
    };
}
