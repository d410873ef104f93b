using Governance.Audit.Statistics;

namespace Governance.Audit.Performance;

/// <summary>The area under the ROC curve of every group, with its sampling variance.</summary>
/// <remarks>
/// The chance that a positive row scores above a negative one, ties counting half (Mann and Whitney). Variance by the
/// placements of DeLong, DeLong and Clarke-Pearson (1988), Biometrics 44, 837–845; with weights the placements are
/// weighted and the numbers of rows are Kish's effective ones. One sweep over the sorted rows serves all groups.
/// </remarks>
public static class RocAuc
{
    /// <summary>Computes the areas. O(rows) after sorting.</summary>
    /// <param name="order">The rows in ascending order of score (<see cref="RankOrder.Ascending"/>).</param>
    /// <param name="score">Shape [rows].</param>
    /// <param name="label">Shape [rows]: 1 positive, 0 negative, -1 not known (the row is left out).</param>
    /// <param name="weight">Shape [rows], finite and at least 0; empty for 1 each.</param>
    /// <param name="group">Shape [rows]: the group's index, -1 for none; empty for one group.</param>
    /// <param name="areas">Shape [groups]: receives the areas.</param>
    public static void Compute(
        ReadOnlySpan<int> order, ReadOnlySpan<double> score, ReadOnlySpan<sbyte> label, ReadOnlySpan<double> weight,
        ReadOnlySpan<int> group, Span<AucEstimate> areas)
    {
        if (group.IsEmpty)
        {
            areas[0] = One(order, score, label, weight);
            return;
        }

        Sweep[] sweeps = new Sweep[areas.Length];
        foreach (int row in order)
        {
            if (group[row] >= 0 && label[row] >= 0)
            {
                sweeps[group[row]].Count(label[row] == 1, weight.IsEmpty ? 1 : weight[row]);
            }
        }

        foreach (int row in order)
        {
            if (group[row] >= 0 && label[row] >= 0)
            {
                sweeps[group[row]].Pass(score[row], label[row] == 1, weight.IsEmpty ? 1 : weight[row]);
            }
        }

        for (int code = 0; code < areas.Length; code++)
        {
            areas[code] = sweeps[code].Finish();
        }
    }

    // All rows as one group: the sweep stays in registers.
    private static AucEstimate One(
        ReadOnlySpan<int> order, ReadOnlySpan<double> score, ReadOnlySpan<sbyte> label, ReadOnlySpan<double> weight)
    {
        Sweep sweep = default;
        foreach (int row in order)
        {
            if (label[row] >= 0)
            {
                sweep.Count(label[row] == 1, weight.IsEmpty ? 1 : weight[row]);
            }
        }

        foreach (int row in order)
        {
            if (label[row] >= 0)
            {
                sweep.Pass(score[row], label[row] == 1, weight.IsEmpty ? 1 : weight[row]);
            }
        }

        return sweep.Finish();
    }

    /// <summary>What the sweep knows of one group: what lies below the current score, and the rows tied at it.</summary>
    private struct Sweep
    {
        private OutcomeCell positives;
        private OutcomeCell negatives;
        private double score;
        private double positivesBelow;
        private double negativesBelow;
        private double tiedPositives;
        private double tiedNegatives;
        private double wins;
        private double squaredWins;
        private double losses;
        private double squaredLosses;

        public void Count(bool positive, double weight)
        {
            if (positive)
            {
                positives = positives.With(weight);
            }
            else
            {
                negatives = negatives.With(weight);
            }
        }

        public void Pass(double value, bool positive, double weight)
        {
            if (value != score)
            {
                CloseTies();
                score = value;
            }

            if (positive)
            {
                tiedPositives += weight;
            }
            else
            {
                tiedNegatives += weight;
            }
        }

        public AucEstimate Finish()
        {
            CloseTies();
            if (!(positives.Weight > 0 && negatives.Weight > 0))
            {
                return new AucEstimate(double.NaN, double.NaN);
            }

            double area = wins / (positives.Weight * negatives.Weight);
            double variance = Spread(squaredWins, wins, positives, negatives.Weight)
                + Spread(squaredLosses, losses, negatives, positives.Weight);
            return new AucEstimate(area, variance);
        }

        // Each positive wins against the negatives below it and half of those at its score; each negative loses likewise.
        private void CloseTies()
        {
            double beaten = negativesBelow + (tiedNegatives / 2);
            double unbeaten = positives.Weight - positivesBelow - (tiedPositives / 2);
            wins += tiedPositives * beaten;
            squaredWins += tiedPositives * beaten * beaten;
            losses += tiedNegatives * unbeaten;
            squaredLosses += tiedNegatives * unbeaten * unbeaten;
            positivesBelow += tiedPositives;
            negativesBelow += tiedNegatives;
            tiedPositives = 0;
            tiedNegatives = 0;
        }

        // The variance of a mean of placements in [0, 1]; NaN with fewer than two effective rows.
        private static double Spread(double squares, double sum, OutcomeCell own, double other)
        {
            double mean = sum / own.Weight / other;
            double variance = Math.Max(0, (squares / own.Weight / other / other) - (mean * mean));
            return own.EffectiveRows > 1 + 1e-9 ? variance / (own.EffectiveRows - 1) : double.NaN;
        }
    }
}

/// <summary>An area under the ROC curve.</summary>
/// <param name="Area">In [0, 1]; NaN where a class is missing.</param>
/// <param name="Variance">Of the area; NaN with fewer than two rows of a class.</param>
public readonly record struct AucEstimate(double Area, double Variance)
{
    /// <summary>Whether rows of both classes were there.</summary>
    public bool IsDefined => !double.IsNaN(Area);

    /// <summary>
    /// The normal interval, cut at 0 and 1; null where the area is undefined or its estimated variance is 0, as with
    /// perfect separation: an interval of no width would claim a certainty that few rows cannot give.
    /// </summary>
    /// <param name="level">The confidence level, above 0 and below 1.</param>
    public Interval? DeLong(double level)
    {
        if (!(Variance > 1e-18))
        {
            return null;
        }

        double error = NormalQuantile.TwoSided(level) * Math.Sqrt(Variance);
        return new Interval(Math.Max(0, Area - error), Math.Min(1, Area + error));
    }
}
