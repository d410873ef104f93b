using Governance.Audit.Findings;
using Governance.Audit.Runs;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Comments;
using Governance.Registry.Evidence;
using Governance.Registry.Policies;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Evidence;

/// <summary>One evidence item: every finding as a sentence, and what it was computed from.</summary>
public sealed partial class EvidenceItemPage
{
    private VersionView? view;
    private SealedFindings? shown;
    private Dictionary<string, int> said = [];
    private RunRecord? run;

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The version's number.</summary>
    [Parameter]
    public int Number { get; set; }

    /// <summary>The evidence's id.</summary>
    [Parameter]
    public Guid Id { get; set; }

    /// <summary>"technical" for the sentences for data scientists.</summary>
    [SupplyParameterFromQuery(Name = "register")]
    private string? SentencesFor { get; set; }

    /// <summary>The finding whose comments are shown; nothing for those of all.</summary>
    [SupplyParameterFromQuery(Name = "finding")]
    private string? FindingAsked { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadFindings Findings { get; set; } = default!;

    [Inject]
    private ReadRunRecords Runs { get; set; } = default!;

    [Inject]
    private CommentQueries Comments { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private FindingsDocument Document => shown!.Document;

    // A finding that the document does not hold cannot be talked about.
    private string? Talked => Document.Findings.FirstOrDefault(finding => finding.Id == FindingAsked)?.Id;

    private CommentTopic Topic => CommentTopic.OfEvidence(view!.Version.Id, shown!.Record.Id, Talked);

    private bool IsTechnical => SentencesFor == "technical";

    private string Headline => Document.Ensemble is { } ensemble ? Ensembles.EnsembleWords.Title(ensemble)
        : Document.Choice is { } choice ? $"{shown!.Record.Title}: {choice.Chosen} among {PlainNumbers.Count(choice.Among.Count)} candidates"
        : Document.Reproduction is { } reproduction
        ? $"{shown!.Record.Title}: {(reproduction.BitEqual ? "the same to the last bit" : $"{PlainNumbers.Count(reproduction.Count)} values differ")}"
        : Document.Variant is not null || Document.Inside is not null ? shown!.Record.Title
        : $"{shown!.Record.Title}: {PlainNumbers.Count(Document.Findings.Count)} findings, {shown.Record.Breaches} breached, {shown.Record.Inconclusive} inconclusive, {shown.Record.Meets} met";

    private bool MayDownload => EvidenceEndpoints.MayDownload(view!, Document);

    protected override async Task OnInitializedAsync()
    {
        view = await Versions.FindAsync(Name, Number, Http.User, Http.RequestAborted);
        EvidenceRecord? record = view?.Find(Id);
        if (record is null)
        {
            Navigation.NotFound();
            return;
        }

        FindingsDocument document = await Findings.ReadAsync(view!, record, Http.RequestAborted);
        CommentThread? thread = await Comments.OfAsync(Http.User.Id(), CommentTopic.OfEvidence(view!.Version.Id, record.Id, null), Http.RequestAborted);
        said = (thread?.Comments ?? []).Select(view => view.Comment.Topic.Finding).OfType<string>().GroupBy(id => id)
            .ToDictionary(group => group.Key, group => group.Count());
        run = document.Variant is null ? null : await Runs.OfAsync(record, Http.RequestAborted);
        shown = new SealedFindings(record, document);
    }

    private string TalkAddress(Finding finding) =>
        $"{view!.Address($"evidence/{shown!.Record.Id}")}{QueryString.Create("finding", finding.Id)}{(IsTechnical ? "&register=technical" : "")}#comments";

    private static int Severity(Finding finding) => finding.Gate?.Verdict switch
    {
        GateVerdict.Breaches => 0,
        GateVerdict.Inconclusive => 1,
        GateVerdict.Meets => 2,
        _ => 3,
    };
}
