using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;

namespace Governance.Registry.Cohorts;

/// <summary>A condition on the rows of a model's evaluation data that somebody keeps under a name. Written once; what is done with it are steps.</summary>
/// <remarks>
/// Name, condition and note are what a person wrote, and a condition may name a person: the fact holds their salted digests.
/// Another condition is another cohort, so that a link and a name mean the same for good.
/// </remarks>
public sealed class SavedCohort : IFact, IAppendOnly
{
    /// <summary>The longest name, in UTF-16 code units.</summary>
    public const int MaxNameLength = 100;

    /// <summary>Records a cohort.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="model">Of which model.</param>
    /// <param name="name">The digest of its name.</param>
    /// <param name="condition">The digest of its condition.</param>
    /// <param name="note">The digest of what it is for; null where nothing was said.</param>
    /// <param name="by">Who keeps it.</param>
    /// <param name="at">UTC, to the microsecond.</param>
    public SavedCohort(SavedCohortId id, ModelId model, FactDigest name, FactDigest condition, FactDigest? note, UserId by, DateTimeOffset at)
    {
        Id = id;
        Model = model;
        Name = name;
        Condition = condition;
        Note = note;
        By = by;
        At = at;
    }

    public SavedCohortId Id { get; private init; }

    public ModelId Model { get; private init; }

    /// <summary>The digest of the <see cref="PersonalText"/> that it was first called.</summary>
    public FactDigest Name { get; private init; }

    /// <summary>The digest of the <see cref="PersonalText"/> of the condition.</summary>
    public FactDigest Condition { get; private init; }

    /// <summary>The digest of the <see cref="PersonalText"/> of the note.</summary>
    public FactDigest? Note { get; private init; }

    public UserId By { get; private init; }

    public DateTimeOffset At { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.SavedCohort, Id.ToString());

    /// <summary>The model whose history shows it.</summary>
    public LedgerSubject Scope => new(LedgerSubject.Model, Model.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["model"] = Model.ToString(),
        ["name"] = Name.Hex,
        ["condition"] = Condition.Hex,
        ["note"] = Note?.Hex,
        ["by"] = By.ToString(),
        ["at"] = Microseconds.Iso(At),
    };
}
