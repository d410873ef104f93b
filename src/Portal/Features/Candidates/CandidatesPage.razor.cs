using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Globalization;
using Governance.Audit.Candidates;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Models;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Evidence;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Candidates;

/// <summary>The candidates of a model, and of others for the same purpose: what is shown stands in the address.</summary>
public sealed partial class CandidatesPage
{
    private ModelRow? row;
    private CandidateBoard? board;
    private BoardQuery query = default!;
    private PlotDrawing? drawing;
    private bool mayChoose;
    private string? refusal;
    private IReadOnlyList<(CandidateChoice Choice, string Address, string When)> choices = [];

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    [SupplyParameterFromQuery(Name = "models")]
    private string? ModelsAsked { get; set; }

    [SupplyParameterFromQuery(Name = "data")]
    private string? DataAsked { get; set; }

    [SupplyParameterFromQuery(Name = "on")]
    private string[]? On { get; set; }

    [SupplyParameterFromQuery(Name = "x")]
    private string? Across { get; set; }

    [SupplyParameterFromQuery(Name = "y")]
    private string? Up { get; set; }

    [SupplyParameterFromQuery(Name = "p95")]
    private string? Milliseconds { get; set; }

    [SupplyParameterFromQuery(Name = "size")]
    private string? Bytes { get; set; }

    [SupplyParameterFromQuery(Name = "purpose")]
    private string? PurposeAsked { get; set; }

    [SupplyParameterFromForm(FormName = "choose-candidate")]
    private ChoiceForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadCandidateBoard Boards { get; set; } = default!;

    [Inject]
    private ReadVersion Versions { get; set; } = default!;

    [Inject]
    private ReadFindings Findings { get; set; } = default!;

    [Inject]
    private RequestChoice Request { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private BoardMetric? Y => BoardMetric.Find(query.Y ?? "") ?? (board!.Metrics.Count > 0 ? board.Metrics[0] : null);

    private BoardMetric? X => BoardMetric.Find(query.X ?? "") ?? (board!.Metrics.Count > 1 ? board.Metrics[1] : null);

    // What was chosen, and what the plot shows besides.
    private IReadOnlyList<BoardMetric> Columns =>
        [.. board!.Metrics.Concat(new[] { X, Y }.OfType<BoardMetric>()).Concat(board.Known.Where(metric => metric.Key == CandidateBudget.Size)).Distinct()];

    // The same gap of several candidates is told once.
    private IReadOnlyList<string> Gaps =>
    [
        .. Columns.SelectMany(metric => board!.Rows.Where(candidate => !candidate.Candidate.Figures.ContainsKey(metric.Key))
                .Select(candidate => (metric.Title, Why: CandidateWords.Missing(candidate, metric, board.Data), candidate.Candidate.Name)))
            .GroupBy(gap => (gap.Title, gap.Why)).Select(group => $"{group.Key.Title} of {string.Join(", ", group.Select(gap => gap.Name))}: {group.Key.Why}."),
    ];

    protected override async Task OnInitializedAsync()
    {
        query = BoardQuery.Of(ModelsAsked, DataAsked, On, Across, Up, Milliseconds, Bytes, PurposeAsked);
        if (await Boards.OfAsync(Name, query, Http.User.Id(), Http.RequestAborted) is not (ModelRow found, CandidateBoard read))
        {
            Navigation.NotFound();
            return;
        }

        (row, board) = (found, read);
        Form ??= new ChoiceForm { Chosen = board.Rows.Count == 0 ? "" : board.Rows[0].Candidate.Name };
        drawing = X is BoardMetric x && Y is BoardMetric y && x != y ? CandidatePlot.Draw(board, x, y) : null;
        await ReadChoicesAsync();
    }

    private async Task ReadChoicesAsync()
    {
        List<(DateTimeOffset At, CandidateChoice Choice, string Address)> found = [];
        foreach (BoardRow candidate in board!.Rows)
        {
            if (await Versions.FindAsync(candidate.Model, candidate.Version.Number, Http.User, Http.RequestAborted) is not VersionView view)
            {
                continue;
            }

            mayChoose |= candidate.Model == Name && view.Viewer is { Register: true, RunAudit: true };
            foreach (EvidenceRecord record in view.Records)
            {
                if ((await Findings.ReadAsync(view, record, Http.RequestAborted)).Choice is CandidateChoice choice)
                {
                    found.Add((record.SealedAt, choice, view.Address($"evidence/{record.Id}")));
                }
            }
        }

        choices = [.. found.OrderByDescending(one => one.At).Take(5)
            .Select(one => (one.Choice, one.Address, one.At.UtcDateTime.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture) + " UTC"))];
    }

    private async Task ChooseAsync()
    {
        BoardRow? chosen = board!.Rows.FirstOrDefault(candidate => candidate.Candidate.Name == Form!.Chosen);
        StartRunOutcome outcome = chosen is null
            ? new StartRunOutcome.NoSuchVersion()
            : await Request.RunAsync(Http.User.Actor(), chosen.Version.Id, board.Choice(chosen.Candidate.Name, Form!.Reason.Trim()), Http.RequestAborted);
        switch (outcome)
        {
            case StartRunOutcome.Queued:
                Navigation.NavigateTo($"{chosen!.Address}/overview#audit");
                break;
            case StartRunOutcome.Refused { Reason: var reason }:
                refusal = reason.Sentence;
                break;
            case StartRunOutcome.NoSuchVersion:
                refusal = "This candidate is no longer there for you. Choose another.";
                break;
            default:
                throw new UnreachableException();
        }
    }

    private sealed class ChoiceForm
    {
        public string Chosen { get; set; } = "";

        [Required(ErrorMessage = "Say why."), StringLength(CandidateChoice.MostReason, ErrorMessage = "At most 2,000 characters.")]
        public string Reason { get; set; } = "";
    }
}
