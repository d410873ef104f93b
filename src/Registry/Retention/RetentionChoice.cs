using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;

namespace Governance.Registry.Retention;

/// <summary>Which choice.</summary>
public readonly record struct RetentionChoiceId(Guid Value) : IGuidId<RetentionChoiceId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static RetentionChoiceId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static RetentionChoiceId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>How long a model or data set is kept, as somebody chose it, or that a data set is retired. Written once; the latest counts.</summary>
/// <remarks>A version is retired by a move of its stage. A data set has no stages: its retirement is written here.</remarks>
public sealed class RetentionChoice : IFact, IAppendOnly
{
    /// <summary>The longest name of a class.</summary>
    public const int MaxClassLength = 32;

    /// <summary>Records a choice.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="kind">Of what.</param>
    /// <param name="item">The model's or data set's id.</param>
    /// <param name="class">The class from now on.</param>
    /// <param name="retired">Whether a data set is out of use from now on; always false for a model.</param>
    /// <param name="chosenBy">Who chose; null for the system.</param>
    /// <param name="chosenAt">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">The class has no name, or too long a one, or a model is retired this way.</exception>
    public RetentionChoice(
        RetentionChoiceId id, RetainedKind kind, Guid item, string @class, bool retired, UserId? chosenBy,
        DateTimeOffset chosenAt)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(@class);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(@class.Length, MaxClassLength, nameof(@class));
        if (retired && kind == RetainedKind.Model)
        {
            throw new ArgumentException("A model is retired version by version.", nameof(retired));
        }

        Id = id;
        Kind = kind;
        Item = item;
        Class = @class;
        Retired = retired;
        ChosenBy = chosenBy;
        ChosenAt = chosenAt;
    }

    public RetentionChoiceId Id { get; private init; }

    public RetainedKind Kind { get; private init; }

    public Guid Item { get; private init; }

    public string Class { get; private init; }

    public bool Retired { get; private init; }

    public UserId? ChosenBy { get; private init; }

    public DateTimeOffset ChosenAt { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Retention, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["kind"] = Kind.ToString(),
        ["item"] = Item.ToString(),
        ["class"] = Class,
        ["retired"] = Retired,
        ["chosenBy"] = ChosenBy?.ToString(),
        ["chosenAt"] = Microseconds.Iso(ChosenAt),
    };
}
