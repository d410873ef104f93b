using System.Diagnostics;
using Governance.Portal.Features.SignOffs;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Comments;
using Governance.Registry.Evidence;
using Governance.Registry.Register;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Register;

/// <summary>One finding, what was done about it, and what the person who looks may do.</summary>
public sealed partial class FindingPage
{
    private RegisterView? view;
    private string? refusal;
    private CommentTopic? topic;

    /// <summary>Which finding.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [SupplyParameterFromForm(FormName = "step")]
    private StepInput? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private RegisterQueries Queries { get; set; } = default!;

    [Inject]
    private StepFinding Step { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private IReadOnlyList<RegisterStepKind> Kinds => [.. Enum.GetValues<RegisterStepKind>().Where(kind => view!.RefusalFor(kind) is null)];

    protected override async Task OnInitializedAsync()
    {
        Form ??= new StepInput();
        view = await Queries.FindAsync(Http.User.Id(), new RegisterFindingId(Id), Http.RequestAborted);
        if (view is null)
        {
            Navigation.NotFound();
            return;
        }

        // What was measured is talked about where it was measured; any other finding by its steps.
        VersionView? version = await Versions.FindAsync(view.Model, view.Number, Http.User, Http.RequestAborted);
        topic = version is { Evidence: [EvidenceRecord latest, ..] } && view.Entry.Finding is { Source: FindingSource.Gate, Key: { } key }
            ? CommentTopic.OfEvidence(version.Version.Id, latest.Id, key)
            : null;
    }

    private async Task StepAsync()
    {
        RegisterStepKind kind = Form!.Kind ?? RegisterStepKind.Comment;
        bool plans = kind == RegisterStepKind.Plan;
        NewStep wanted = new(
            new RegisterFindingId(Id), kind, Form.Text,
            kind == RegisterStepKind.Accept && !string.IsNullOrWhiteSpace(Form.Until) ? SignOffForm.DayOf(Form.Until) : null,
            plans && Guid.TryParse(Form.Owner, out Guid owner) ? new UserId(owner) : null,
            plans && !string.IsNullOrWhiteSpace(Form.Due) ? SignOffForm.DayOf(Form.Due) : null);
        switch (await Step.RunAsync(Http.User.Actor(), wanted, Http.RequestAborted))
        {
            case RegisterOutcome.Recorded:
                Navigation.NavigateTo($"/register/{Id}");
                break;
            case RegisterOutcome.Refused { Reason: var reason }:
                refusal = reason.Sentence;
                break;
            case RegisterOutcome.NotFound:
                Navigation.NotFound();
                break;
            default:
                throw new UnreachableException();
        }
    }

    private sealed class StepInput
    {
        public RegisterStepKind? Kind { get; set; }

        public string? Text { get; set; }

        public string? Until { get; set; }

        public string? Due { get; set; }

        public string? Owner { get; set; }
    }
}
