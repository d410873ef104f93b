using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;

namespace Governance.Registry.Alerts;

/// <summary>Something that happened to an alert, by a person or by a rule. Written once.</summary>
public sealed class AlertStep : IFact, IAppendOnly
{
    /// <summary>The longest sentence of a rule, in UTF-16 code units.</summary>
    public const int MaxCauseLength = 300;

    /// <summary>Records a step.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="alert">On which alert.</param>
    /// <param name="number">The how-manieth step, from 1.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="seenTo">The end of the last window known at that moment.</param>
    /// <param name="by">Who; null for a rule.</param>
    /// <param name="at">UTC, to the microsecond.</param>
    public AlertStep(AlertStepId id, AlertId alert, int number, AlertStepKind kind, DateTimeOffset seenTo, UserId? by, DateTimeOffset at)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        Id = id;
        Alert = alert;
        Number = number;
        Kind = kind;
        SeenTo = seenTo;
        By = by;
        At = at;
    }

    public AlertStepId Id { get; private init; }

    public AlertId Alert { get; private init; }

    public int Number { get; private init; }

    public AlertStepKind Kind { get; private init; }

    /// <summary>The end of the last window known at that moment, exclusive.</summary>
    public DateTimeOffset SeenTo { get; private init; }

    /// <summary>The severity from now on; null for no change. Of escalating and opening again alone.</summary>
    public AlertSeverity? Severity { get; init; }

    /// <summary>Why, in the words of the rule; null for a person's step.</summary>
    public string? Cause { get; init; }

    /// <summary>Why, in a person's words: the digest of a <see cref="PersonalText"/>; null for nothing.</summary>
    public FactDigest? Text { get; init; }

    /// <summary>The end of an acceptance or of a mute; null for other steps.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Who answers for it from now on; null for no change.</summary>
    public UserId? Owner { get; init; }

    /// <summary>Until when from now on; null for no change.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public UserId? By { get; private init; }

    public DateTimeOffset At { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.AlertStep, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["alert"] = Alert.ToString(),
        ["number"] = Number,
        ["kind"] = Kind.ToString(),
        ["seenTo"] = Microseconds.Iso(SeenTo),
        ["severity"] = Severity?.ToString(),
        ["cause"] = Cause,
        ["text"] = Text?.Hex,
        ["until"] = Until is DateTimeOffset until ? Microseconds.Iso(until) : null,
        ["owner"] = Owner?.ToString(),
        ["dueAt"] = DueAt is DateTimeOffset due ? Microseconds.Iso(due) : null,
        ["by"] = By?.ToString(),
        ["at"] = Microseconds.Iso(At),
    };
}
