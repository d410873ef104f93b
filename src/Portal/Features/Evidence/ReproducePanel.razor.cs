using System.Diagnostics;
using Governance.Audit.Runs;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Evidence;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Evidence;

/// <summary>Asks for evidence to be computed again, and shows what came of it before.</summary>
public sealed partial class ReproducePanel
{
    private readonly List<(EvidenceRecord Record, ReproductionReport Report)> before = [];
    private string? refusal;

    /// <summary>The version.</summary>
    [Parameter, EditorRequired]
    public VersionView View { get; set; } = default!;

    /// <summary>The evidence.</summary>
    [Parameter, EditorRequired]
    public SealedFindings Shown { get; set; } = default!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadFindings Findings { get; set; } = default!;

    [Inject]
    private RequestReproduction Request { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        string title = RequestReproduction.TitleStart + Shown.Record.Findings.Hex[..8];
        foreach (EvidenceRecord record in View.Reproductions.Where(record => record.Title == title))
        {
            FindingsDocument document = await Findings.ReadAsync(record, Http.RequestAborted);
            if (document.Reproduction is { } report && report.SealedDigest == Shown.Record.Findings.Hex)
            {
                before.Add((record, report));
            }
        }
    }

    private async Task RequestAsync()
    {
        switch (await Request.RunAsync(Http.User.Actor(), Shown.Record.Id, Http.RequestAborted))
        {
            case StartRunOutcome.Queued:
                Navigation.NavigateTo($"{View.Address("overview")}#audit");
                break;
            case StartRunOutcome.Refused { Reason: var reason }:
                refusal = reason.Sentence;
                break;
            case StartRunOutcome.NoSuchVersion:
                Navigation.NotFound();
                break;
            default:
                throw new UnreachableException();
        }
    }
}
