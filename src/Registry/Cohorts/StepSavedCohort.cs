using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Cohorts;

/// <summary>Shares, withdraws, renames or retires a saved cohort.</summary>
public sealed class StepSavedCohort(AppendGate gate)
{
    internal static readonly Refusal Taken = new("taken", "There is a cohort of this name on this model already.");

    /// <summary>Records the step.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="id">Which cohort.</param>
    /// <param name="kind">What is done.</param>
    /// <param name="name">Its new name; asked for by <see cref="SavedCohortStepKind.Renamed"/> alone.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <exception cref="ArgumentException">The actor is the system.</exception>
    public Task<SavedCohortOutcome> RunAsync(
        Actor actor, SavedCohortId id, SavedCohortStepKind kind, string? name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        UserId person = actor.User ?? throw new ArgumentException("A person changes a cohort.", nameof(actor));
        return gate.RunAsync<SavedCohortOutcome>(actor, async change =>
        {
            SavedCohortEntry? entry = (await SavedCohortEntry.ReadAsync(change.Db, change.Db.SavedCohorts.Where(row => row.Id == id), cancellationToken)).SingleOrDefault();
            Model? model = entry is null ? null
                : await change.Db.Models.AsNoTracking().FirstAsync(row => row.Id == entry.Cohort.Model, cancellationToken);
            Standing standing = await Standing.LoadAsync(change.Db, actor, model, cancellationToken);
            if (entry is null || standing.Visibility != ModelVisibility.Full || !entry.IsSeenBy(person))
            {
                return new SavedCohortOutcome.NotFound();
            }

            bool renamed = kind == SavedCohortStepKind.Renamed;
            string? called = renamed ? name?.Trim() : entry.Name;
            Refusal? refusal = SavedCohortPolicy.RefusalFor(kind, entry, person, standing)
                ?? (renamed ? SavedCohortPolicy.RefusalForName(name) : null)
                ?? (renamed && await SavedCohortEntry.IsTakenAsync(change.Db, entry.Cohort.Model, person, id, called!, cancellationToken) ? Taken : null);
            if (refusal is not null)
            {
                return new SavedCohortOutcome.Refused(refusal);
            }

            PersonalText? text = renamed ? PersonalText.Write(called!) : null;
            change.Keep(text);
            change.Add(
                new SavedCohortStep(SavedCohortStepId.New(), id, entry.Steps.Count + 1, kind, text?.Digest, person, change.Now),
                "cohort." + kind.ToString().ToLowerInvariant(), entry.Cohort.Scope);
            return new SavedCohortOutcome.Recorded(id);
        }, cancellationToken);
    }
}
