using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Governance.Audit.Runs;
using Governance.Audit.Theft.Attacks;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Datasets;
using Governance.Registry.Evidence;
using Governance.Registry.Protection;
using Governance.Registry.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.RedTeam;

/// <summary>The form that puts a red team in the queue.</summary>
public sealed partial class RedTeamForm
{
    private IReadOnlyList<Dataset> datasets = [];
    private string? fault;

    /// <summary>The version.</summary>
    [Parameter, EditorRequired]
    public VersionView View { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "red-team")]
    private RedTeamWish? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private IDbContextFactory<GovernanceDb> Databases { get; set; } = default!;

    [Inject]
    private FittingDatasets Fitting { get; set; } = default!;

    [Inject]
    private ProtectionQueries Protection { get; set; } = default!;

    [Inject]
    private RequestAudit Request { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        await using (GovernanceDb db = await Databases.CreateDbContextAsync(Http.RequestAborted))
        {
            List<Dataset> all = await db.Datasets.AsNoTracking().OrderBy(dataset => dataset.Name).ToListAsync(Http.RequestAborted);
            datasets = await Fitting.OfAsync(View.Version, all, Http.RequestAborted);
        }

        Dataset? training = datasets.FirstOrDefault(dataset => dataset.Name.Contains("train", StringComparison.Ordinal)) ?? (datasets.Count == 0 ? null : datasets[^1]);
        Dataset? heldOut = datasets.FirstOrDefault(dataset => dataset != training && dataset.Name.Contains("test", StringComparison.Ordinal))
            ?? datasets.FirstOrDefault(dataset => dataset != training) ?? training;
        Form ??= new RedTeamWish { Evaluation = heldOut?.Name ?? "", Training = training?.Name ?? "" };
    }

    private async Task SubmitAsync()
    {
        string[] roles = [.. FrontDoorTerms.Names.Intersect(Form!.Roles ?? [])];
        string[] known = [.. AttackList.Names.Intersect(Form.Attacks ?? [])];
        if (roles.Length == 0 || known.Length == 0)
        {
            fault = roles.Length > 0 ? "Choose at least one attack." : "Choose at least one role on whose terms the red team asks.";
            return;
        }

        ProtectionChoices choices = await Protection.ChoicesAsync(View.Model.Id, View.Person.Id, Http.RequestAborted);
        StartRunOutcome outcome = await Request.RunAsync(
            Http.User.Actor(), View.Version.Id,
            new AuditOptions
            {
                Kind = AuditKind.RedTeam,
                Name = $"Red team on {View.Name}",
                Evaluation = Form.Evaluation,
                Background = Form.Training,
                Explanation = new ExplanationOptions { Rows = 0 },
                Measures = new AuditMeasures
                {
                    SpecSha256 = "",
                    PolicyGates = true,
                    RedTeam = new RedTeamMeasures(roles, known.Length == AttackList.Names.Count ? null : known, Form.Days, Policy: choices.Policy?.Policy),
                },
                Seed = Form.Seed,
            },
            Http.RequestAborted);
        switch (outcome)
        {
            case StartRunOutcome.Queued:
                Navigation.NavigateTo($"{View.Address("protection")}#red-team");
                break;
            case StartRunOutcome.Refused { Reason: var reason }:
                fault = reason.Sentence;
                break;
            case StartRunOutcome.NoSuchVersion:
                Navigation.NotFound();
                break;
            default:
                throw new UnreachableException();
        }
    }

    private sealed class RedTeamWish
    {
        public string Evaluation { get; set; } = "";

        public string Training { get; set; } = "";

        [Range(1, RunRedTeam.MostDays, ErrorMessage = "1 to 3,650 days.")]
        public int Days { get; set; } = 30;

        public List<string>? Roles { get; set; }

        public List<string>? Attacks { get; set; }

        public int Seed { get; set; }
    }
}
