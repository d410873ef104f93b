using System.Diagnostics;
using Governance.Portal.Features.Accounts;
using Governance.Portal.Security;
using Governance.Registry.Alarms;
using Governance.Registry.Sessions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Alarms;

/// <summary>The alarms that concern a person: confirming that it was them, releasing what they own.</summary>
public sealed partial class AlarmsPage
{
    /// <summary>Where it is.</summary>
    internal const string Address = "/alarms";

    private IReadOnlyList<AlarmView> alarms = [];
    private string? refusal;

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private AlarmQueries Queries { get; set; } = default!;

    [Inject]
    private AnswerAlarm Answer { get; set; } = default!;

    [Inject]
    private StepUp Confirmed { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    // The button says it all; a form needs a model.
    private object Nothing { get; } = new();

    protected override async Task OnInitializedAsync() => alarms = await Queries.VisibleToAsync(Http.User.Id(), Http.RequestAborted);

    private static string Mine(AlarmView row) =>
        row.Party.IsOrphaned ? "Confirm in their place" : row.Party.IsService ? "It was the program I answer for" : "It was me";

    private async Task ConfirmAsync(TheftAlarmId id) => Show(await IsFreshAsync()
        ? await Answer.ConfirmAsync(Http.User.Actor(), id, Http.RequestAborted)
        : new AlarmOutcome.Refused(StepUp.Stale));

    private async Task ReleaseAsync(TheftAlarmId id) => Show(await IsFreshAsync()
        ? await Answer.ReleaseAsync(Http.User.Actor(), id, Http.Request.Form["found"], Http.RequestAborted)
        : new AlarmOutcome.Refused(StepUp.Stale));

    private Task<bool> IsFreshAsync() => Confirmed.IsFreshAsync(Http.User, StepUpPurpose.Alarms, Http.RequestAborted);

    private void Show(AlarmOutcome outcome)
    {
        switch (outcome)
        {
            case AlarmOutcome.Done:
                Navigation.NavigateTo(Address);
                break;
            case AlarmOutcome.Refused { Reason.Sentence: var sentence }:
                refusal = sentence;
                break;
            case AlarmOutcome.NoSuchAlarm:
                Navigation.NotFound();
                break;
            default:
                throw new UnreachableException();
        }
    }
}
