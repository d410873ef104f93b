using System.ComponentModel.DataAnnotations;
using Governance.Audit.Data;
using Governance.Audit.Privacy;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Privacy;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Privacy;

/// <summary>Finds one person's rows, takes requests about them and carries erasings out.</summary>
public sealed partial class SubjectsPage
{
    private IReadOnlyList<SubjectRequestView> requests = [];
    private SubjectSearch? search;
    private bool may;
    private bool mayAsk;
    private bool mayErase;
    private bool mayExport;
    private string? refusal;
    private string? done;

    [SupplyParameterFromForm(FormName = "subject")]
    private SubjectForm? Form { get; set; }

    [SupplyParameterFromForm(FormName = "subject-erase")]
    private CarryForm? Carry { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private FindSubject Find { get; set; } = default!;

    [Inject]
    private EraseSubject Erase { get; set; } = default!;

    [Inject]
    private SubjectRequests Requests { get; set; } = default!;

    [Inject]
    private PeopleQueries People { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        Form ??= new SubjectForm();
        Carry ??= new CarryForm();
        IReadOnlySet<Role> roles = (await People.FindAsync(Http.User.Id(), Http.RequestAborted))?.Roles ?? new HashSet<Role>();
        may = SubjectPolicy.RefusalForFinding(roles) is null;
        mayAsk = SubjectPolicy.RefusalForAsking(roles) is null;
        mayErase = roles.Contains(Role.Operator);
        mayExport = roles.Contains(Role.Reviewer);
        requests = await Requests.ListAsync(Http.User.Id(), Http.RequestAborted);
    }

    private IEnumerable<SubjectRequestView> Open(SubjectRequestKind kind) =>
        requests.Where(row => row.Request.Kind == kind && row.CarriedOutBy is null);

    private Task ActAsync() => TryAsync(async () =>
    {
        SubjectKey person = SubjectKey.Parse(Lines(Form!.Person));
        search = await Find.RunAsync(Http.User.Id(), person, Http.RequestAborted);
        if (Form.Action is not ("export" or "erase"))
        {
            return;
        }

        AskOutcome outcome = await Requests.AskAsync(
            Http.User.Actor(), Form.Action == "export" ? SubjectRequestKind.Export : SubjectRequestKind.Erase, search.Key, Form.Reason, Http.RequestAborted);
        (done, refusal) = outcome is AskOutcome.Refused { Reason.Sentence: var sentence }
            ? ((string?)null, sentence)
            : (Form.Action == "export" ? "The request is open: a reviewer whose grant names personal rows hands out the copy." : "The request is open: an operator carries it out.", null);
    });

    private Task EraseAsync() => TryAsync(async () =>
    {
        IReadOnlyList<ReplacedDataset> lines = await Erase.RunAsync(
            Http.User.Actor(), new SubjectRequestId(Carry!.Request), SubjectKey.Parse(Lines(Carry.Person)), Http.RequestAborted);
        done = SubjectSentences.Erased(lines);
    });

    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (InputException fault)
        {
            refusal = fault.Message;
        }

        requests = await Requests.ListAsync(Http.User.Id(), Http.RequestAborted);
    }

    private static IEnumerable<string> Lines(string text) => text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private sealed class SubjectForm
    {
        [Required(ErrorMessage = "Name the person.")]
        public string Person { get; set; } = "";

        [StringLength(PersonalText.MaxLength)]
        public string? Reason { get; set; }

        public string? Action { get; set; }
    }

    private sealed class CarryForm
    {
        public Guid Request { get; set; }

        public string Person { get; set; } = "";
    }
}
