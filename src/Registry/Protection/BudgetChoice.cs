using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;

namespace Governance.Registry.Protection;

/// <summary>The budget of one person or program on one model, in place of the policy's. Written once; the latest counts.</summary>
public sealed class BudgetChoice : IFact, IAppendOnly
{
    /// <summary>The most units that can be chosen.</summary>
    public const long MaxUnits = 1_000_000_000_000;

    /// <summary>Records a choice.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="model">On which model.</param>
    /// <param name="principal">Whose budget.</param>
    /// <param name="dayUnits">In 24 hours; null for the policy's.</param>
    /// <param name="lifetimeUnits">Ever; null for the policy's.</param>
    /// <param name="disclosingUnits">Of numbers of a linear model, ever; null for the policy's.</param>
    /// <param name="ownWindow">
    /// Whether the model's window of 30 days and the team's day leave it out: a program's traffic must not use up what
    /// people may ask.
    /// </param>
    /// <param name="reason">Digest of why.</param>
    /// <param name="chosenBy">Who chose; null for the system.</param>
    /// <param name="chosenAt">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of units is negative or above <see cref="MaxUnits"/>.</exception>
    public BudgetChoice(
        BudgetChoiceId id, ModelId model, UserId principal, long? dayUnits, long? lifetimeUnits, long? disclosingUnits,
        bool ownWindow, FactDigest reason, UserId? chosenBy, DateTimeOffset chosenAt)
    {
        foreach (long? units in (long?[])[dayUnits, lifetimeUnits, disclosingUnits])
        {
            ArgumentOutOfRangeException.ThrowIfNegative(units ?? 0, nameof(dayUnits));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(units ?? 0, MaxUnits, nameof(dayUnits));
        }

        Id = id;
        Model = model;
        Principal = principal;
        DayUnits = dayUnits;
        LifetimeUnits = lifetimeUnits;
        DisclosingUnits = disclosingUnits;
        OwnWindow = ownWindow;
        Reason = reason;
        ChosenBy = chosenBy;
        ChosenAt = chosenAt;
    }

    public BudgetChoiceId Id { get; private init; }

    public ModelId Model { get; private init; }

    public UserId Principal { get; private init; }

    public long? DayUnits { get; private init; }

    public long? LifetimeUnits { get; private init; }

    public long? DisclosingUnits { get; private init; }

    public bool OwnWindow { get; private init; }

    public FactDigest Reason { get; private init; }

    public UserId? ChosenBy { get; private init; }

    public DateTimeOffset ChosenAt { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Budget, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["model"] = Model.ToString(),
        ["principal"] = Principal.ToString(),
        ["dayUnits"] = DayUnits,
        ["lifetimeUnits"] = LifetimeUnits,
        ["disclosingUnits"] = DisclosingUnits,
        ["ownWindow"] = OwnWindow,
        ["reason"] = Reason.Hex,
        ["chosenBy"] = ChosenBy?.ToString(),
        ["chosenAt"] = Microseconds.Iso(ChosenAt),
    };
}
