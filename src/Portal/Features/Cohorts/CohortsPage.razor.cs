using System.Diagnostics;
using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Audit.Findings;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Models;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Cohorts;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Cohorts;

/// <summary>The saved cohorts of a model: who keeps which, how many rows of the current version's data each has, and a form to save one.</summary>
/// <remarks>Who reads no personal rows is told no number here: each would be one of the parts that they may be shown.</remarks>
public sealed partial class CohortsPage
{
    /// <summary>The parameter with the code of a refused step.</summary>
    public const string RefusedCode = "refused";

    private const string Example = "A condition such as income < 50 and @error = 'yes'.";

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    private readonly Dictionary<SavedCohortId, string> counts = [];
    private ModelRow? row;
    private IReadOnlyList<SavedCohortView> cohorts = [];
    private VersionView? current;
    private SealedFindings? shown;
    private string? refusal;
    private bool maySave;
    private bool pending;

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    [SupplyParameterFromForm(FormName = "save-cohort")]
    private SaveInput? Form { get; set; }

    /// <summary>The condition that is offered for saving.</summary>
    [SupplyParameterFromQuery]
    private string? Save { get; set; }

    /// <summary>The page that one came from.</summary>
    [SupplyParameterFromQuery]
    private string? From { get; set; }

    [SupplyParameterFromQuery(Name = RefusedCode)]
    private string? Refused { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadModels Models { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadFindings Findings { get; set; } = default!;

    [Inject]
    private ReadCohort Cohorts { get; set; } = default!;

    [Inject]
    private SavedCohortQueries Saved { get; set; } = default!;

    [Inject]
    private SaveCohort Saving { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Title => cohorts.Count(view => !view.Entry.Retired) switch
    {
        0 => "No saved cohort",
        1 => "1 saved cohort",
        int many => $"{many} saved cohorts",
    };

    private string Counted => shown is null || current is null ? "Numbers of rows are told once a version has evidence."
        : current.Viewer is { RunAudit: false } ? "Your role does not compute figures of parts of the data."
        : current.Viewer.MaskProtected ? "The number of rows is told where a cohort is applied: each part that your role is shown is remembered."
        : $"n of the evaluation data of {current.Name}, {shown.Document.Options.Evaluation}.";

    protected override async Task OnInitializedAsync()
    {
        (_, row) = await Models.FindAsync(Name, Http.User, Http.RequestAborted);
        if (row is null || row.NameOnly)
        {
            row = null;
            Navigation.NotFound();
            return;
        }

        Form ??= new SaveInput { Where = Save ?? "" };
        refusal = Refused is null ? null : SavedCohortWords.Refusal(Refused);
        cohorts = await Saved.OfAsync(Http.User.Id(), Name, Http.RequestAborted);
        if (row.Versions.Count > 0)
        {
            current = await Versions.FindAsync(Name, row.Versions[0].Version.Number, Http.User, Http.RequestAborted);
            maySave = current?.Viewer.RunAudit == true;
            shown = current is null ? null : await Findings.ChooseAsync(current, null, document => document.Data.Any(data => data.Role == "evaluation"), Http.RequestAborted);
        }

        if (shown is not null && current!.Viewer is { RunAudit: true })
        {
            await CountAsync(current, shown);
        }
    }

    private async Task CountAsync(VersionView view, SealedFindings evidence)
    {
        foreach (SavedCohortView cohort in cohorts.Where(each => !each.Entry.Retired && each.Entry.Condition is not null))
        {
            string? sentence;
            try
            {
                sentence = view.Viewer.MaskProtected
                    ? await Cohorts.RefusalAsync(view, evidence.Document, cohort.Entry.Condition!, Http.RequestAborted)
                    : Words(await Cohorts.OfAsync(view, evidence.Document, cohort.Entry.Condition, pending ? TimeSpan.Zero : Patience, Http.RequestAborted));
            }
            catch (InputException fault)
            {
                sentence = fault.Message;
            }

            if (sentence is not null)
            {
                counts[cohort.Id] = sentence;
            }
        }
    }

    private string Words(CohortView found)
    {
        pending |= found.Pending;
        return found.Refusal ?? (found.Pending ? "being scored …" : $"{PlainNumbers.Count(found.Rows.Length)}, {PlainNumbers.Percent(found.Share)}");
    }

    private async Task SaveAsync()
    {
        try
        {
            Cohort.Parse(Form!.Where ?? "");
        }
        catch (InputException fault)
        {
            refusal = fault.Message;
            return;
        }

        switch (await Saving.RunAsync(Http.User.Actor(), Name, Form.Name, Form.Where, Form.Note, Form.Share, Http.RequestAborted))
        {
            case SavedCohortOutcome.Recorded { Id: var id }:
                Navigation.NavigateTo(From is null ? $"{CohortAddress.Saved(Name)}#cohort-{id}" : LocalAddress.OrHome(From));
                break;
            case SavedCohortOutcome.Refused { Reason: var reason }:
                refusal = reason.Sentence;
                break;
            case SavedCohortOutcome.NotFound:
                Navigation.NotFound();
                break;
            default:
                throw new UnreachableException();
        }
    }

    private sealed class SaveInput
    {
        public string? Name { get; set; }

        public string? Where { get; set; }

        public string? Note { get; set; }

        public bool Share { get; set; }
    }
}
