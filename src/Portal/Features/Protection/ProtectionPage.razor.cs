using System.Text;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Runs;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Governance.Registry.Access;
using Governance.Registry.Alarms;
using Governance.Registry.Evidence;
using Governance.Registry.Protection;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Protection;

/// <summary>The Protection tab of a version: what its answers give away, to whom, and who watches.</summary>
public sealed partial class ProtectionPage
{
    private VersionView? view;
    private SealedFindings? shown;
    private IReadOnlyList<AuditRun> runs = [];
    private ReleaseClass? release;
    private OutputPolicies pack = OutputPolicies.Default;
    private Throttle throttle;
    private IReadOnlyList<HolderUse> holders = [];
    private IReadOnlyList<DayUse> uses = [];
    private DateOnly today;
    private IReadOnlyList<AlarmView> alarms = [];
    private (int All, int Open) count;
    private IReadOnlyList<GaugeView>? gauge; // null for whom it is not

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The version's number.</summary>
    [Parameter]
    public int Number { get; set; }

    /// <summary>Which evidence is shown; the latest with a red team by default.</summary>
    [SupplyParameterFromQuery]
    private Guid? Evidence { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadFindings Findings { get; set; } = default!;

    [Inject]
    private IDbContextFactory<GovernanceDb> Databases { get; set; } = default!;

    [Inject]
    private ProtectionQueries Protection { get; set; } = default!;

    [Inject]
    private AlarmQueries Alarms { get; set; } = default!;

    [Inject]
    private GaugeQueries Gauge { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        VersionView? found = await Versions.FindAsync(Name, Number, Http.User, Http.RequestAborted);
        if (found is null)
        {
            Navigation.NotFound();
            return;
        }

        await using (GovernanceDb db = await Databases.CreateDbContextAsync(Http.RequestAborted))
        {
            ModelVersionId id = found.Version.Id;
            AuditRun[] all = await db.Runs.AsNoTracking().Where(run => run.Version == id)
                .OrderByDescending(run => run.RequestedAt).ToArrayAsync(Http.RequestAborted);
            runs = [.. all.Where(run => AuditSpecJson.Read(run.Spec).Kind == AuditKind.RedTeam)];
        }

        shown = await Findings.ChooseAsync(found, Evidence, document => document.Theft is not null, Http.RequestAborted);
        release = Enum.TryParse(shown?.Document.Theft!.Release, ignoreCase: true, out ReleaseClass known) ? known : null;
        await ProtectionAsync(found);
        alarms = await Alarms.OfModelAsync(found.Person.Id, found.Model.Id, Http.RequestAborted);
        count = await Alarms.CountAsync(found.Model.Id, Http.RequestAborted);
        gauge = found.Relation.Owner || AccessPolicy.Decide(found.Person.Roles, Right.SeeLedger, found.Relation).Cell == Allowance.All
            ? await Gauge.OfVersionAsync(found.Model.Id, found.Version.Id, Http.RequestAborted) : null;
        view = found; // last: the form below starts from all of it
    }

    private async Task ProtectionAsync(VersionView found)
    {
        ProtectionChoices choices = await Protection.ChoicesAsync(found.Model.Id, found.Person.Id, Http.RequestAborted);
        pack = choices.Policy is null ? OutputPolicies.Default : OutputPolicies.Read(Encoding.UTF8.GetBytes(choices.Policy.Policy));
        throttle = choices.Throttle;
        today = DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime);
        holders = await Protection.HoldersAsync(found.Model.Id, Http.RequestAborted);
        uses = await Protection.DaysAsync(found.Model.Id, today.AddDays(1 - (2 * BudgetPlot.Days)), Http.RequestAborted);
    }
}
