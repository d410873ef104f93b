using System.Diagnostics;
using Governance.Portal.Features.SignOffs;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Cases;

/// <summary>Agree or disagree with the decision on a case, with a note; kept with the cases of the sign-off.</summary>
public sealed partial class CaseJudgement
{
    private IReadOnlyList<CaseReview> reviews = [];
    private IReadOnlyDictionary<FactDigest, string> notes = new Dictionary<FactDigest, string>();
    private PersonNames? names;
    private string? closed;
    private string? refusal;

    /// <summary>The case.</summary>
    [Parameter, EditorRequired]
    public CaseView One { get; set; } = default!;

    /// <summary>What the address says.</summary>
    [Parameter, EditorRequired]
    public CaseQuery Query { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "case-judgement")]
    private JudgementForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private RecordCase Record { get; set; } = default!;

    [Inject]
    private ReadCases Chosen { get; set; } = default!;

    [Inject]
    private IDbContextFactory<GovernanceDb> Databases { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Title => reviews.Count == 0 ? "Nobody has judged this case in this round"
        : $"{(reviews.Count == 1 ? "One reviewer has" : $"{reviews.Count} reviewers have")} judged this case, {reviews.Count(said => !said.Agrees)} disagreed";

    private static string Counted => "The cases that the sign-off asks for count towards its checklist; of others the answer, and each disagreement, is kept with the decision.";

    // A value is no word of a decision: the half that it lies in is.
    private string Word => One.Decisions[One.Row];

    protected override async Task OnInitializedAsync()
    {
        Form ??= new JudgementForm();
        VersionView view = One.View;
        closed = StatementPolicy.RefusalForCase(view.Version, view.State.People, new Standing(view.Person, view.Relation))?.Sentence;
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        (ModelVersionId id, int round, int row) = (One.View.Version.Id, One.View.Version.Round, One.FileRow);
        await using GovernanceDb db = await Databases.CreateDbContextAsync(Http.RequestAborted);
        CaseReview[] all = await db.CaseReviews.AsNoTracking().Where(said => said.Version == id && said.Round == round && said.Row == row)
            .OrderBy(said => said.At).ToArrayAsync(Http.RequestAborted);
        reviews = [.. all.Where(said => said.Data == One.Dataset.Digest)];
        FactDigest[] digests = [.. reviews.Select(said => said.Note).OfType<FactDigest>()];
        notes = await db.PersonalTexts.AsNoTracking().Where(text => digests.Contains(text.Digest)).ToDictionaryAsync(text => text.Digest, text => text.Text, Http.RequestAborted);
        names = await PersonNames.LoadAsync(db, reviews.Select(said => said.By), Http.RequestAborted);
    }

    private string? NoteOf(CaseReview said) => said.Note is FactDigest note ? notes.GetValueOrDefault(note, "the note was erased") : null;

    private async Task RecordAsync()
    {
        if (Form!.Answer is not ("agree" or "disagree"))
        {
            refusal = "Choose whether you agree or disagree.";
            return;
        }

        string stratum = await Chosen.StratumAsync(One.View, One.Dataset.Digest, One.FileRow, Http.RequestAborted) ?? CaseReview.OwnChoice;
        NewCase said = new(One.Dataset.Digest, One.FileRow, stratum, Word, Form.Answer == "agree", Form.Note);
        switch (await Record.RunAsync(Http.User.Actor(), One.View.Version.Id, said, Http.RequestAborted))
        {
            case StatementOutcome.Recorded:
                Navigation.NavigateTo(Query.Address(One.View, One.Row) + "#judgement");
                break;
            case StatementOutcome.Refused { Reason: var reason }:
                refusal = reason.Sentence;
                break;
            case StatementOutcome.NoSuchVersion:
                Navigation.NotFound();
                break;
            default:
                throw new UnreachableException();
        }
    }

    private sealed class JudgementForm
    {
        public string? Answer { get; set; }

        public string? Note { get; set; }
    }
}
