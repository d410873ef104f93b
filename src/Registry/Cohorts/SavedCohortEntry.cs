using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Cohorts;

/// <summary>A saved cohort with what was written and done: what the rules judge.</summary>
/// <param name="Cohort">The fact.</param>
/// <param name="Steps">In order.</param>
/// <param name="Texts">What was written, by its digest; without what was erased.</param>
public sealed record SavedCohortEntry(SavedCohort Cohort, IReadOnlyList<SavedCohortStep> Steps, IReadOnlyDictionary<FactDigest, string> Texts)
{
    /// <summary>Its name now; null where it was erased.</summary>
    public string? Name => Texts.GetValueOrDefault(Steps.LastOrDefault(step => step.Kind == SavedCohortStepKind.Renamed)?.Name ?? Cohort.Name);

    /// <summary>The condition; null where it was erased.</summary>
    public string? Condition => Texts.GetValueOrDefault(Cohort.Condition);

    /// <summary>What it is for; null where nothing was said, or it was erased.</summary>
    public string? Note => Cohort.Note is FactDigest note ? Texts.GetValueOrDefault(note) : null;

    /// <summary>Whether whoever sees the model sees it.</summary>
    public bool Shared => Steps.LastOrDefault(step => step.Kind is SavedCohortStepKind.Shared or SavedCohortStepKind.Withdrawn)?.Kind == SavedCohortStepKind.Shared;

    /// <summary>Whether it is offered no more.</summary>
    public bool Retired => Steps.Any(step => step.Kind == SavedCohortStepKind.Retired);

    /// <summary>Whether it exists for a person who sees the model.</summary>
    public bool IsSeenBy(UserId person) => Shared || Cohort.By == person;

    internal static async Task<IReadOnlyList<SavedCohortEntry>> ReadAsync(GovernanceDb db, IQueryable<SavedCohort> wanted, CancellationToken cancellationToken)
    {
        List<SavedCohort> cohorts = await wanted.AsNoTracking().OrderBy(row => row.At).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        SavedCohortId[] ids = [.. cohorts.Select(row => row.Id)];
        List<SavedCohortStep> steps = await db.SavedCohortSteps.AsNoTracking().Where(row => ids.Contains(row.Cohort))
            .OrderBy(row => row.Number).ToListAsync(cancellationToken);
        FactDigest[] digests =
        [
            .. cohorts.SelectMany(row => (FactDigest?[])[row.Name, row.Condition, row.Note]).Concat(steps.Select(step => step.Name)).OfType<FactDigest>(),
        ];
        Dictionary<FactDigest, string> texts = await db.PersonalTexts.AsNoTracking().Where(row => digests.Contains(row.Digest))
            .ToDictionaryAsync(row => row.Digest, row => row.Text, cancellationToken);
        ILookup<SavedCohortId, SavedCohortStep> done = steps.ToLookup(step => step.Cohort);
        return [.. cohorts.Select(row => new SavedCohortEntry(row, [.. done[row.Id]], texts))];
    }

    // The names that a person or those who read shared cohorts would mix up with a new one.
    internal static async Task<bool> IsTakenAsync(GovernanceDb db, ModelId model, UserId person, SavedCohortId? but, string name, CancellationToken cancellationToken) =>
        (await ReadAsync(db, db.SavedCohorts.Where(row => row.Model == model), cancellationToken)).Any(entry =>
            entry.Cohort.Id != but && !entry.Retired && entry.IsSeenBy(person) && string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase));
}
