using System.Diagnostics;
using System.Globalization;
using Governance.Portal.Features.Models;
using Governance.Portal.Scheduling;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Deployments;
using Governance.Registry.Models;
using Governance.Registry.Schedules;
using Governance.Registry.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Schedules;

/// <summary>The form that makes a schedule on a model that the person operates.</summary>
public sealed partial class NewSchedulePage
{
    private const long MostForm = 1 << 20;

    private static readonly (ScheduleTrigger Trigger, string Words)[] Triggers =
    [
        (ScheduleTrigger.Clock, "at set times"), (ScheduleTrigger.NewVersion, "for each new version of the model"),
        (ScheduleTrigger.Labels, "after a number of new labels of a deployment"), (ScheduleTrigger.Alert, "after an alert"),
        (ScheduleTrigger.EvidenceExpiring, "before evidence under an approval expires"),
    ];

    private const string Example = """
        governance: audit/1
        name: quarterly
        model: { version: my-model/1 }
        data:
          evaluation: { dataset: my-test-data }
          background: { dataset: my-training-data, rows: 100 }
        fairness: { attributes: [sex] }
        performance: { metrics: [accuracy, roc_auc] }
        gates:
          - { id: auc, metric: performance.roc_auc, atLeast: 0.70 }
        schedule: { cron: "0 0 6 1 1,4,7,10 ?", timezone: Europe/Berlin }
        """;

    private List<string> targets = [];
    private List<(Guid Id, string Label)> deployments = [];
    private string? refusal;

    /// <summary>The model or version that is chosen first, such as hmda-mortgage/3.</summary>
    [SupplyParameterFromQuery]
    private string? Of { get; set; }

    [SupplyParameterFromForm(FormName = "schedule")]
    private ScheduleForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ModelQueries Models { get; set; } = default!;

    [Inject]
    private ReadModels Readers { get; set; } = default!;

    [Inject]
    private DeploymentQueries Deployments { get; set; } = default!;

    [Inject]
    private PlanSchedule Plan { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        UserId viewer = Http.User.Id();
        (Person person, _) = await Readers.ListAsync(Http.User, Http.RequestAborted);
        foreach (ModelDetails details in (await Models.VisibleToAsync(viewer, Http.RequestAborted)).Select(summary => summary.Details).OfType<ModelDetails>()
            .Where(details => AccessPolicy.Decide(person.Roles, Right.Operate, details.Relation).Allowed))
        {
            targets.Add(details.Model.Name);
            targets.AddRange(details.Versions.Where(version => version.Version.Stage is not (Stage.Retired or Stage.Rejected))
                .Select(version => string.Create(CultureInfo.InvariantCulture, $"{details.Model.Name}/{version.Version.Number}")));
        }

        deployments = [.. (await Deployments.VisibleToAsync(viewer, null, Http.RequestAborted)).Where(view => view.End is null && targets.Contains(view.Model))
            .Select(view => (view.Deployment.Id.Value, $"{view.Label} in {view.Deployment.Environment}, {view.Deployment.Role.InWords()}"))];
        Form ??= new ScheduleForm { Of = targets.Contains(Of ?? "") ? Of! : targets.FirstOrDefault() ?? "" };
    }

    private async Task AddAsync()
    {
        int slash = Form!.Of.LastIndexOf('/');
        bool labels = Form.Trigger == ScheduleTrigger.Labels;
        bool clock = Form.Trigger == ScheduleTrigger.Clock;
        ScheduleWish wish = new()
        {
            Name = Form.Name,
            Model = slash < 0 ? Form.Of : Form.Of[..slash],
            Number = slash < 0 ? null : int.TryParse(Form.Of[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0,
            Spec = Form.Spec,
            Trigger = Form.Trigger,
            Deployment = Form.Deployment is Guid deployment ? new DeploymentId(deployment) : null,
            Cron = clock ? Form.Cron : null,
            TimeZone = clock ? Form.TimeZone : null,
            Labels = labels ? Form.Labels : null,
            DaysBefore = Form.Trigger == ScheduleTrigger.EvidenceExpiring ? Form.DaysBefore : null,
        };
        switch (await Plan.RunAsync(Http.User.Actor(), wish, Http.RequestAborted))
        {
            case AddScheduleOutcome.Added { Schedule: var made }:
                Navigation.NavigateTo(ScheduleWords.AddressOf(made));
                break;
            case AddScheduleOutcome.Refused { Reason: var reason }:
                refusal = reason.Sentence;
                break;
            case AddScheduleOutcome.NoSuchModel:
                refusal = "There is no such model or version, or not for you.";
                break;
            default:
                throw new UnreachableException();
        }
    }

    private sealed class ScheduleForm
    {
        public string? Name { get; set; }

        public string Of { get; set; } = "";

        public ScheduleTrigger Trigger { get; set; }

        public string? Cron { get; set; }

        public string? TimeZone { get; set; }

        public int? Labels { get; set; }

        public int? DaysBefore { get; set; }

        public Guid? Deployment { get; set; }

        public string? Spec { get; set; }
    }
}
