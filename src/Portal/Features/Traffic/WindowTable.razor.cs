using System.Globalization;
using Governance.Audit.Privacy;
using Governance.Audit.Traffic;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Deployments;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Traffic;

/// <summary>The columns of a window of days, as they were counted.</summary>
public sealed partial class WindowTable
{
    private const int Shown = 30;
    private const int MostDays = 400;

    private WindowSummary? summary;
    private RowMask? mask;
    private IReadOnlyList<WindowLine> lines = [];

    /// <summary>Of which deployment; the viewer may see it.</summary>
    [Parameter, EditorRequired]
    public DeploymentView Deployment { get; set; } = default!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadSummaries Summaries { get; set; } = default!;

    [Inject]
    private DescribeDeployment Describe { get; set; } = default!;

    [Inject]
    private DeploymentQueries Deployments { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private DateOnly First { get; set; }

    private DateOnly Last { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Last = DayOf("to") ?? DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);
        First = DayOf("from") is DateOnly from && from <= Last && Last.DayNumber - from.DayNumber < MostDays ? from : Last.AddDays(1 - Shown);
        DeploymentId id = Deployment.Deployment.Id;
        if (await Deployments.FindAsync(Http.User.Id(), id, Http.RequestAborted) is not (DeploymentView, Standing { Person: Person person } standing)
            || await Describe.RunAsync(id, Http.RequestAborted) is not DeploymentColumns known)
        {
            return;
        }

        mask = RowMask.Of(AccessPolicy.Decide(person.Roles, Right.SeePersonalRows, standing.Relation), known.Columns);
        summary = await Summaries.WindowAsync(id, At(First), At(Last.AddDays(1)), Http.RequestAborted);
        lines = WindowLine.Of(summary, mask);
    }

    private static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private DateOnly? DayOf(string name) =>
        DateOnly.TryParseExact(Http.Request.Query[name], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
        && day.Year is > 1 and < 9999 ? day : null;
}
