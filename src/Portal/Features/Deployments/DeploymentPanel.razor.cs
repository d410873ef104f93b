using System.Globalization;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Deployments;
using Governance.Registry.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Deployments;

/// <summary>The deployments of a version, and the form that makes one.</summary>
public sealed partial class DeploymentPanel
{
    private IReadOnlyList<DeploymentView> views = [];
    private IReadOnlyList<Dataset> datasets = [];
    private DateTimeOffset now;
    private bool mayOperate;
    private string? refusal;

    /// <summary>The version.</summary>
    [Parameter, EditorRequired]
    public VersionView View { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "deploy")]
    private DeployForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private DeploymentQueries Deployments { get; set; } = default!;

    [Inject]
    private DatasetQueries Datasets { get; set; } = default!;

    [Inject]
    private DeployVersion Deploy { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private string Title => views.Count(view => view.AnswersAt(now)) switch
    {
        0 when View.Version.Stage.IsApproved() => "Approved, and not deployed",
        0 => $"Not deployed: this version is {View.Version.Stage.InWords()}, and only an approved one may be",
        1 => "Deployed in one place",
        int count => $"Deployed in {count} places",
    };

    protected override async Task OnInitializedAsync()
    {
        Form ??= new DeployForm();
        now = Clock.GetUtcNow();
        mayOperate = AccessPolicy.Decide(View.Person.Roles, Right.Operate, View.Relation).Allowed;
        views = await Deployments.VisibleToAsync(View.Person.Id, View.Version.Id, Http.RequestAborted);
        datasets = mayOperate ? await Datasets.VisibleToAsync(View.Person.Id, Http.RequestAborted) : [];
    }

    private async Task DeployAsync()
    {
        if (!double.TryParse(Form!.Share, NumberStyles.Float, CultureInfo.InvariantCulture, out double share))
        {
            refusal = "A share is a number above 0 and at most 1.";
            return;
        }

        Dataset? reference = string.IsNullOrEmpty(Form.Reference) ? null : datasets.FirstOrDefault(dataset => dataset.Name == Form.Reference);
        DeploymentOutcome outcome = await Deploy.RunAsync(
            Http.User.Actor(), new NewDeployment(View.Version.Id, Form.Environment.Trim(), Form.Role) { Share = share, Reference = reference?.Id }, Http.RequestAborted);
        switch (outcome)
        {
            case DeploymentOutcome.Deployed { Deployment: var made }:
                Navigation.NavigateTo($"/deployments/{made.Id}");
                break;
            case DeploymentOutcome.Refused { Reason.Sentence: var sentence }:
                refusal = sentence;
                break;
            default:
                Navigation.NotFound();
                break;
        }
    }

    private sealed class DeployForm
    {
        public string Environment { get; set; } = "production";

        public DeploymentRole Role { get; set; } = DeploymentRole.Champion;

        public string Share { get; set; } = "1";

        public string? Reference { get; set; }
    }
}
