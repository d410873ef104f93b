using Governance.Registry.Access;
using Governance.Registry.Ledger;

namespace Governance.Registry.Cohorts;

/// <summary>Who may keep cohorts, and what may be done with them. Pure.</summary>
/// <remarks>
/// Who may ask for cohorts may keep them. What one saved is one's own: nobody else renames, shares or withdraws it. A shared
/// one is retired by its author or by the owner of the model, so that it does not outlive an author who left.
/// </remarks>
public static class SavedCohortPolicy
{
    /// <summary>Why somebody may not save, or null.</summary>
    /// <param name="standing">How they stand to the model.</param>
    /// <param name="name">What they call it.</param>
    /// <param name="condition">The condition; that it can be read, the caller has checked.</param>
    /// <param name="note">What they say of it; null or blank for nothing.</param>
    public static Refusal? RefusalToSave(Standing standing, string? name, string? condition, string? note)
    {
        ArgumentNullException.ThrowIfNull(standing);
        return standing.RefusalFor(Right.RunAudit) ?? RefusalForName(name)
            ?? (string.IsNullOrWhiteSpace(condition) || condition.Trim().Length > PersonalText.MaxLength
                ? new Refusal("no-condition", $"Say which rows, in 1 to {PersonalText.MaxLength} characters.") : null)
            ?? (note?.Trim().Length > PersonalText.MaxLength ? new Refusal("long-text", $"A note has at most {PersonalText.MaxLength} characters.") : null);
    }

    /// <summary>Why a name is refused, or null.</summary>
    public static Refusal? RefusalForName(string? name) => string.IsNullOrWhiteSpace(name) || name.Trim().Length > SavedCohort.MaxNameLength
        ? new Refusal("no-name", $"Give it a name of 1 to {SavedCohort.MaxNameLength} characters.")
        : null;

    /// <summary>Why somebody who sees a cohort may not take a step, or null.</summary>
    /// <param name="kind">Which step.</param>
    /// <param name="entry">The cohort.</param>
    /// <param name="person">Who.</param>
    /// <param name="standing">How they stand to its model.</param>
    public static Refusal? RefusalFor(SavedCohortStepKind kind, SavedCohortEntry entry, UserId person, Standing standing)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(standing);
        bool allowed = entry.Cohort.By == person || (kind == SavedCohortStepKind.Retired && standing.Relation.Owner);
        return !allowed ? new Refusal("not-yours", "Only who saved a cohort changes it; the owner of the model may retire it.")
            : entry.Retired ? new Refusal("retired", "This cohort was retired. Save its condition anew.")
            : kind switch
            {
                SavedCohortStepKind.Shared when entry.Shared => new Refusal("shared", "This cohort is shared already."),
                SavedCohortStepKind.Withdrawn when !entry.Shared => new Refusal("not-shared", "This cohort is not shared."),
                _ => null,
            };
    }
}
