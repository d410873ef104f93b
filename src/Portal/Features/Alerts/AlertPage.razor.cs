using System.Diagnostics;
using Governance.Portal.Features.SignOffs;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Alerts;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Alerts;

/// <summary>One alert: what happened to it, its windows, and what the person who looks may do.</summary>
public sealed partial class AlertPage
{
    private AlertView? view;
    private string? refusal;

    /// <summary>Which alert.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [SupplyParameterFromForm(FormName = "alert-step")]
    private StepInput? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private AlertQueries Queries { get; set; } = default!;

    [Inject]
    private StepAlert Step { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private IReadOnlyList<AlertStepKind> Kinds => [.. AlertPolicy.Steps.Where(kind => view!.RefusalFor(kind) is null)];

    private (DateTimeOffset From, DateTimeOffset To) Last => view!.Entry.LastLoud is { } window
        ? (window.From, window.To) : (view.Entry.Alert.WindowFrom, view.Entry.Alert.WindowTo);

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Form ??= new StepInput();
        view = await Queries.FindAsync(Http.User.Id(), new AlertId(Id), Http.RequestAborted);
        if (view is null)
        {
            Navigation.NotFound();
        }
    }

    private async Task StepAsync()
    {
        AlertStepKind kind = Form!.Kind ?? AlertStepKind.Comment;
        bool ends = kind is AlertStepKind.Accept or AlertStepKind.Mute;
        bool plans = kind == AlertStepKind.Plan;
        NewAlertStep wanted = new(
            new AlertId(Id), kind, Form.Text, ends ? DayOf(Form.Until) : null,
            plans && Guid.TryParse(Form.Owner, out Guid owner) ? new UserId(owner) : null, plans ? DayOf(Form.Due) : null);
        switch (await Step.RunAsync(Http.User.Actor(), wanted, Http.RequestAborted))
        {
            case AlertOutcome.Recorded:
                Navigation.NavigateTo($"/alerts/{Id}");
                break;
            case AlertOutcome.Refused { Reason: var reason }:
                refusal = reason.Sentence;
                break;
            case AlertOutcome.NotFound:
                Navigation.NotFound();
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static DateTimeOffset? DayOf(string? text) => string.IsNullOrWhiteSpace(text) ? null : SignOffForm.DayOf(text);

    private sealed class StepInput
    {
        public AlertStepKind? Kind { get; set; }

        public string? Text { get; set; }

        public string? Until { get; set; }

        public string? Due { get; set; }

        public string? Owner { get; set; }
    }
}
