using System.Diagnostics;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Ledger;
using Governance.Registry.Retention;
using Governance.Registry.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Retention;

/// <summary>The retention of a model or data set, with its forms.</summary>
public sealed partial class RetentionPanel
{
    private RetentionState? state;
    private PersonNames? names;
    private bool mayHold;
    private bool mayChoose;
    private string? refusal;

    /// <summary>Of what.</summary>
    [Parameter, EditorRequired]
    public RetainedItem Item { get; set; }

    [SupplyParameterFromForm]
    private ReasonForm? Release { get; set; }

    [SupplyParameterFromForm(FormName = "hold")]
    private ReasonForm? Hold { get; set; }

    [SupplyParameterFromForm(FormName = "retention")]
    private ChoiceForm? Choice { get; set; }

    [SupplyParameterFromForm(FormName = "retire-dataset")]
    private ReasonForm? Retire { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private RetentionQueries Queries { get; set; } = default!;

    [Inject]
    private ChangeRetention Change { get; set; } = default!;

    [Inject]
    private IDbContextFactory<GovernanceDb> Databases { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Title => state!.Holds.Count > 0 ? "Kept: under a legal hold"
        : state.Files.Any(file => file.Erased is not null) ? "Partly erased, as its class says"
        : "How long it is kept";

    protected override async Task OnInitializedAsync()
    {
        Actor actor = Http.User.Actor();
        state = await Queries.FindAsync(actor.User!.Value, Item, Http.RequestAborted);
        if (state is null)
        {
            return;
        }

        (mayHold, mayChoose) = await Queries.RightsAsync(actor.User.Value, Item, Http.RequestAborted);
        Release ??= new ReasonForm();
        Hold ??= new ReasonForm();
        Retire ??= new ReasonForm();
        Choice ??= new ChoiceForm { Class = state.Class.Name };
        await using GovernanceDb db = await Databases.CreateDbContextAsync(Http.RequestAborted);
        names = await PersonNames.LoadAsync(db, [.. state.Holds.Select(hold => hold.Hold.PlacedBy).OfType<UserId>()], Http.RequestAborted);
    }

    private async Task HoldAsync() =>
        Show(await Change.HoldAsync(Http.User.Actor(), Item, Hold!.Reason, Http.RequestAborted));

    private async Task ReleaseAsync(LegalHoldId hold) =>
        Show(await Change.ReleaseAsync(Http.User.Actor(), Item, hold, Release!.Reason, Http.RequestAborted));

    private async Task ChooseAsync() =>
        Show(await Change.ChooseAsync(Http.User.Actor(), Item, Choice!.Class, Choice.Reason, Http.RequestAborted));

    private async Task RetireAsync() => Show(await Change.RetireAsync(
        Http.User.Actor(), new DatasetId(Item.Id), !state!.Retired, Retire!.Reason, Http.RequestAborted));

    private void Show(RetentionOutcome outcome)
    {
        switch (outcome)
        {
            case RetentionOutcome.Changed:
                Navigation.NavigateTo("/" + Navigation.ToBaseRelativePath(Navigation.Uri).Split('?', '#')[0] + "#retention");
                break;
            case RetentionOutcome.Refused { Reason.Sentence: var sentence }:
                refusal = sentence;
                break;
            case RetentionOutcome.NoSuchItem:
                Navigation.NotFound();
                break;
            default:
                throw new UnreachableException();
        }
    }

    private sealed class ReasonForm
    {
        public string? Reason { get; set; }
    }

    private sealed class ChoiceForm
    {
        public string Class { get; set; } = "";

        public string? Reason { get; set; }
    }
}
