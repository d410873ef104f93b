using Governance.Portal.Features.Versions;
using Governance.Registry.Policies;
using Governance.Registry.SignOffs;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.SignOffs;

/// <summary>The Sign-off tab: what changed, the checklist, the evidence, and what the person who looks may do.</summary>
public sealed partial class SignOffPage
{
    private VersionView? view;
    private SignOffDesk? desk;

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The version's number.</summary>
    [Parameter]
    public int Number { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadSignOffDesk Desks { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Title
    {
        get
        {
            int meets = Count(GateVerdict.Meets);
            return meets == desk!.Lines.Count
                ? $"All {meets} lines meet the policy"
                : $"{meets} of {desk.Lines.Count} lines meet the policy: {Count(GateVerdict.Breaches)} breached, "
                    + $"{Count(GateVerdict.Inconclusive)} inconclusive, {Count(null)} without evidence";
        }
    }

    protected override async Task OnInitializedAsync()
    {
        view = await Versions.FindAsync(Name, Number, Http.User, Http.RequestAborted);
        if (view is null)
        {
            Navigation.NotFound();
            return;
        }

        desk = await Desks.OfAsync(view, Http.RequestAborted);
    }

    // "the register" of "…/sign-off#register", "red team" of "…/red-team".
    private static string PlaceOf(ChecklistLine line) => line.Address.Split('/')[^1].Split('#')[^1].Replace('-', ' ') is "register" ? "the register below" : $"the tab {line.Address.Split('/')[^1].Replace('-', ' ')}";

    private static int Severity(GateVerdict? verdict) => verdict switch
    {
        GateVerdict.Breaches => 0,
        GateVerdict.Inconclusive => 1,
        null => 2,
        _ => 3,
    };

    private static string ValidTo(ChecklistLine line) =>
        line.ValidTo is { } end ? SignOffWords.Day(end) : line.IsWritten && line.Statement is not null ? "form" : line.Verdict is null ? "none" : "";

    private string Aside(SignOff signOff) =>
        $"{(signOff.Kind == SignOffKind.Review ? $", {SignOffWords.Of(signOff.Areas)}" : "")}"
        + (signOff.Round == view!.Version.Round && !SignOffPolicy.Counts(desk!.State, signOff)
            ? signOff.SeenEvidence == view.EvidenceRoot ? ", on an earlier dossier: it counts no more" : ", on earlier evidence: it counts no more"
            : "");

    private int Count(GateVerdict? verdict) => desk!.Lines.Count(line => line.Verdict == verdict);
}
