using System.Globalization;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;
using Governance.Portal.Features.Fairness;
using Governance.Registry.Policies;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Performance;

/// <summary>One cut, seen everywhere: confusion matrix, ROC, precision–recall, lift and the scores move together.</summary>
public sealed partial class CutoffRun
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(40);

    private LiveView? live;
    private LiveScores? scores;
    private CutTable? table;
    private ReliabilityPlot? reliability;
    private CutRates? rates;
    private Outcomes outcomes;
    private readonly SliderPlace cutPlace = new();
    private readonly SliderPlace sharePlace = new();
    private double cut;
    private bool drawing;
    private bool movesCut; // which slider the person moves: the other one follows
    private bool movesShare;

    /// <summary>Of several classes the one asked about.</summary>
    [Parameter]
    public string? Class { get; set; }

    /// <summary>The cut in the address.</summary>
    [Parameter]
    public string? Cut { get; set; }

    private static double Level => PolicyPack.Default.Level;

    private (double Low, double High) Range => scores!.AreProbabilities ? (0, 1) : scores.Range;

    private double InUse => scores!.InUse ?? 0.5;

    private double Share => outcomes.All.Weight > 0 ? outcomes.PredictedPositive.Weight / outcomes.All.Weight : 0;

    private string Step => ((Range.High - Range.Low) / 1000).ToString("R", CultureInfo.InvariantCulture);

    private protected override async Task PrepareAsync(LiveView live, CancellationToken cancellationToken)
    {
        await Task.Run(
            () =>
            {
                LiveScores read = LiveScores.Of(live.Rows.Scored, live.Taken, Class);
                CutTable all = GroupCuts.Of(read.Decisions.Score, read.Decisions.Label, read.Decisions.Weight, [], 0).All;
                reliability = ReliabilityPlot.Of(read, live.Fewest, Level);
                scores = read;
                table = live.Fewest > 1 ? all.InSteps(live.Fewest) : all;
            },
            cancellationToken);
        cut = CutChoice.Read(Cut, null, InUse).Cut;
        Count();
        this.live = live;
    }

    private Task MoveAsync(ChangeEventArgs change) => Read(change) is double asked ? MoveAsync(asked, ofCut: true, ofShare: false) : Task.CompletedTask;

    private Task MoveShareAsync(ChangeEventArgs change) => Read(change) is double percent
        ? MoveAsync(percent > 0 ? table!.CutOfShare(percent / 100) : Range.High + 1e-9, ofCut: false, ofShare: true)
        : Task.CompletedTask;

    private Task BackAsync() => MoveAsync(InUse, ofCut: false, ofShare: false);

    private Task MoveAsync(double asked, bool ofCut, bool ofShare)
    {
        (movesCut, movesShare) = (ofCut, ofShare);
        return ChooseAsync(asked);
    }

    // Steps of a slider that come while one is drawn are drawn together.
    private async Task ChooseAsync(double asked)
    {
        cut = asked;
        if (drawing)
        {
            return;
        }

        drawing = true;
        await Task.Delay(Rest);
        drawing = false;
        Count();
    }

    private void Count()
    {
        outcomes = table!.At(cut);
        rates = CutFairness.Of([], [], outcomes, favourableIsPositive: true, 1, Level).Overall;
        if (!movesCut)
        {
            cutPlace.Put(Math.Clamp(cut, Range.Low, Range.High));
        }

        if (!movesShare)
        {
            sharePlace.Put(Math.Round(100 * Share, 1));
        }
    }

    private static double? Read(ChangeEventArgs change) =>
        double.TryParse(change.Value as string, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
