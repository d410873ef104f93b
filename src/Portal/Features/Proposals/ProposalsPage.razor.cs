using System.Diagnostics;
using System.Globalization;
using Governance.Portal.Features.Accounts;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Policies;
using Governance.Registry.Proposals;
using Governance.Registry.Sessions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Proposals;

/// <summary>What two persons decide together: proposing, confirming, refusing, and taking a released file.</summary>
public sealed partial class ProposalsPage
{
    private const string Address = "/proposals";

    private IReadOnlyList<ProposalView> proposals = [];
    private bool approver;
    private bool administrator;
    private string? refusal;
    private string? key;
    private ProposalId keyOf;

    [SupplyParameterFromForm(FormName = "release")]
    private ReleaseForm? Release { get; set; }

    [SupplyParameterFromForm(FormName = "administrator")]
    private PromotionForm? Promotion { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ProposalQueries Queries { get; set; } = default!;

    [Inject]
    private MakeProposal Make { get; set; } = default!;

    [Inject]
    private DecideProposal Decide { get; set; } = default!;

    [Inject]
    private ReleaseArtifact Files { get; set; } = default!;

    [Inject]
    private StepUp Confirmed { get; set; } = default!;

    [Inject]
    private PeopleQueries People { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    // The button says it all; a form needs a model.
    private object Nothing { get; } = new();

    private string Title => proposals.Count(row => row.State == ProposalState.Waiting && !row.Own) switch
    {
        0 => "Nothing waits for your decision",
        1 => "One proposal waits for your decision",
        int count => $"{count} proposals wait for your decision",
    };

    protected override async Task OnInitializedAsync()
    {
        Release ??= new ReleaseForm();
        Promotion ??= new PromotionForm();
        Person? person = await People.FindAsync(Http.User.Id(), Http.RequestAborted);
        approver = person?.Roles.Contains(Role.Approver) == true;
        administrator = person?.Roles.Contains(Role.Administrator) == true;
        proposals = await Queries.VisibleToAsync(Http.User.Id(), Http.RequestAborted);
    }

    private async Task ProposeReleaseAsync() => Show(await Make.ReleaseAsync(
        Http.User.Actor(), Release!.Model?.Trim() ?? "", Release.Number ?? 0, Release.Reason, Http.RequestAborted));

    private async Task ProposeAdministratorAsync()
    {
        Person? person = await People.FindByUserNameAsync(Promotion!.UserName ?? "", Http.RequestAborted);
        Show(await Make.AdministratorAsync(Http.User.Actor(), person?.Id ?? default, Promotion.Reason, Http.RequestAborted));
    }

    // Refusing needs no confirmation of the person: it gives nothing.
    private async Task DecideAsync(ProposalId id, bool confirm) =>
        Show(!confirm || await Confirmed.IsFreshAsync(Http.User, StepUpPurpose.Proposals, Http.RequestAborted)
            ? await Decide.RunAsync(Http.User.Actor(), id, confirm, Http.RequestAborted)
            : new ProposalOutcome.Refused(StepUp.Stale));

    private async Task KeyAsync(ProposalId id)
    {
        switch (await Confirmed.IsFreshAsync(Http.User, StepUpPurpose.Export, Http.RequestAborted)
            ? await Files.MakeKeyAsync(Http.User.Actor(), id, Http.RequestAborted)
            : new ReleaseOutcome.Refused(StepUp.Stale))
        {
            case ReleaseOutcome.KeyMade { Key: var shown }:
                (key, keyOf) = (shown, id);
                break;
            case ReleaseOutcome.Refused { Reason.Sentence: var sentence }:
                refusal = sentence;
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void Show(ProposalOutcome outcome)
    {
        switch (outcome)
        {
            case ProposalOutcome.Recorded:
                Navigation.NavigateTo(Address);
                break;
            case ProposalOutcome.Refused { Reason.Sentence: var sentence }:
                refusal = sentence;
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static string Day(DateTimeOffset? at) => at?.UtcDateTime.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture) + " UTC";

    private static string StateOf(ProposalView row) => row.State switch
    {
        ProposalState.Waiting => $"waits for a second person until {Day(row.Proposal.ExpiresAt)}",
        ProposalState.Confirmed => $"confirmed by {row.DecidedBy}",
        ProposalState.Used => $"confirmed by {row.DecidedBy}, downloaded {Day(row.Proposal.UsedAt)}",
        ProposalState.Refused => $"refused by {row.DecidedBy}",
        ProposalState.Expired => "expired",
        _ => throw new UnreachableException(),
    };

    private static GateVerdict? MarkOf(ProposalState state) => state switch
    {
        ProposalState.Waiting => GateVerdict.Inconclusive,
        ProposalState.Confirmed or ProposalState.Used => GateVerdict.Meets,
        _ => null,
    };

    private sealed class ReleaseForm
    {
        public string? Model { get; set; }

        public int? Number { get; set; }

        public string? Reason { get; set; }
    }

    private sealed class PromotionForm
    {
        public string? UserName { get; set; }

        public string? Reason { get; set; }
    }
}
