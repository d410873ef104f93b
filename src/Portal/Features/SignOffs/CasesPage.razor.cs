using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Policies;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.SignOffs;

/// <summary>Stratified cases of a version, and what reviewers say of them.</summary>
public sealed partial class CasesPage
{
    private const int MostColumns = 60;

    private VersionView? view;
    private CaseSheet? sheet;
    private IReadOnlyList<CaseReview> reviews = [];
    private IReadOnlyDictionary<FactDigest, string> notes = new Dictionary<FactDigest, string>();
    private PersonNames? names;
    private string? fault;
    private string? closed;
    private string? refusal;

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The version's number.</summary>
    [Parameter]
    public int Number { get; set; }

    [SupplyParameterFromForm(FormName = "cases")]
    private CasesForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadCases Cases { get; set; } = default!;

    [Inject]
    private RecordCase Record { get; set; } = default!;

    [Inject]
    private PolicyQueries Policies { get; set; } = default!;

    [Inject]
    private IDbContextFactory<GovernanceDb> Databases { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Title => sheet is null ? "Cases"
        : $"{reviews.Select(review => review.Row).Intersect(sheet.Cases.Select(one => one.Case.Row)).Count()} of {sheet.Cases.Count} cases reviewed, {reviews.Count(review => !review.Agrees)} disagreed";

    protected override async Task OnInitializedAsync()
    {
        Form ??= new CasesForm();
        view = await Versions.FindAsync(Name, Number, Http.User, Http.RequestAborted);
        if (view is null)
        {
            Navigation.NotFound();
            return;
        }

        closed = StatementPolicy.RefusalForCase(view.Version, view.State.People, new Standing(view.Person, view.Relation))?.Sentence;
        PolicyPack pack = await Policies.InForceAsync(view.Version.Id, DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime), Http.RequestAborted);
        try
        {
            sheet = await Cases.FindAsync(view, StratifiedCases.CountOf(pack), Http.RequestAborted);
        }
        catch (Exception missing) when (missing is InputException or ArtifactDamagedException)
        {
            fault = missing.Message;
        }

        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        (ModelVersionId id, int round) = (view!.Version.Id, view.Version.Round);
        await using GovernanceDb db = await Databases.CreateDbContextAsync(Http.RequestAborted);
        reviews = await db.CaseReviews.AsNoTracking().Where(row => row.Version == id && row.Round == round).OrderBy(row => row.At).ToListAsync(Http.RequestAborted);
        FactDigest[] digests = [.. reviews.Select(review => review.Note).OfType<FactDigest>()];
        notes = await db.PersonalTexts.AsNoTracking().Where(row => digests.Contains(row.Digest)).ToDictionaryAsync(row => row.Digest, row => row.Text, Http.RequestAborted);
        names = await PersonNames.LoadAsync(db, reviews.Select(review => review.By), Http.RequestAborted);
    }

    private CaseReview? Own(ChosenCase one) => reviews.FirstOrDefault(review => review.By == view!.Person.Id && review.Row == one.Case.Row);

    private string NameOf(CaseReview said) => names!.Of(said.By);

    private string? NoteOf(CaseReview said) => said.Note is FactDigest note ? notes.GetValueOrDefault(note, "the note was erased") : null;

    // What is posted names rows only: what the model decided on them is taken from the sheet.
    private async Task RecordAsync()
    {
        foreach (CaseInput typed in Form!.Cases.Where(each => each.Answer is "agree" or "disagree"))
        {
            if (sheet?.Cases.FirstOrDefault(one => one.Case.Row == typed.Row) is not ChosenCase chosen)
            {
                refusal = "The form is not the one that this page showed. Open the page again.";
                return;
            }

            NewCase said = new(sheet.Data, chosen.Case.Row, chosen.Stratum, chosen.Case.Decision, typed.Answer == "agree", typed.Note);
            switch (await Record.RunAsync(Http.User.Actor(), view!.Version.Id, said, Http.RequestAborted))
            {
                case StatementOutcome.Recorded:
                    break;
                case StatementOutcome.Refused { Reason: var reason }:
                    refusal = $"Row {chosen.Case.Row}: {reason.Sentence}";
                    await LoadAsync();
                    return;
                case StatementOutcome.NoSuchVersion:
                    Navigation.NotFound();
                    return;
                default:
                    throw new UnreachableException();
            }
        }

        Navigation.NavigateTo(view!.Address("cases"));
    }

    private sealed class CasesForm
    {
        public List<CaseInput> Cases { get; set; } = [];
    }

    private sealed class CaseInput
    {
        public int Row { get; set; }

        public string? Answer { get; set; }

        public string? Note { get; set; }
    }
}
