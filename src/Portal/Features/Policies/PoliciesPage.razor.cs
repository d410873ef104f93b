using System.Diagnostics;
using System.Globalization;
using Governance.Portal.Features.Accounts;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Policies;
using Governance.Registry.Proposals;
using Governance.Registry.Sessions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Policies;

/// <summary>All policy packs, where they count, and the forms to put one on record, adopt and propose it.</summary>
public sealed partial class PoliciesPage
{
    private IReadOnlyList<PackView> packs = [];
    private IReadOnlyList<AdoptionView> adoptions = [];
    private bool mayAdopt;
    private bool mayPropose;
    private string? refusal;

    [SupplyParameterFromForm(FormName = "adopt-policy")]
    private AdoptionForm? Adoption { get; set; }

    [SupplyParameterFromForm(FormName = "register-policy")]
    private TextForm? Text { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private PolicyQueries Policies { get; set; } = default!;

    [Inject]
    private PeopleQueries People { get; set; } = default!;

    [Inject]
    private RegisterPack Register { get; set; } = default!;

    [Inject]
    private AdoptPolicy Adopt { get; set; } = default!;

    [Inject]
    private ProposePolicy Propose { get; set; } = default!;

    [Inject]
    private StepUp Confirmed { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Title => packs.Count == 1 ? "One pack" : string.Create(CultureInfo.InvariantCulture, $"{packs.Count} packs");

    protected override async Task OnInitializedAsync()
    {
        Adoption ??= new AdoptionForm { Scope = "all", From = DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime) };
        Text ??= new TextForm();
        packs = await Policies.AllAsync(Http.RequestAborted);
        adoptions = await Policies.AdoptionsAsync(Http.RequestAborted);
        Person? person = await People.FindAsync(Http.User.Id(), Http.RequestAborted);
        mayAdopt = person is not null && PolicyRights.MayAdopt(person);
        mayPropose = person is not null && PolicyRights.MayPropose(person);
    }

    private async Task RegisterAsync()
    {
        switch (await Register.RunAsync(Http.User.Actor(), Text!.Yaml ?? "", Http.RequestAborted))
        {
            case PolicyOutcome.Done { Pack: var pack }:
                Navigation.NavigateTo(PolicyWords.Address(pack));
                break;
            case PolicyOutcome.Refused { Reason.Sentence: var sentence }:
                refusal = sentence;
                break;
            default:
                throw new UnreachableException();
        }
    }

    private async Task AdoptAsync()
    {
        string[] name = (Adoption!.Pack ?? "").Split('/');
        if (name.Length != 2 || !int.TryParse(name[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            refusal = "Choose a pack.";
            return;
        }

        if (!PolicyScope.TryParse(Adoption.Scope?.Trim(), out PolicyScope scope) || Adoption.From is not DateOnly from)
        {
            refusal = "Say for which models (all, tier:high or model:NAME) and from which day.";
            return;
        }

        if (!await Confirmed.IsFreshAsync(Http.User, StepUpPurpose.Proposals, Http.RequestAborted))
        {
            refusal = StepUp.Stale.Sentence;
            return;
        }

        NewAdoption wanted = new(name[0], number, scope, from);
        refusal = Adoption.Step == "adopt"
            ? (await Adopt.RunAsync(Http.User.Actor(), wanted, Adoption.Reason, Http.RequestAborted) as PolicyOutcome.Refused)?.Reason.Sentence
            : (await Propose.RunAsync(Http.User.Actor(), wanted, Adoption.Reason, Http.RequestAborted) as ProposalOutcome.Refused)?.Reason.Sentence;
        if (refusal is null)
        {
            Navigation.NavigateTo(Adoption.Step == "adopt" ? "/policies" : "/proposals");
        }
    }

    private sealed class AdoptionForm
    {
        public string? Pack { get; set; }

        public string? Scope { get; set; }

        public DateOnly? From { get; set; }

        public string? Reason { get; set; }

        /// <summary>The button: adopt or propose.</summary>
        public string? Step { get; set; }
    }

    private sealed class TextForm
    {
        public string? Yaml { get; set; }
    }
}
