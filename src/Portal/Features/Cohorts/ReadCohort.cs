using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Audit.Findings;
using Governance.Audit.Privacy;
using Governance.Audit.Runs;
using Governance.Portal.Features.Explanations;
using Governance.Portal.Features.Versions;
using Governance.Registry.Artifacts;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.Cohorts;

/// <summary>Reads the part of the evaluation data that an address asks for, as far as the person may see it.</summary>
/// <remarks>
/// A condition names only columns that the person may read. Who reads no personal cells is shown no part of few rows, and
/// none whose difference to the parts shown before has few: <see cref="ShowCohorts"/> remembers them.
/// </remarks>
internal sealed class ReadCohort(ScoredVersions versions, ReadRows rows, ShowCohorts shown)
{
    // A page answers within a second; the bar shows what takes longer.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    /// <summary>Reads for a page: waits a little for the scoring.</summary>
    /// <param name="view">The version, with what the person may see.</param>
    /// <param name="document">The evidence whose data are meant.</param>
    /// <param name="where">The condition in the address; null or blank for all rows.</param>
    /// <param name="cancellationToken">The request's.</param>
    public Task<CohortView> OfAsync(VersionView view, FindingsDocument document, string? where, CancellationToken cancellationToken) =>
        OfAsync(view, document, where, Patience, cancellationToken);

    /// <summary>Reads with a patience of one's own; <see cref="Timeout.InfiniteTimeSpan"/> waits until the rows are scored.</summary>
    public async Task<CohortView> OfAsync(
        VersionView view, FindingsDocument document, string? where, TimeSpan patience, CancellationToken cancellationToken)
    {
        int all = (int)(document.Data.FirstOrDefault(data => data.Role == "evaluation")?.Rows ?? 0);
        if (string.IsNullOrWhiteSpace(where))
        {
            return new CohortView { All = all, Rows = [.. Enumerable.Range(0, all)] };
        }

        CohortView cohort = new() { Where = where.Trim(), Name = where.Trim(), All = all };
        try
        {
            if (await RefusalAsync(view, document, cohort.Where, cancellationToken) is string refusal)
            {
                return cohort with { Refusal = refusal };
            }

            if (await versions.TryAsync(view, document, patience, cancellationToken) is not ScoredRows scored)
            {
                return cohort with { Pending = true };
            }

            int[] found = scored.Rows(cohort.Where);
            return found.Length == 0
                ? cohort with { Refusal = "No row fulfils the condition." }
                : await HideAsync(view, document, cohort.Where, found, scored, cancellationToken) is string hidden
                ? cohort with { Refusal = hidden }
                : cohort with { Rows = found, All = scored.Count, Scored = scored };
        }
        catch (InputException refusal)
        {
            return cohort with { Refusal = refusal.Message };
        }
    }

    /// <summary>Why the person may not ask for such a part; null where they may.</summary>
    /// <exception cref="InputException">It is no condition.</exception>
    public async Task<string?> RefusalAsync(VersionView view, FindingsDocument document, string where, CancellationToken cancellationToken)
    {
        if (!view.Viewer.RunAudit)
        {
            return "Your role does not compute figures of parts of the data; the sealed figures of all rows are there.";
        }

        IReadOnlyList<string> columns = Cohort.Parse(where).Columns;
        RowMask? mask = await rows.MaskAsync(view, document, cancellationToken);
        if (mask is null)
        {
            return "The evaluation data are no longer registered, so no part of them can be shown.";
        }

        string? masked = columns.FirstOrDefault(mask.Hides)
            ?? columns.FirstOrDefault(column => DerivedColumns.TellsLabel(column) && document.Options.Label is string label && mask.Hides(label));
        return masked is null ? null : $"The column '{masked}' is masked for your role, so no condition can name it.";
    }

    /// <summary>Whether figures by group of a cohort that is ready may be shown besides.</summary>
    /// <exception cref="InputException">The data lack a protected column.</exception>
    public async Task<bool> ByGroupAsync(VersionView view, FindingsDocument document, CohortView cohort, CancellationToken cancellationToken)
    {
        if (!view.Viewer.MaskProtected || document.Options.Protected.Count == 0)
        {
            return true;
        }

        ScoredRows scored = cohort.Scored ?? throw new ArgumentException("The cohort is not ready.", nameof(cohort));
        AuditData data = document.Data.First(each => each.Role == "evaluation");
        IReadOnlyList<TextColumn> attributes = MeasureCohort.Attributes(scored.Scored, document.Options);
        return await shown.ByGroupAsync(
            view.Viewer.Person, new ArtifactDigest(data.Digest), scored.Data, cohort.Where!, cohort.Rows, attributes, PolicyPack.Default.SmallestShownGroup, cancellationToken);
    }

    // Null where the part may be shown.
    private async Task<string?> HideAsync(
        VersionView view, FindingsDocument document, string where, int[] found, ScoredRows scored, CancellationToken cancellationToken)
    {
        if (!view.Viewer.MaskProtected)
        {
            return null;
        }

        // Rows are remembered by their place in the whole data set.
        if (document.Options.Measures?.Where is string part)
        {
            return $"Not shown to your role: the evidence was measured on a part of the data ({part}), and your role is shown parts of the whole alone.";
        }

        int smallest = PolicyPack.Default.SmallestShownGroup;
        if (found.Length < smallest || scored.Count - found.Length is > 0 and int rest && rest < smallest)
        {
            return $"Not shown to your role: the part or the rest has fewer than {smallest} rows.";
        }

        AuditData data = document.Data.First(each => each.Role == "evaluation");
        return await shown.RunAsync(view.Viewer.Person, new ArtifactDigest(data.Digest), scored.Data, where, found, smallest, cancellationToken) ? null
            : $"Not shown to your role: together with the parts that you were shown before ({PlainNumbers.Count(CohortDisclosure.MostParts)} at most) it would tell of fewer than {smallest} rows.";
    }
}
