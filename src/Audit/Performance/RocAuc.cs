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
            areas[0] = weight.IsEmpty ? Counted(order, score, label) : One(order, score, label, weight);
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

    // All rows as one group that count 1 each: the sums stay in registers.
    private static AucEstimate Counted(ReadOnlySpan<int> order, ReadOnlySpan<double> score, ReadOnlySpan<sbyte> label)
    {
        int positives = 0;
        int known = 0;
        foreach (int row in order)
        {
            positives += label[row] == 1 ? 1 : 0;
            known += label[row] >= 0 ? 1 : 0;
        }

        double m = positives;
        double n = known - positives;
        double below = 0, above = m;
        double wins = 0, squaredWins = 0, losses = 0, squaredLosses = 0;
        double value = order.IsEmpty ? 0 : score[order[0]];
        for (int i = 0; i < order.Length;)
        {
            int tiedPositives = 0;
            int tiedNegatives = 0;
            double tied = value;
            do
            {
                int kind = label[order[i]];
                tiedPositives += kind == 1 ? 1 : 0;
                tiedNegatives += kind == 0 ? 1 : 0;
                i++;
                value = i < order.Length ? score[order[i]] : double.NaN;
            }
            while (value == tied);

            double beaten = below + (0.5 * tiedNegatives);
            double unbeaten = above - (0.5 * tiedPositives);
            wins += tiedPositives * beaten;
            squaredWins += tiedPositives * beaten * beaten;
            losses += tiedNegatives * unbeaten;
            squaredLosses += tiedNegatives * unbeaten * unbeaten;
            below += tiedNegatives;
            above -= tiedPositives;
        }

        return m > 0 && n > 0
            ? new AucEstimate(wins / (m * n), Spread(squaredWins, wins, m, m, n) + Spread(squaredLosses, losses, n, n, m))
            : new AucEstimate(double.NaN, double.NaN);
    }

    // The variance of a mean of placements in [0, 1]; NaN with fewer than two effective rows.
    private static double Spread(double squares, double sum, double own, double effective, double other)
    {
        double mean = sum / own / other;
        double variance = Math.Max(0, (squares / own / other / other) - (mean * mean));
        return effective > 1 + 1e-9 ? variance / (effective - 1) : double.NaN;
    }

    // All rows as one group.
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
            double variance = Spread(squaredWins, wins, positives.Weight, positives.EffectiveRows, negatives.Weight)
                + Spread(squaredLosses, losses, negatives.Weight, negatives.EffectiveRows, positives.Weight);
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
    }
}
