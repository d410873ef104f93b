using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;

namespace Governance.Registry.Protection;

/// <summary>How far a model answers at all.</summary>
public enum Throttle
{
    /// <summary>Within the output policy.</summary>
    Open,

    /// <summary>Decisions alone, for everybody.</summary>
    LabelOnly,

    /// <summary>Nothing.</summary>
    Stopped,
}

/// <summary>That somebody throttled a model, or opened it again. Written once; the latest counts.</summary>
public sealed class ThrottleChoice : IFact, IAppendOnly
{
    /// <summary>Records a throttle.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="model">Which model.</param>
    /// <param name="throttle">How far it answers from now on.</param>
    /// <param name="reason">Digest of why.</param>
    /// <param name="chosenBy">Who chose; null for the system.</param>
    /// <param name="chosenAt">UTC, to the microsecond.</param>
    public ThrottleChoice(
        ThrottleChoiceId id, ModelId model, Throttle throttle, FactDigest reason, UserId? chosenBy, DateTimeOffset chosenAt)
    {
        Id = id;
        Model = model;
        Throttle = throttle;
        Reason = reason;
        ChosenBy = chosenBy;
        ChosenAt = chosenAt;
    }

    public ThrottleChoiceId Id { get; private init; }

    public ModelId Model { get; private init; }

    public Throttle Throttle { get; private init; }

    public FactDigest Reason { get; private init; }

    public UserId? ChosenBy { get; private init; }

    public DateTimeOffset ChosenAt { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Throttle, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["model"] = Model.ToString(),
        ["throttle"] = Throttle.ToString(),
        ["reason"] = Reason.Hex,
        ["chosenBy"] = ChosenBy?.ToString(),
        ["chosenAt"] = Microseconds.Iso(ChosenAt),
    };
}
