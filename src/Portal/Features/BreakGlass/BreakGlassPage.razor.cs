using System.Diagnostics;
using Governance.Portal.Features.Accounts;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.BreakGlass;
using Governance.Registry.Sessions;
using Governance.Registry.Storage;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.BreakGlass;

/// <summary>Break-glass: asking, opening, ending, reviewing.</summary>
public sealed partial class BreakGlassPage
{
    private const string Address = "/break-glass";

    private IReadOnlyList<BreakGlassView> requests = [];
    private IReadOnlyList<Right> rights = [];
    private string? refusal;

    [SupplyParameterFromForm(FormName = "break-glass")]
    private AskForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private BreakGlassQueries Queries { get; set; } = default!;

    [Inject]
    private AskBreakGlass Ask { get; set; } = default!;

    [Inject]
    private DecideBreakGlass Decide { get; set; } = default!;

    [Inject]
    private StepUp Confirmed { get; set; } = default!;

    [Inject]
    private PeopleQueries People { get; set; } = default!;

    [Inject]
    private RegistryOptions Options { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    // The button says it all; a form needs a model.
    private object Nothing { get; } = new();

    private object Review { get; } = new();

    private string Wait => Options.BreakGlassWait.TotalHours >= 1
        ? $"{Options.BreakGlassWait.TotalHours:0.#} hours" : $"{Options.BreakGlassWait.TotalMinutes:0} minutes";

    private string Title => requests.Count(row => row.State == BreakGlassState.InForce) switch
    {
        0 => "Nothing is open",
        1 => "One right is open",
        int count => $"{count} rights are open",
    };

    protected override async Task OnInitializedAsync()
    {
        Form ??= new AskForm();
        requests = await Queries.VisibleToAsync(Http.User.Id(), Http.RequestAborted);
        rights = await People.FindAsync(Http.User.Id(), Http.RequestAborted) is Person person ? [.. BreakGlassPolicy.RightsFor(person)] : [];
    }

    private async Task AskAsync()
    {
        if (Form!.Right is not Right right)
        {
            refusal = "Choose the right that you need.";
            return;
        }

        Show(await Ask.RunAsync(Http.User.Actor(), right, Form.Model ?? "", Form.Reason, Http.RequestAborted));
    }

    private async Task OpenAsync(BreakGlassId id) => Show(await Confirmed.IsFreshAsync(Http.User, StepUpPurpose.BreakGlass, Http.RequestAborted)
        ? await Decide.OpenAsync(Http.User.Actor(), id, Http.RequestAborted)
        : new BreakGlassOutcome.Refused(StepUp.Stale));

    private async Task StopAsync(BreakGlassId id) => Show(await Decide.StopAsync(Http.User.Actor(), id, Http.RequestAborted));

    private async Task ReviewAsync(BreakGlassId id) =>
        Show(await Decide.ReviewAsync(Http.User.Actor(), id, Http.Request.Form["finding"], Http.RequestAborted));

    private void Show(BreakGlassOutcome outcome)
    {
        switch (outcome)
        {
            case BreakGlassOutcome.Recorded:
                Navigation.NavigateTo(Address);
                break;
            case BreakGlassOutcome.Refused { Reason.Sentence: var sentence }:
                refusal = sentence;
                break;
            default:
                throw new UnreachableException();
        }
    }

    private sealed class AskForm
    {
        public Right? Right { get; set; }

        public string? Model { get; set; }

        public string? Reason { get; set; }
    }
}
