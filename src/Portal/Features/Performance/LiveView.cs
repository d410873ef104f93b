using Governance.Portal.Features.Cohorts;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.Performance;

/// <summary>What an island computes from while somebody looks: the scored rows of an evidence, and the part of them that is asked about.</summary>
/// <param name="View">The version, with what the person may see.</param>
/// <param name="Shown">The evidence that names data, threshold and columns.</param>
/// <param name="Rows">All its rows, in the clear.</param>
/// <param name="Part">The cohort as the person may see it.</param>
internal sealed record LiveView(VersionView View, SealedFindings Shown, ScoredRows Rows, CohortView Part)
{
    /// <summary>The cohort's rows; null for all.</summary>
    public int[]? Taken => Part.IsWhole ? null : Part.Rows;

    /// <summary>Figures may not tell of fewer rows than this; 1 for who reads personal rows.</summary>
    public int Fewest => View.Viewer.MaskProtected ? PolicyPack.Default.SmallestShownGroup : 1;

    /// <summary>What steps do to figures at a cut; null for who sees every cut.</summary>
    public string? Steps => Fewest > 1
        ? $"Your role sees cuts in steps of at least {Fewest} rows: rows between a cut and the next step above it are counted as below it, so figures can differ from those of the evidence."
        : null;

    /// <summary>How many rows the figures are of.</summary>
    public int Count => Taken?.Length ?? Rows.Count;

    /// <summary>What stands in each line of provenance.</summary>
    public IReadOnlyList<string> Source =>
    [
        $"computed now on {Audit.Findings.PlainNumbers.Count(Count)} rows, not sealed evidence",
        .. Part.IsWhole ? Array.Empty<string>() : [$"cohort: {Part.Name}"],
        .. Shown.Source,
        .. Fewest > 1 ? [$"in steps of at least {Fewest} rows for your role"] : Array.Empty<string>(),
    ];
}
