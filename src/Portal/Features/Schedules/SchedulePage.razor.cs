using System.Diagnostics;
using Governance.Portal.Scheduling;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Schedules;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Schedules;

/// <summary>One schedule: what changed, its runs, what was done to it, and what the person who looks may do.</summary>
public sealed partial class SchedulePage
{
    private const int MostRuns = 60;
    private const int NextTicks = 3;

    private ScheduleView? view;
    private IReadOnlyList<ScheduleRunView> runs = [];
    private IReadOnlyList<DateTimeOffset> next = [];
    private RunChanges? changes;
    private string? refusal;

    /// <summary>Which schedule.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [SupplyParameterFromForm]
    private StepInput? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ScheduleQueries Schedules { get; set; } = default!;

    [Inject]
    private StepSchedule Step { get; set; } = default!;

    [Inject]
    private RunSchedule RunNow { get; set; } = default!;

    [Inject]
    private ReadRunDiff Diff { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private IReadOnlyList<ScheduleStepKind> Kinds => [.. Enum.GetValues<ScheduleStepKind>().Where(kind => view!.RefusalFor(kind) is null)];

    private bool MayRun => SchedulePolicy.RefusalToAdd(view!.Viewer) is null;

    protected override async Task OnInitializedAsync()
    {
        Form ??= new StepInput();
        view = await Schedules.FindAsync(Http.User.Id(), new ScheduleId(Id), Http.RequestAborted);
        if (view is null)
        {
            Navigation.NotFound();
            return;
        }

        runs = await Schedules.RunsAsync([view.Schedule.Id], null, null, MostRuns, Http.RequestAborted);
        changes = view.Schedule.Work == ScheduleWork.Audit ? await Diff.OfAsync(view.Model, runs, Http.User, Http.RequestAborted) : null;
        if (view is { Entry.State: ScheduleState.Active, Schedule.Trigger: ScheduleTrigger.Clock })
        {
            next = [.. Cadence.Read(view.Schedule.Cron!, view.Schedule.TimeZone!).After(Time.GetUtcNow(), NextTicks)];
        }
    }

    private async Task StepAsync()
    {
        switch (await Step.RunAsync(Http.User.Actor(), new ScheduleId(Id), Form!.Kind ?? Kinds[0], Form.Reason, Http.RequestAborted))
        {
            case StepScheduleOutcome.Recorded:
                Navigation.NavigateTo($"/audits/schedules/{Id}");
                break;
            case StepScheduleOutcome.Refused { Reason: var reason }:
                refusal = reason.Sentence;
                break;
            case StepScheduleOutcome.NoSuchSchedule:
                Navigation.NotFound();
                break;
            default:
                throw new UnreachableException();
        }
    }

    private async Task RunAsync()
    {
        Refusal? reason = MayRun ? await RunNow.ByHandAsync(view!.Entry, Http.RequestAborted) : RightsRefusals.For(Right.Operate);
        if (reason is null)
        {
            Navigation.NavigateTo($"/audits/schedules/{Id}");
        }
        else
        {
            refusal = reason.Sentence;
        }
    }

    private sealed class StepInput
    {
        public ScheduleStepKind? Kind { get; set; }

        public string? Reason { get; set; }
    }
}
