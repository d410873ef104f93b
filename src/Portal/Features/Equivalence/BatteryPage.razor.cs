using System.Globalization;
using Governance.Portal.Features.Versions;
using Governance.Registry.Access;
using Governance.Registry.Evidence;
using Governance.Registry.SignOffs;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Equivalence;

/// <summary>The Battery tab of a variant: how it stands beside the version that it was made from, and what follows for its sign-off.</summary>
public sealed partial class BatteryPage
{
    private VersionView? view;
    private SealedBattery? shown;
    private Refusal? inherits;
    private IReadOnlyList<ParentView> parents = [];
    private IReadOnlyList<AuditRun> runs = [];

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The version's number.</summary>
    [Parameter]
    public int Number { get; set; }

    /// <summary>Which battery is shown; the latest by default.</summary>
    [SupplyParameterFromQuery]
    private Guid? Evidence { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadBatteries Batteries { get; set; } = default!;

    [Inject]
    private ReadInheritance Inheritance { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private IEnumerable<AuditRun> Waiting => runs.Where(run => !run.Status.IsOver());

    private IEnumerable<AuditRun> Ended => runs.TakeWhile(run => run.Status != RunStatus.Sealed).Where(run => run.Status.IsOver()).Take(3);

    protected override async Task OnInitializedAsync()
    {
        VersionView? found = await Versions.FindAsync(Name, Number, Http.User, Http.RequestAborted);
        if (found is null)
        {
            Navigation.NotFound();
            return;
        }

        runs = [.. (await Batteries.AskedAsync(found.Version.Id, Http.RequestAborted)).Select(asked => asked.Run)];
        parents = found.Parents;
        shown = await Batteries.ChooseAsync(found, Evidence, Http.RequestAborted);
        inherits = InheritancePolicy.RefusalFor(await Inheritance.OfAsync(found.Version.Id, Http.RequestAborted));
        view = found; // last: the form below starts from all of it
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture) + " UTC";
}
