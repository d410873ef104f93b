using Governance.Audit.Findings;
using Governance.Audit.Runs;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Governance.Registry.Policies;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.SignOffs;

/// <summary>The Sign-off tab: the checklist, the evidence, and what the person who looks may do.</summary>
public sealed partial class SignOffPage
{
    private VersionView? view;
    private IReadOnlyList<ChecklistLine> lines = [];
    private IReadOnlyList<Finding> gated = [];

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
    private ReadFindings Findings { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Title
    {
        get
        {
            int open = lines.Count(line => line.NeedsRationale());
            return open == 0
                ? $"All {lines.Count} lines meet the policy"
                : $"{lines.Count - open} of {lines.Count} lines meet the policy: {Count(GateVerdict.Breaches)} breached, "
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

        SealedFindings? evidence = await Findings.ChooseAsync(view, null, document => document.Options.Kind != AuditKind.RedTeam, Http.RequestAborted);
        SealedFindings? theft = await Findings.ChooseAsync(view, null, document => document.Theft is not null, Http.RequestAborted);
        lines = Checklist.Of(view, evidence, theft);
        gated = [.. ((SealedFindings?[])[evidence, theft]).OfType<SealedFindings>().DistinctBy(one => one.Record.Id).SelectMany(one => one.Document.Findings).Where(finding => finding.Gate is not null).OrderBy(finding => Severity(finding.Gate!.Verdict))];
    }

    private static int Severity(GateVerdict? verdict) => verdict switch
    {
        GateVerdict.Breaches => 0,
        GateVerdict.Inconclusive => 1,
        null => 2,
        _ => 3,
    };

    private int Count(GateVerdict? verdict) => lines.Count(line => line.Verdict == verdict);
}
