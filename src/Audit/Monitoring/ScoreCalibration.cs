using Governance.Audit.Explanations;
using Governance.Audit.Training;

namespace Governance.Audit.Monitoring;

/// <summary>Turns scores into chances, by an isotonic curve of the reference unless that does harm.</summary>
/// <remarks>
/// Harm is looked for in the expected calibration error of rows that the curve was not fitted on: ten seeded stratified
/// splits with a tenth of the rows held out, pooled, in bins of equal count (NannyML's check). Scores that are calibrated
/// already give errors that differ by chance alone, so the curve is left out only where it raises the error by more than
/// <see cref="Harm"/>: a reference of few rows.
/// </remarks>
public sealed class ScoreCalibration
{
    /// <summary>A rise of the error that is no longer chance.</summary>
    public const double Harm = 0.01;

    private const int Splits = 10;
    private const int Bins = 10;

    private readonly IsotonicCurve? curve;

    private ScoreCalibration(IsotonicCurve? curve, double before, double after) => (this.curve, Before, After) = (curve, before, after);

    /// <summary>Whether scores are changed at all.</summary>
    public bool Calibrates => curve is not null;

    /// <summary>The held-out calibration error of the scores as they are.</summary>
    public double Before { get; }

    /// <summary>The held-out calibration error of the calibrated scores.</summary>
    public double After { get; }

    /// <summary>Fits.</summary>
    /// <param name="scores">Shape [rows], finite.</param>
    /// <param name="labels">Shape [rows]: 1 positive, 0 negative.</param>
    /// <param name="seed">The seed of the splits.</param>
    /// <exception cref="ArgumentException">There are no rows, or the shapes differ.</exception>
    public static ScoreCalibration Fit(ReadOnlySpan<double> scores, ReadOnlySpan<double> labels, int seed)
    {
        IsotonicCurve whole = IsotonicRegression.Fit(scores, labels, []);
        List<(double Score, double Calibrated, double Label)> held = [];
        for (int split = 0; split < Splits; split++)
        {
            bool[] outside = HoldOut(labels, new SeededRandom(seed, split));
            int[] kept = [.. Enumerable.Range(0, outside.Length).Where(row => !outside[row])];
            if (kept.Length == 0 || kept.Length == outside.Length)
            {
                return new ScoreCalibration(null, double.NaN, double.NaN);
            }

            IsotonicCurve part = IsotonicRegression.Fit(Pick(scores, kept), Pick(labels, kept), []);
            for (int row = 0; row < outside.Length; row++)
            {
                if (outside[row])
                {
                    held.Add((scores[row], part.At(scores[row]), labels[row]));
                }
            }
        }

        double before = Error([.. held.Select(row => (row.Score, row.Label))]);
        double after = Error([.. held.Select(row => (row.Calibrated, row.Label))]);
        return new ScoreCalibration(after <= before + Harm ? whole : null, before, after);
    }

    /// <summary>The chance that a score stands for, in [0, 1].</summary>
    public double At(double score) => curve?.At(score) ?? Math.Clamp(score, 0, 1);

    // A tenth of each class.
    private static bool[] HoldOut(ReadOnlySpan<double> labels, SeededRandom random)
    {
        bool[] held = new bool[labels.Length];
        foreach (double label in (ReadOnlySpan<double>)[0, 1])
        {
            List<int> rows = [];
            for (int row = 0; row < labels.Length; row++)
            {
                if (labels[row] == label)
                {
                    rows.Add(row);
                }
            }

            int take = (int)Math.Round(rows.Count / 10.0);
            for (int i = 0; i < take; i++)
            {
                int other = i + random.NextBelow(rows.Count - i);
                (rows[i], rows[other]) = (rows[other], rows[i]);
                held[rows[i]] = true;
            }
        }

        return held;
    }

    private static double Error((double Score, double Label)[] rows)
    {
        (double Score, double Label)[] sorted = [.. rows.OrderBy(row => row.Score)];
        double sum = 0;
        for (int bin = 0; bin < Bins; bin++)
        {
            ReadOnlySpan<(double Score, double Label)> part = sorted.AsSpan(bin * sorted.Length / Bins, ((bin + 1) * sorted.Length / Bins) - (bin * sorted.Length / Bins));
            double distance = 0;
            foreach ((double score, double label) in part)
            {
                distance += score - label;
            }

            sum += Math.Abs(distance);
        }

        return sum / sorted.Length;
    }

    private static double[] Pick(ReadOnlySpan<double> values, int[] rows)
    {
        double[] picked = new double[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            picked[i] = values[rows[i]];
        }

        return picked;
    }
}
