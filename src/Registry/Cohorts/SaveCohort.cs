using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Cohorts;

/// <summary>Keeps a cohort under a name.</summary>
public sealed class SaveCohort(AppendGate gate)
{
    /// <summary>Records it. That the condition can be read, the caller has checked.</summary>
    /// <param name="actor">Who keeps it.</param>
    /// <param name="model">Of which model, by its name.</param>
    /// <param name="name">In 1 to <see cref="SavedCohort.MaxNameLength"/> characters; no other that the person sees has it, in whatever letter case.</param>
    /// <param name="condition">Which rows, in 1 to <see cref="PersonalText.MaxLength"/> characters.</param>
    /// <param name="note">What it is for; null or blank for nothing.</param>
    /// <param name="share">Whether whoever sees the model sees it.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <exception cref="ArgumentException">The actor is the system.</exception>
    public Task<SavedCohortOutcome> RunAsync(
        Actor actor, string model, string? name, string? condition, string? note, bool share, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        UserId person = actor.User ?? throw new ArgumentException("A person keeps a cohort.", nameof(actor));
        return gate.RunAsync<SavedCohortOutcome>(actor, async change =>
        {
            Model? row = await change.Db.Models.AsNoTracking().FirstOrDefaultAsync(each => each.Name == model, cancellationToken);
            Standing standing = await Standing.LoadAsync(change.Db, actor, row, cancellationToken);
            if (row is null || standing.Visibility != ModelVisibility.Full)
            {
                return new SavedCohortOutcome.NotFound();
            }

            if (SavedCohortPolicy.RefusalToSave(standing, name, condition, note) is Refusal refusal)
            {
                return new SavedCohortOutcome.Refused(refusal);
            }

            if (await SavedCohortEntry.IsTakenAsync(change.Db, row.Id, person, null, name!.Trim(), cancellationToken))
            {
                return new SavedCohortOutcome.Refused(StepSavedCohort.Taken);
            }

            PersonalText called = PersonalText.Write(name.Trim());
            PersonalText which = PersonalText.Write(condition!.Trim());
            PersonalText? said = string.IsNullOrWhiteSpace(note) ? null : PersonalText.Write(note.Trim());
            SavedCohort cohort = new(SavedCohortId.New(), row.Id, called.Digest, which.Digest, said?.Digest, person, change.Now);
            change.Keep(called);
            change.Keep(which);
            change.Add(cohort, "cohort.saved", cohort.Scope, said);
            if (share)
            {
                change.Add(
                    new SavedCohortStep(SavedCohortStepId.New(), cohort.Id, 1, SavedCohortStepKind.Shared, null, person, change.Now), "cohort.shared", cohort.Scope);
            }

            return new SavedCohortOutcome.Recorded(cohort.Id);
        }, cancellationToken);
    }
}
