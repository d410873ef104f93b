using Governance.Audit.Slices;
using Governance.Portal.Features.Cohorts;
using Governance.Portal.Features.Profiles;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Slices;

/// <summary>An island that finds where a version errs: what it finds is named by conditions, each of which opens as a cohort.</summary>
public abstract class SliceIsland : ComputedIsland
{
    /// <summary>What is worse (<see cref="SliceMetrics.Names"/>).</summary>
    [Parameter, EditorRequired]
    public string Metric { get; set; } = "";

    /// <summary>The address of the page that a condition opens on as a cohort.</summary>
    [Parameter, EditorRequired]
    public string OpensOn { get; set; } = "";

    /// <summary>The address of a condition on the rows that were computed on, as a cohort of all rows.</summary>
    private protected string Open(string condition) =>
        CohortAddress.Of(OpensOn, [("evidence", Evidence.ToString()), (CohortAddress.Cohort, Inside(condition))]);
}
