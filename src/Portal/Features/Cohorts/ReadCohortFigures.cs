using Governance.Audit.Cohorts;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Profiles;
using Governance.Portal.Features.Versions;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.Cohorts;

/// <summary>The figures of a cohort, and of all other rows where they stand beside it.</summary>
/// <param name="Part">The cohort's.</param>
/// <param name="Rest">Those of the other rows; null where they were not asked for, or there are none.</param>
/// <param name="Refusal">Why figures by group are not shown, in a sentence; null where they are, or were not asked for.</param>
public sealed record CohortMeasured(CohortFigures Part, CohortFigures? Rest, string? Refusal);

/// <summary>Measures a cohort that a page may show, with the engines and the rules of the evidence.</summary>
internal sealed class ReadCohortFigures(ComputeTurn turn, ReadCohort cohorts, PolicyQueries policies)
{
    /// <summary>Measures.</summary>
    /// <param name="view">The version, with what the person may see.</param>
    /// <param name="shown">The evidence whose data, options and rules are used.</param>
    /// <param name="cohort">A cohort that is ready and has a condition.</param>
    /// <param name="families">What is measured; figures by group are left out where groups of few rows would follow.</param>
    /// <param name="beside">Whether the other rows are measured too.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task<CohortMeasured> RunAsync(
        VersionView view, SealedFindings shown, CohortView cohort, CohortFamilies families, bool beside, CancellationToken cancellationToken)
    {
        ScoredRows scored = cohort.Scored ?? throw new ArgumentException("There is nothing to measure of a cohort that is not ready.", nameof(cohort));
        string? refusal = families.HasFlag(CohortFamilies.Fairness) && !await cohorts.ByGroupAsync(view, shown.Document, cohort, cancellationToken)
            ? $"Figures by group are not shown to your role for this cohort: groups of fewer than {PolicyPack.Default.SmallestShownGroup} rows are in it, or would follow from it and what you were shown before."
            : null;
        CohortFamilies open = refusal is null ? families : families & ~CohortFamilies.Fairness;
        PolicyPack policy = shown.Document.Policy is { } named
            ? (await policies.FindAsync(named.Name, named.Number, cancellationToken))?.Pack ?? PolicyPack.Default
            : PolicyPack.Default;
        int[] others = beside ? cohort.Complement() : [];
        return await turn.RunAsync(
            () => new CohortMeasured(
                MeasureCohort.Run(scored.Scored, cohort.Rows, shown.Document.Options, policy, open, cancellationToken),
                others.Length == 0 ? null : MeasureCohort.Run(scored.Scored, others, shown.Document.Options, policy, open, cancellationToken),
                refusal),
            cancellationToken);
    }
}
