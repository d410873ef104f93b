using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Summaries;
using Governance.Portal.Features.Cohorts;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Governance.Registry.Policies;
using Governance.Registry.Privacy;

namespace Governance.Portal.Features.Explanations.Summaries;

/// <summary>What the address of a page over all explained rows says.</summary>
/// <param name="Evidence">Which evidence; null for the latest.</param>
/// <param name="Class">Which class of the report's arrays; null for the first.</param>
/// <param name="Case">A row in the data, or null.</param>
/// <param name="Cohort">A condition, or null for all rows.</param>
internal sealed record AttributionsWish(Guid? Evidence, int? Class, int? Case, string? Cohort);

/// <summary>The attributions that a page over all explained rows shows.</summary>
public sealed record ShownAttributions
{
    /// <summary>The sealed evidence.</summary>
    public required SealedFindings Sealed { get; init; }

    /// <summary>Its explanations as they were sealed.</summary>
    public required ExplanationReport Report { get; init; }

    /// <summary>Which class of the report's arrays.</summary>
    public required int Position { get; init; }

    /// <summary>What attributions are measured in.</summary>
    public required AttributionUnit Unit { get; init; }

    /// <summary>The explained rows of the class: of the cohort where one can be shown; none where their attributions are no numbers.</summary>
    public required AttributionMatrix Attributions { get; init; }

    /// <summary>The other explained rows; null where no cohort is shown.</summary>
    public AttributionMatrix? Others { get; init; }

    /// <summary>The cohort that the address names, or the whole; with a refusal where it is not shown.</summary>
    public required CohortView Cohort { get; init; }

    /// <summary>The explained data as the person may see them; null where their role sees no rows.</summary>
    public RowView? Rows { get; init; }

    /// <summary>Mean |attribution| of the rows shown, the largest first.</summary>
    public required IReadOnlyList<FeatureImportance> Importance { get; init; }

    /// <summary>The features, the most important first.</summary>
    public IReadOnlyList<string> Order => [.. Importance.OrderBy(feature => feature.Rank).Select(feature => feature.Feature)];
}

/// <summary>Reads the attributions that pages over all explained rows show, as far as a person's rights go.</summary>
internal sealed class ReadAttributions(ReadFindings findings, ReadRows data, ReadCohort cohorts, KeptAttributions kept)
{
    /// <summary>The attributions; null where no evidence has any.</summary>
    /// <param name="view">The version, with what the person may see.</param>
    /// <param name="wish">What the address says.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task<ShownAttributions?> FindAsync(VersionView view, AttributionsWish wish, CancellationToken cancellationToken)
    {
        SealedFindings? shown = await findings.ChooseAsync(
            view, wish.Evidence, document => document.Explanation is { Rows.Count: > 0 }, cancellationToken);
        if (shown is null)
        {
            return null;
        }

        ExplanationReport report = shown.Document.Explanation!;
        int position = ClassChoice.Position(report, wish.Class, wish.Case);
        (AttributionMatrix all, IReadOnlyList<FeatureImportance> importance) = kept.Of(shown.Document, position);
        CohortView cohort = await cohorts.OfAsync(view, shown.Document, wish.Cohort, cancellationToken);
        (AttributionMatrix? inside, AttributionMatrix? others) = cohort is { IsWhole: false, Ready: true } ? all.Split(cohort.Rows) : (null, null);
        if (inside is not null && others is not null && Refuse(view, inside, others) is string refusal)
        {
            cohort = cohort with { Refusal = refusal };
            (inside, others) = (null, null);
        }

        AttributionMatrix attributions = inside ?? all;
        return new ShownAttributions
        {
            Sealed = shown,
            Report = report,
            Position = position,
            Unit = AttributionUnit.Of(report, position),
            Attributions = attributions,
            Others = others,
            Cohort = cohort,
            Rows = await data.FindAsync(view, shown.Document, ReadKind.Explanation, cancellationToken),
            Importance = inside is null ? importance
                : attributions.Count == 0 ? [] : RankImportance.Of(attributions, RankImportance.Level, shown.Document.Options.Seed),
        };
    }

    // Fewer rows are explained than there are: a cohort that is large enough may have few among them.
    private static string? Refuse(VersionView view, AttributionMatrix inside, AttributionMatrix others)
    {
        int smallest = view.Viewer.MaskProtected ? PolicyPack.Default.SmallestShownGroup : 1;
        return inside.Count == 0 ? "None of the rows explained belongs to the cohort: explain rows of it below, or choose evidence with more rows."
            : inside.Count < smallest || others.Count > 0 && others.Count < smallest
            ? $"Not shown to your role: fewer than {smallest} of the rows explained belong to the cohort, or to the rest."
            : null;
    }
}
