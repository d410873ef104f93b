using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;

namespace Governance.Registry.Register;

/// <summary>Something done about a finding of the register. Written once.</summary>
public sealed class RegisterStep : IFact, IAppendOnly
{
    /// <summary>Records a step.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="finding">On which finding.</param>
    /// <param name="number">The how-manieth step, from 1.</param>
    /// <param name="kind">What was done.</param>
    /// <param name="text">Why, or what was said: the digest of a <see cref="PersonalText"/>.</param>
    /// <param name="until">Until when it is accepted; exactly for an acceptance.</param>
    /// <param name="owner">Who answers for it from now on; null for no change. Only for a plan.</param>
    /// <param name="dueAt">Until when from now on; null for no change. Only for a plan.</param>
    /// <param name="signOff">The decision that it is part of; null for others.</param>
    /// <param name="by">Who.</param>
    /// <param name="at">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">What is given does not fit the kind.</exception>
    public RegisterStep(
        RegisterStepId id, RegisterFindingId finding, int number, RegisterStepKind kind, FactDigest text, DateTimeOffset? until,
        UserId? owner, DateTimeOffset? dueAt, SignOffId? signOff, UserId by, DateTimeOffset at)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        if (until is null == (kind == RegisterStepKind.Accept))
        {
            throw new ArgumentException("An acceptance has an end, and nothing else has.", nameof(until));
        }

        if (kind != RegisterStepKind.Plan && (owner is not null || dueAt is not null))
        {
            throw new ArgumentException("Owner and due date change by a plan.", nameof(kind));
        }

        Id = id;
        Finding = finding;
        Number = number;
        Kind = kind;
        Text = text;
        Until = until;
        Owner = owner;
        DueAt = dueAt;
        SignOff = signOff;
        By = by;
        At = at;
    }

    public RegisterStepId Id { get; private init; }

    public RegisterFindingId Finding { get; private init; }

    public int Number { get; private init; }

    public RegisterStepKind Kind { get; private init; }

    public FactDigest Text { get; private init; }

    public DateTimeOffset? Until { get; private init; }

    public UserId? Owner { get; private init; }

    public DateTimeOffset? DueAt { get; private init; }

    public SignOffId? SignOff { get; private init; }

    public UserId By { get; private init; }

    public DateTimeOffset At { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.FindingStep, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["finding"] = Finding.ToString(),
        ["number"] = Number,
        ["kind"] = Kind.ToString(),
        ["text"] = Text.Hex,
        ["until"] = Until is DateTimeOffset until ? Microseconds.Iso(until) : null,
        ["owner"] = Owner?.ToString(),
        ["dueAt"] = DueAt is DateTimeOffset due ? Microseconds.Iso(due) : null,
        ["signOff"] = SignOff?.ToString(),
        ["by"] = By.ToString(),
        ["at"] = Microseconds.Iso(At),
    };
}
