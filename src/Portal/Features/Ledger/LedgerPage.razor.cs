using Governance.Portal.Security;
using Governance.Registry.Checkpoints;
using Governance.Registry.Ledger;
using Governance.Registry.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Ledger;

/// <summary>The ledger: entries with search and filters, checkpoints with their copies, and how to verify it elsewhere.</summary>
public sealed partial class LedgerPage
{
    private const int PageSize = 100;

    private LedgerSearch search = new();
    private IReadOnlyList<TimelineLine> lines = [];
    private bool seesAll;
    private long signed;
    private long outside;

    [SupplyParameterFromQuery]
    private string? Q { get; set; }

    [SupplyParameterFromQuery(Name = "actor")]
    private string? ActorName { get; set; }

    [SupplyParameterFromQuery(Name = "action")]
    private string? ActionName { get; set; }

    [SupplyParameterFromQuery]
    private string? Subject { get; set; }

    [SupplyParameterFromQuery]
    private string? Model { get; set; }

    [SupplyParameterFromQuery]
    private string? From { get; set; }

    [SupplyParameterFromQuery]
    private string? To { get; set; }

    [SupplyParameterFromQuery]
    private long? Before { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private LedgerQueries Ledger { get; set; } = default!;

    [Inject]
    private CheckpointQueries Checkpoints { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        search = new LedgerSearch { Q = Q, Actor = ActorName, Action = ActionName, Subject = Subject, Model = Model, From = From, To = To, Before = Before };
        lines = await Ledger.PageAsync(Http.User.Id(), search.ToFilter(), search.Before, PageSize, Http.RequestAborted);
        seesAll = await Ledger.SeesAllAsync(Http.User.Id(), Http.RequestAborted);
        signed = (await Checkpoints.LatestAsync(Http.RequestAborted))?.Size ?? 0;
        outside = await Checkpoints.OutsideAsync(Http.RequestAborted);
    }
}
