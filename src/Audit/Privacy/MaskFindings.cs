using Governance.Audit.Drift;
using Governance.Audit.Equivalence;
using Governance.Audit.Fairness;
using Governance.Audit.Findings;
using Governance.Audit.Runs;

namespace Governance.Audit.Privacy;

/// <summary>A findings document as people see it who see aggregates only: without groups and cohorts of few rows, and without cells.</summary>
/// <remarks>The sealed document is not touched; verdicts and what was asked for stay as they are. Pure.</remarks>
public static class MaskFindings
{
    /// <summary>Masks a document.</summary>
    /// <param name="document">What was sealed.</param>
    /// <param name="smallest">k: fewer rows are not shown.</param>
    /// <param name="mask">Which cells warnings may not quote.</param>
    /// <param name="isOpen">Whether a cohort of the document may be shown, besides having enough rows.</param>
    /// <returns>The same document where nothing is masked.</returns>
    public static FindingsDocument Run(FindingsDocument document, int smallest, RowMask mask, Func<SliceReport, bool> isOpen)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(isOpen);
        IReadOnlyDictionary<string, IReadOnlySet<string>> hidden = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        FairnessReport? fairness = document.Fairness is null ? null : MaskGroups.Run(document.Fairness, smallest, out hidden);
        IReadOnlySet<string> blanked = new HashSet<string>();
        EquivalenceReport? equivalence = document.Equivalence is null ? null : MaskEquivalence.Run(document.Equivalence, smallest, out blanked);
        List<SliceReport> cohorts = [];
        HashSet<string> shut = [];
        foreach (SliceReport cohort in document.Cohorts ?? [])
        {
            if (cohort.Rows >= smallest && isOpen(cohort))
            {
                cohorts.Add(Cohort(cohort, document.Fairness, hidden, smallest));
            }
            else
            {
                shut.Add(cohort.Cohort ?? "");
            }
        }

        HashSet<string> thin = [.. cohorts.Where(cohort => cohort.Fairness is null).Select(cohort => cohort.Cohort ?? "")];
        IReadOnlyList<Finding> findings = [.. document.Findings.Select(finding => Hides(finding, hidden, shut, thin) || blanked.Contains(finding.Id) ? Blank(finding, smallest) : finding)];
        DriftReport? drift = Drift(document.Drift, mask);
        bool same = ReferenceEquals(fairness, document.Fairness) && ReferenceEquals(equivalence, document.Equivalence) && ReferenceEquals(drift, document.Drift) && findings.SequenceEqual(document.Findings)
            && (document.Cohorts is null || cohorts.SequenceEqual(document.Cohorts)) && mask.Mask(document.Warnings).SequenceEqual(document.Warnings);
        return same ? document : document with
        {
            Fairness = fairness,
            Equivalence = equivalence,
            Findings = findings,
            Drift = drift,
            Cohorts = document.Cohorts is null ? null : cohorts,
            PerformanceBy = Without(document.PerformanceBy, hidden),
            Warnings = mask.Mask(document.Warnings),
        };
    }

    // Of a column that the person may not read: whether it drifted, but neither counts by value nor levels by name.
    private static DriftReport? Drift(DriftReport? drift, RowMask mask) =>
        drift is null || !drift.Columns.Any(column => mask.Hides(column.Name) && (column.Histogram is not null || column.Note is not null)) ? drift : drift with
        {
            Columns = [.. drift.Columns.Select(column => mask.Hides(column.Name) ? column with { Histogram = null, Note = null } : column)],
        };

    // Groups of a cohort are shown where neither they nor the rest of the same group outside it are few.
    private static SliceReport Cohort(
        SliceReport cohort, FairnessReport? overall, IReadOnlyDictionary<string, IReadOnlySet<string>> hidden, int smallest)
    {
        bool enough = cohort.Fairness?.Attributes.All(attribute => hidden.GetValueOrDefault(attribute.Attribute) is not { Count: > 0 }
            && attribute.Groups.All(group => Enough(group.Count) && Enough(Rest(attribute.Attribute, group)))) ?? true;
        return enough ? cohort : cohort with { Fairness = null, PerformanceBy = null };

        bool Enough(int count) => count == 0 || count >= smallest;

        int Rest(string attribute, GroupMetrics group) => (overall?.Attributes.FirstOrDefault(each => each.Attribute == attribute)?
            .Groups.FirstOrDefault(each => each.Group == group.Group)?.Count ?? group.Count) - group.Count;
    }

    private static Dictionary<string, Performance.PerformanceReport>? Without(
        IReadOnlyDictionary<string, Performance.PerformanceReport>? by, IReadOnlyDictionary<string, IReadOnlySet<string>> hidden) =>
        by?.Where(pair => hidden.GetValueOrDefault(pair.Key) is not { Count: > 0 }).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);

    private static bool Hides(
        Finding finding, IReadOnlyDictionary<string, IReadOnlySet<string>> hidden, HashSet<string> shut, HashSet<string> thin)
    {
        if (finding.Cohort is string cohort && (shut.Contains(cohort) || (thin.Contains(cohort) && finding.Attribute is not null)))
        {
            return true;
        }

        IReadOnlySet<string>? groups = finding.Attribute is string attribute ? hidden.GetValueOrDefault(attribute) : null;
        return groups is { Count: > 0 } && (finding.Group is string group ? groups.Contains(group)
            : finding.Extremes is not { } extremes || groups.Contains(extremes.Lowest.Group) || groups.Contains(extremes.Highest.Group)
                || (finding.Small is { } small && groups.Contains(small.Group)));
    }

    private static Finding Blank(Finding finding, int smallest) => finding with
    {
        Value = null,
        Interval = null,
        N = 0,
        PValue = null,
        Extremes = null,
        Small = null,
        Gate = finding.Gate is null ? null : finding.Gate with { NeededN = null },
        Reason = "not shown to your role",
        Sentence = $"Not shown to your role: a part of fewer than {smallest} rows is in it, or would follow from it.",
        Technical = null,
    };
}
