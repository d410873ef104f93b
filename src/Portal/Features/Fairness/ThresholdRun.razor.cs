using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Fairness;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Performance;
using Governance.Registry.Policies;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Fairness;

/// <summary>The threshold explorer: rows are scored and counted once, then each cut is a look-up.</summary>
public sealed partial class ThresholdRun
{
    private const string AtThis = "At this threshold";

    // So long a slider may rest before figures are drawn anew: its steps come faster than a screen can show.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(40);

    private LiveView? live;
    private CutGroups? groups;
    private PolicyPack policy = PolicyPack.Default;
    private CutFairness? now;
    private CutFairness? then;
    private CutChoice choice = CutChoice.Alike(0.5);
    private IReadOnlyList<CutFrontier.Point> frontier = [];
    private IReadOnlyList<CutFrontier.Candidate> candidates = [];
    private PlotDrawing? roc;
    private PlotDrawing? calibration;
    private bool drawing;

    private readonly SliderPlace placed = new();
    private readonly Dictionary<int, SliderPlace> placedOwn = [];

    /// <summary>The protected columns, joined by commas; several are crossed.</summary>
    [Parameter, EditorRequired]
    public string Attribute { get; set; } = "";

    /// <summary>Of several classes the one asked about.</summary>
    [Parameter]
    public string? Class { get; set; }

    /// <summary>The cut in the address.</summary>
    [Parameter]
    public string? Cut { get; set; }

    /// <summary>The groups' own cuts in the address.</summary>
    [Parameter]
    public string? Own { get; set; }

    /// <summary>Which rate is drawn over the threshold.</summary>
    [Parameter]
    public string? Rate { get; set; }

    [Inject]
    private ShownGroups Groups { get; set; } = default!;

    [Inject]
    private ReadCandidates Candidates { get; set; } = default!;

    [Inject]
    private PolicyQueries Policies { get; set; } = default!;

    private string Shown => CutPlots.Rates.Any(rate => rate.Key == Rate) && groups!.Live.HasLabels ? Rate! : "selection";

    private Gate? RatioGate => policy.GateOn("fairness.demographic_parity_ratio");

    // The current query string of the island: what the person moved.
    private string Query => $"cut={Uri.EscapeDataString(CutChoice.Text(choice.Cut))}&own={Uri.EscapeDataString(choice.OwnText)}&rate={(Shown == "selection" ? "" : Shown)}";

    private (double Low, double High) Range => groups!.Live.AreProbabilities ? (0, 1) : groups.Live.Range;

    private double InUse => groups!.Live.InUse ?? 0.5;

    private protected override async Task PrepareAsync(LiveView live, CancellationToken cancellationToken)
    {
        if (live.Shown.Document.Policy is { } named)
        {
            policy = (await Policies.FindAsync(named.Name, named.Number, cancellationToken))?.Pack ?? policy;
        }

        string[] columns = Attribute.Split(',');
        LiveScores scores = await Task.Run(() => LiveScores.Of(live.Rows.Scored, live.Taken, Class), cancellationToken);
        Levels levels = await Task.Run(() => ShownGroups.Of(scores.Table, columns), cancellationToken);
        IReadOnlySet<string>? open = await Groups.OfAsync(live, levels, columns, cancellationToken);
        if (open is { Count: 0 })
        {
            throw new InputException($"No group is shown to your role: each of them, or what follows from the others, has fewer than {live.Fewest} rows.");
        }

        candidates = Class is null ? await Candidates.OfAsync(live, string.Join('|', columns), cancellationToken) : [];
        await Task.Run(
            () =>
            {
                CutGroups counted = CutGroups.Of(scores, levels, open, live.Fewest);
                now = counted.InUse(policy.SmallestGroup, policy.Level);
                frontier = CutFrontier.Of(counted, policy.SmallestGroup, policy.Level);
                roc = scores.HasLabels ? GroupCurvePlots.Roc(counted, policy.Level) : null;
                calibration = GroupCurvePlots.Calibration(counted, counted.Codes, live.Fewest, policy.Level);
                choice = CutChoice.Read(Cut, Own, scores.InUse ?? 0.5);
                placed.Put(choice.Cut);
                foreach (int group in counted.Places)
                {
                    placedOwn[group] = new SliderPlace();
                    placedOwn[group].Put(choice.Of(group));
                }

                then = counted.At(choice, policy.SmallestGroup, policy.Level);
                groups = counted;
            },
            cancellationToken);
        this.live = live;
    }

    private Task MoveAsync(ChangeEventArgs change) => Read(change) is double cut ? ChooseAsync(choice with { Cut = cut }) : Task.CompletedTask;

    // Groups without a threshold of their own go along with the common one.
    private void Follow()
    {
        foreach ((int group, SliderPlace place) in placedOwn.Where(each => !choice.Own.ContainsKey(each.Key)))
        {
            place.Put(choice.Cut);
        }
    }

    private Task MoveAsync(int group, ChangeEventArgs change) => Read(change) is double cut ? ChooseAsync(choice.With(group, cut)) : Task.CompletedTask;

    private Task BackAsync()
    {
        placed.Put(InUse);
        return ChooseAsync(CutChoice.Alike(InUse));
    }

    // Steps that come while one is drawn are drawn together.
    private async Task ChooseAsync(CutChoice asked)
    {
        choice = asked;
        if (drawing)
        {
            return;
        }

        drawing = true;
        await Task.Delay(Rest);
        drawing = false;
        Follow();
        then = groups!.At(choice, policy.SmallestGroup, policy.Level);
    }

    private void Draw(string rate) => Rate = rate;

    private static double? Read(ChangeEventArgs change) =>
        double.TryParse(change.Value as string, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;

    private string Step => ((Range.High - Range.Low) / 1000).ToString("R", CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
