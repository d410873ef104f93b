using Governance.Audit.Performance;
using Governance.Audit.Statistics;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.Performance;

/// <summary>How far scores can be taken at their word on the rows looked at: the diagram, its error and the Brier score's parts. Pure.</summary>
/// <param name="Drawing">Observed share against mean score.</param>
/// <param name="Parts">The Brier score taken apart over the same bins.</param>
/// <param name="Error">The expected calibration error.</param>
/// <param name="ErrorInterval">[low, high] of it; null where unknown.</param>
internal sealed record ReliabilityPlot(PlotDrawing Drawing, BrierParts Parts, double Error, IReadOnlyList<double>? ErrorInterval)
{
    private const int MostBins = 10;

    /// <summary>Measures and draws; null without probabilities or labels.</summary>
    /// <param name="live">The rows.</param>
    /// <param name="fewest">Bins of fewer rows are left out: with them the bins hold equally many rows.</param>
    /// <param name="level">The confidence level.</param>
    public static ReliabilityPlot? Of(LiveScores live, int fewest, double level)
    {
        int[] rows = [.. Enumerable.Range(0, live.Decisions.Rows).Where(row => live.Decisions.Label[row] >= 0 && !double.IsNaN(live.Decisions.Score[row]))];
        if (!live.AreProbabilities || rows.Length < Math.Max(1, fewest))
        {
            return null;
        }

        BinaryDecisions known = live.Decisions.Take(rows);
        Binning binning = fewest > 1 ? Binning.Quantile : Binning.Uniform;
        int bins = fewest > 1 ? Math.Clamp(rows.Length / fewest, 1, MostBins) : MostBins;
        IReadOnlyList<CalibrationBin> all = CalibrationBins.Compute(known.Score, known.Label, known.Weight, bins, binning, level);
        double error = CalibrationBins.Errors(all).Expected;
        IReadOnlyList<double>? interval = CalibrationErrorInterval.Compute(
            error, [.. all.Select(bin => bin.EffectiveRows)], [.. all.Select(bin => bin.Weight)], [.. all.Select(bin => bin.Observed ?? 0)], level)?.ToArray();
        PerformanceReport report = new()
        {
            Task = "binary",
            Positive = known.Positive,
            Count = rows.Length,
            Metrics = new Dictionary<string, double?> { ["ece"] = error },
            Intervals = interval is null ? new Dictionary<string, IReadOnlyList<double>>() : new Dictionary<string, IReadOnlyList<double>> { ["ece"] = interval },
            Calibration = [.. all.Where(bin => bin.Count >= Math.Max(1, fewest))],
            Folds = [],
            Undefined = [],
        };
        return new ReliabilityPlot(CalibrationPlot.Draw(report), BrierParts.Of(known.Score, known.Label, known.Weight, bins, binning), error, interval);
    }
}
