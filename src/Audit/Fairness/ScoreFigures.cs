using Governance.Audit.Performance;
using Governance.Audit.Statistics;

namespace Governance.Audit.Fairness;

/// <summary>The figures of a score by group: how high it is, how well it ranks, and how well calibrated it is.</summary>
internal static class ScoreFigures
{
    /// <summary>Bins of the calibration error, of equal width over [0, 1].</summary>
    public const int Bins = 10;

    /// <summary>The figures that any score has.</summary>
    public static IReadOnlyList<string> Ranking { get; } = ["mean_score", "roc_auc"];

    /// <summary>The figures that only scores in [0, 1] have.</summary>
    public static IReadOnlyList<string> Probability { get; } = ["brier", "log_loss", "ece", "calibration_slope", "calibration_intercept"];

    /// <summary>Whether every score lies in [0, 1].</summary>
    public static bool AreProbabilities(ReadOnlySpan<double> score)
    {
        foreach (double value in score)
        {
            if (value is < 0 or > 1)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Measures all groups. O(rows), and a few passes more for calibration.</summary>
    /// <param name="decisions">Labels, scores and weights.</param>
    /// <param name="order">The rows in ascending order of score.</param>
    /// <param name="codes">Shape [rows]: the group's index, -1 for none; empty for one group.</param>
    /// <param name="groups">Shape [groups]: receives the figures.</param>
    /// <param name="probabilities">Whether every score lies in [0, 1].</param>
    public static void Add(
        BinaryDecisions decisions, ReadOnlySpan<int> order, ReadOnlySpan<int> codes, Dictionary<string, Figure>[] groups, bool probabilities)
    {
        AucEstimate[] areas = new AucEstimate[groups.Length];
        RocAuc.Compute(order, decisions.Score, decisions.Label, decisions.Weight, codes, areas);
        Sums[] sums = new Sums[groups.Length];
        OutcomeCell[] bins = new OutcomeCell[probabilities ? groups.Length * Bins * 2 : 0];
        double[] scores = new double[bins.Length / 2];
        Accumulate(decisions, codes, sums, bins, scores);
        CalibrationFit[] fits = probabilities
            ? CalibrationFit.Compute(decisions.Score, decisions.Label, decisions.Weight, codes, groups.Length) : [];
        for (int group = 0; group < groups.Length; group++)
        {
            groups[group]["mean_score"] = Figure.Of(sums[group].Score);
            groups[group]["roc_auc"] = Figure.Of(areas[group]);
            if (probabilities)
            {
                groups[group]["brier"] = Figure.Of(sums[group].Brier);
                groups[group]["log_loss"] = Figure.Of(sums[group].LogLoss);
                groups[group]["ece"] = CalibrationError(bins.AsSpan(group * Bins * 2, Bins * 2), scores.AsSpan(group * Bins, Bins));
                groups[group]["calibration_slope"] = new Figure(FigureKind.Plain, fits[group].Slope, 0, fits[group].SlopeError);
                groups[group]["calibration_intercept"] = new Figure(FigureKind.Plain, fits[group].Intercept, 0, fits[group].InterceptError);
            }
        }
    }

    private static void Accumulate(BinaryDecisions decisions, ReadOnlySpan<int> codes, Sums[] sums, OutcomeCell[] bins, double[] scores)
    {
        for (int row = 0; row < decisions.Score.Length; row++)
        {
            int code = codes.IsEmpty ? 0 : codes[row];
            double score = decisions.Score[row];
            if (code < 0 || double.IsNaN(score))
            {
                continue;
            }

            double mass = decisions.Weight.IsEmpty ? 1 : decisions.Weight[row];
            sums[code].Score.Add(score, mass);
            int label = decisions.Label[row];
            if (label >= 0 && bins.Length > 0)
            {
                sums[code].Brier.Add((score - label) * (score - label), mass);
                sums[code].LogLoss.Add(Loss(score, label), mass);
                int bin = (code * Bins) + Math.Min(Bins - 1, (int)(score * Bins));
                bins[(bin * 2) + label] = bins[(bin * 2) + label].With(mass);
                scores[bin] += mass * score;
            }
        }
    }

    /// <summary>The loss of one probability, in nats; kept <see cref="ProbabilityLoss.Clip"/> from certainty.</summary>
    public static double Loss(double score, int label)
    {
        double clipped = Math.Clamp(score, ProbabilityLoss.Clip, 1 - ProbabilityLoss.Clip);
        return -Math.Log(label == 1 ? clipped : 1 - clipped);
    }

    // cells: negative and positive rows, bin by bin.
    private static Figure CalibrationError(ReadOnlySpan<OutcomeCell> cells, ReadOnlySpan<double> scores)
    {
        double[] rows = new double[Bins];
        double[] weights = new double[Bins];
        double[] observed = new double[Bins];
        double error = 0;
        double total = 0;
        for (int bin = 0; bin < Bins; bin++)
        {
            OutcomeCell all = cells[bin * 2] + cells[(bin * 2) + 1];
            (rows[bin], weights[bin]) = (all.EffectiveRows, all.Weight);
            observed[bin] = all.Weight > 0 ? cells[(bin * 2) + 1].Weight / all.Weight : 0;
            error += Math.Abs(cells[(bin * 2) + 1].Weight - scores[bin]);
            total += all.Weight;
        }

        double value = total > 0 ? error / total : double.NaN;
        return new Figure(FigureKind.Own, value, 0, double.NaN)
        {
            ByLevel = level => CalibrationErrorInterval.Compute(value, rows, weights, observed, level),
        };
    }

    private struct Sums
    {
        public MeanEstimate Score;
        public MeanEstimate Brier;
        public MeanEstimate LogLoss;
    }
}
