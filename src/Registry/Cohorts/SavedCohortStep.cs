using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;

namespace Governance.Registry.Cohorts;

/// <summary>What was done with a saved cohort.</summary>
public enum SavedCohortStepKind
{
    /// <summary>Whoever sees the model sees it from now.</summary>
    Shared,

    /// <summary>Only who saved it sees it from now.</summary>
    Withdrawn,

    /// <summary>It has another name.</summary>
    Renamed,

    /// <summary>It is offered no more.</summary>
    Retired,
}

/// <summary>Something that was done with a saved cohort. Written once.</summary>
public sealed class SavedCohortStep : IFact, IAppendOnly
{
    /// <summary>Records a step.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="cohort">Of which cohort.</param>
    /// <param name="number">From 1, in order.</param>
    /// <param name="kind">What was done.</param>
    /// <param name="name">The digest of its new name; null but for <see cref="SavedCohortStepKind.Renamed"/>.</param>
    /// <param name="by">Who did it.</param>
    /// <param name="at">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">The number is below 1, or a name is given without renaming, or the other way round.</exception>
    public SavedCohortStep(
        SavedCohortStepId id, SavedCohortId cohort, int number, SavedCohortStepKind kind, FactDigest? name, UserId by, DateTimeOffset at)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        if (name is null == (kind == SavedCohortStepKind.Renamed))
        {
            throw new ArgumentException("A name is given when it is renamed.", nameof(name));
        }

        Id = id;
        Cohort = cohort;
        Number = number;
        Kind = kind;
        Name = name;
        By = by;
        At = at;
    }

    public SavedCohortStepId Id { get; private init; }

    public SavedCohortId Cohort { get; private init; }

    public int Number { get; private init; }

    public SavedCohortStepKind Kind { get; private init; }

    public FactDigest? Name { get; private init; }

    public UserId By { get; private init; }

    public DateTimeOffset At { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.SavedCohortStep, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["cohort"] = Cohort.ToString(),
        ["number"] = Number,
        ["kind"] = Kind.ToString(),
        ["name"] = Name?.Hex,
        ["by"] = By.ToString(),
        ["at"] = Microseconds.Iso(At),
    };
}
