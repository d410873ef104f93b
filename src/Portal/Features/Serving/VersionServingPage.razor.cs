using Governance.Audit.Findings;
using Governance.Audit.Serving;
using Governance.Portal.Features.Versions;
using Governance.Registry.Serving;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Serving;

/// <summary>The Serving tab of a version: how fast it answers, where the time goes, and how it is served.</summary>
public sealed partial class VersionServingPage
{
    private VersionView? view;
    private ServingMeter? meter;
    private ServingSettings settings = ServingSettings.Default;

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The version's number.</summary>
    [Parameter]
    public int Number { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ServingMeters Meters { get; set; } = default!;

    [Inject]
    private ServingQueries Queries { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Title => meter is null || meter.Requests == 0 ? "How fast it answers"
        : $"{PlainNumbers.Count(meter.Requests)} {(meter.Requests == 1 ? "answer" : "answers")}, P95 {ServingRow.Time(new ServingRow(meter).Shown.Quantile(0.95))}";

    protected override async Task OnInitializedAsync()
    {
        VersionView? found = await Versions.FindAsync(Name, Number, Http.User, Http.RequestAborted);
        if (found is null)
        {
            Navigation.NotFound();
            return;
        }

        meter = Meters.Find(found.Version.Id);
        settings = await Queries.OfAsync(found.Version.Id, Http.RequestAborted);
        view = found; // last: the form below starts from all of it
    }
}
