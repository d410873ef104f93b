using Governance.Audit.Answers;
using Governance.Audit.Serving;
using Governance.Portal.Features.Models;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Serving;

/// <summary>All versions that this process serves, for whoever may see their models.</summary>
public sealed partial class ServingPage
{
    private IReadOnlyList<ServingRow> rows = [];

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadModels Models { get; set; } = default!;

    [Inject]
    private ServingMeters Meters { get; set; } = default!;

    [Inject]
    private HostedModels Hosted { get; set; } = default!;

    [Inject]
    private ServingOptions Options { get; set; } = default!;

    private string Title => rows.Count switch
    {
        0 => "No version was asked yet",
        1 => "One version was asked",
        _ => $"{rows.Count} versions were asked",
    };

    private string Memory => $"{Hosted.Loaded.Count} of all models' versions are in memory; they may take {ServingRow.Size(Options.MemoryBytes)} together, and the one unasked for longest makes room.";

    protected override async Task OnInitializedAsync()
    {
        HashSet<string> seen = [.. (await Models.ListAsync(Http.User, Http.RequestAborted)).Rows.Where(row => !row.NameOnly).Select(row => row.Model.Name)];
        rows = [.. Meters.All.Where(entry => seen.Contains(entry.Meter.Model)).Select(entry => new ServingRow(entry.Meter))];
    }
}
