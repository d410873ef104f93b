using System.Diagnostics;
using System.Globalization;
using Governance.Portal.Features.Accounts;
using Governance.Portal.Security;
using Governance.Registry.Artifacts;
using Governance.Registry.Checkpoints;
using Governance.Registry.Keys;
using Governance.Registry.Sessions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Ledger;

/// <summary>The inventory of the installation's keys, for administrators: what each is for, since when, and its rotation.</summary>
public sealed partial class KeysPage
{
    private const string Address = "/admin/keys";

    private IReadOnlyList<SigningKeyRecord> keys = [];
    private string kek = "";
    private int olds;
    private string? refusal;

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private CheckpointQueries Checkpoints { get; set; } = default!;

    [Inject]
    private RotateSigningKey Rotate { get; set; } = default!;

    [Inject]
    private RotateKeys Wrapping { get; set; } = default!;

    [Inject]
    private StepUp Confirmed { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    // The button says it all; a form needs a model.
    private object Nothing { get; } = new();

    protected override async Task OnInitializedAsync()
    {
        keys = await Checkpoints.KeysAsync(Http.RequestAborted);
        IReadOnlyList<KeyUse> wrapping = await Task.Run(Wrapping.List, Http.RequestAborted);
        kek = wrapping[0].Name;
        olds = wrapping.Count - 1;
    }

    private async Task RotateAsync()
    {
        if (!await Confirmed.IsFreshAsync(Http.User, StepUpPurpose.Policies, Http.RequestAborted))
        {
            refusal = StepUp.Stale.Sentence;
            return;
        }

        switch (await Rotate.RunAsync(Http.User.Actor(), Http.RequestAborted))
        {
            case KeyRotationOutcome.Rotated { Handover: SealOutcome.Sealed }:
                Navigation.NavigateTo(Address);
                break;
            case KeyRotationOutcome.Rotated { Handover: SealOutcome.Refused { Sentence: var sentence } }:
                refusal = sentence;
                break;
            case KeyRotationOutcome.Refused { Reason.Sentence: var sentence }:
                refusal = sentence;
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture) + " UTC";
}
