using System.Diagnostics;
using Governance.Portal.Features.Accounts;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Sessions;
using Governance.Registry.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.SignOffs;

/// <summary>Withdraws, suspends or retires a version.</summary>
public sealed partial class MoveForm
{
    private string? refusal;

    /// <summary>The version.</summary>
    [Parameter, EditorRequired]
    public VersionView View { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "move")]
    private MoveInput? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private MoveVersion Move { get; set; } = default!;

    [Inject]
    private StepUp StepUp { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private IReadOnlyList<StageRequest> Requests =>
    [
        .. Enum.GetValues<StageRequest>().Where(request => request != StageRequest.Submit
            && StagePolicy.RefusalFor(request, View.Version.Stage, View.State.People, View.Person, View.Relation) is null),
    ];

    protected override void OnInitialized() => Form ??= new MoveInput();

    private async Task MoveAsync()
    {
        if (Form!.Request is not StageRequest request)
        {
            refusal = "Choose one.";
            return;
        }

        MoveOutcome outcome = await StepUp.IsFreshAsync(Http.User, StepUpPurpose.SignOff, Http.RequestAborted)
            ? await Move.RunAsync(Http.User.Actor(), View.Version.Id, request, Form.Reason, Http.RequestAborted)
            : new MoveOutcome.Refused(StepUp.Stale);
        switch (outcome)
        {
            case MoveOutcome.Moved:
                Navigation.NavigateTo(View.Address("sign-off"));
                break;
            case MoveOutcome.Refused { Reason: var reason }:
                refusal = reason.Sentence;
                break;
            case MoveOutcome.NoSuchVersion:
                Navigation.NotFound();
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static string NameOf(StageRequest request) => request switch
    {
        StageRequest.Withdraw => "Withdraw",
        StageRequest.Suspend => "Suspend",
        StageRequest.Retire => "Retire",
        _ => throw new ArgumentOutOfRangeException(nameof(request), request, null),
    };

    private static string NoteOf(StageRequest request) => request switch
    {
        StageRequest.Withdraw => "back to draft; reviews begin anew with the next submission",
        StageRequest.Suspend => "it answers nobody until it is approved again; say why",
        StageRequest.Retire => "for good; say why",
        _ => throw new ArgumentOutOfRangeException(nameof(request), request, null),
    };

    private sealed class MoveInput
    {
        public StageRequest? Request { get; set; }

        public string? Reason { get; set; }
    }
}
