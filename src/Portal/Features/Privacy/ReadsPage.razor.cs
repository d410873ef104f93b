using Governance.Portal.Security;
using Governance.Registry.Privacy;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Privacy;

/// <summary>The log of looks at rows, for auditors and owners.</summary>
public sealed partial class ReadsPage
{
    private const int MostShown = 200;

    private (IReadOnlyList<RowReadView> Latest, IReadOnlyList<DayOfReads> Days)? log;

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private RowReadQueries Reads { get; set; } = default!;

    protected override async Task OnInitializedAsync() => log = await Reads.ForAsync(Http.User.Id(), MostShown, Http.RequestAborted);
}
