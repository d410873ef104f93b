using Governance.Audit.Data;
using Governance.Audit.Performance;
using Governance.Audit.Statistics;
using Governance.Audit.Training;
using MathNet.Numerics.Distributions;

namespace Governance.Audit.Fairness;

/// <summary>How well other columns tell a protected attribute, one by one and together.</summary>
/// <remarks>
/// A column that tells the group can stand in for it, so leaving the attribute out of a model does not make the model blind
/// to it. One by one: mutual information with the column's levels or tenths, and the area under the ROC curve of each group
/// against the rest, scored by the group's share among rows of the same level in the other folds. Together: a logistic
/// regression fitted on the other folds. Nothing is scored by what it was fitted on.
/// </remarks>
public static class ProxySearch
{
    /// <summary>The most rows looked at; of more, so many are drawn.</summary>
    public const int MostRows = 20_000;

    private const int Folds = 5;

    // Fewer rows of a group say nothing about who is told.
    private const int FewestRows = 10;

    // Newton's steps cost rows · features².
    private const double MostWork = 4e8;

    /// <summary>Searches.</summary>
    /// <param name="columns">The columns that may tell the attribute, of all rows.</param>
    /// <param name="attribute">The protected attribute.</param>
    /// <param name="level">The confidence level.</param>
    /// <param name="seed">The seed of the draw of rows.</param>
    /// <param name="cancellationToken">Stops between columns.</param>
    public static ProxyReport Run(
        IReadOnlyList<Column> columns, Levels attribute, double level, int seed, CancellationToken cancellationToken)
    {
        int[] known = FeatureRows.Sample([.. Enumerable.Range(0, attribute.Codes.Length).Where(row => Code(attribute, row) >= 0)], MostRows, seed);
        int[] codes = Array.ConvertAll(known, row => Code(attribute, row));
        Column[] own = [.. columns.Select(column => column.Take(known))];
        List<ProxyColumn> found = [];
        foreach (Column column in own)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ColumnBins bins = ColumnBins.Of(column);
            if (bins.Count > 1)
            {
                found.Add(Measure(column.Name, bins, codes, attribute.Names, level));
            }
        }

        double[] adjusted = MultipleTests.Holm([.. found.Select(column => column.PValue)]);
        return new ProxyReport
        {
            Rows = known.Length,
            Columns = [.. found.Select((column, i) => column with { AdjustedPValue = adjusted[i] })
                .OrderByDescending(column => column.MutualInformation).ThenBy(column => column.Column, StringComparer.Ordinal)],
            Together = Together(own, codes, attribute.Names, level, seed, cancellationToken),
        };
    }

    private static int Code(Levels attribute, int row) => attribute.Codes[row];

    private static ProxyColumn Measure(string name, ColumnBins bins, int[] codes, IReadOnlyList<string> groups, double level)
    {
        double[,] table = new double[bins.Count, groups.Count];
        for (int row = 0; row < codes.Length; row++)
        {
            table[bins.Codes[row], codes[row]]++;
        }

        (double information, double entropy, int freedom) = Information(table, codes.Length);
        (string? group, AucEstimate area) best = (null, new AucEstimate(double.NaN, double.NaN));
        foreach (int group in Enumerable.Range(0, groups.Count).Where(group => Enough(codes, group)))
        {
            AucEstimate area = Area(CrossShares(bins, codes, group), codes, group);
            best = best.group is null || area.Area > best.area.Area ? (groups[group], area) : best;
        }

        return new ProxyColumn(
            name, information, entropy > 0 ? Math.Min(1, information / entropy) : 0,
            best.group is null ? null : best.area.Area, best.area.DeLong(level)?.ToArray(), best.group,
            freedom > 0 ? 1 - ChiSquared.CDF(freedom, 2 * codes.Length * information) : 1, 1);
    }

    // In nats, with the entropy of the groups and the degrees of freedom of the likelihood-ratio test of independence.
    private static (double Information, double Entropy, int Freedom) Information(double[,] table, double rows)
    {
        (int bins, int groups) = (table.GetLength(0), table.GetLength(1));
        double[] byBin = new double[bins];
        double[] byGroup = new double[groups];
        for (int bin = 0; bin < bins; bin++)
        {
            for (int group = 0; group < groups; group++)
            {
                byBin[bin] += table[bin, group];
                byGroup[group] += table[bin, group];
            }
        }

        double information = 0;
        for (int bin = 0; bin < bins; bin++)
        {
            for (int group = 0; group < groups; group++)
            {
                double cell = table[bin, group];
                information += cell > 0 ? cell / rows * Math.Log(cell * rows / (byBin[bin] * byGroup[group])) : 0;
            }
        }

        double entropy = -byGroup.Sum(count => count > 0 ? count / rows * Math.Log(count / rows) : 0);
        return (Math.Max(0, information), entropy, (byBin.Count(count => count > 0) - 1) * (byGroup.Count(count => count > 0) - 1));
    }

    // The group's share among the other folds' rows of the same level, drawn towards its share overall.
    private static double[] CrossShares(ColumnBins bins, int[] codes, int group)
    {
        double[,] hits = new double[Folds, bins.Count];
        double[,] rows = new double[Folds, bins.Count];
        for (int row = 0; row < codes.Length; row++)
        {
            hits[row % Folds, bins.Codes[row]] += codes[row] == group ? 1 : 0;
            rows[row % Folds, bins.Codes[row]]++;
        }

        double overall = (double)codes.Count(code => code == group) / codes.Length;
        double[] scores = new double[codes.Length];
        for (int row = 0; row < scores.Length; row++)
        {
            double hit = overall;
            double all = 1;
            for (int fold = 0; fold < Folds; fold++)
            {
                if (fold != row % Folds)
                {
                    hit += hits[fold, bins.Codes[row]];
                    all += rows[fold, bins.Codes[row]];
                }
            }

            scores[row] = hit / all;
        }

        return scores;
    }

    private static List<ProxyGroup>? Together(
        Column[] columns, int[] codes, IReadOnlyList<string> groups, double level, int seed, CancellationToken cancellationToken)
    {
        if (columns.Length == 0 || FeatureRows.Make(columns) is not TrainingRows all)
        {
            return null;
        }

        int most = (int)Math.Clamp(MostWork / ((double)all.Features * all.Features), 1_000, MostRows);
        int[] drawn = FeatureRows.Sample([.. Enumerable.Range(0, codes.Length)], most, seed);
        TrainingRows rows = drawn.Length == all.Count ? all : all.Take(drawn);
        int[] own = Array.ConvertAll(drawn, row => codes[row]);
        int[] asked = [.. Enumerable.Range(0, groups.Count).Where(group => Enough(own, group))];

        // Of two groups one says it all.
        List<ProxyGroup> found = [];
        foreach (int group in asked.Length == 2 ? asked[1..] : asked.OrderByDescending(group => own.Count(code => code == group)).Take(6))
        {
            AucEstimate area = Area(CrossFitted(rows, own, group, cancellationToken), own, group);
            found.Add(new ProxyGroup(groups[group], area.Area, area.DeLong(level)?.ToArray(), own.Length));
        }

        return found;
    }

    private static double[] CrossFitted(TrainingRows rows, int[] codes, int group, CancellationToken cancellationToken)
    {
        double[] scores = new double[codes.Length];
        for (int fold = 0; fold < Folds; fold++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[] others = [.. Enumerable.Range(0, codes.Length).Where(row => row % Folds != fold)];
            LogisticModel model = FitLogistic.Run(rows.Take(others), Array.ConvertAll(others, row => codes[row] == group ? 1.0 : 0), 1);
            for (int row = fold; row < codes.Length; row += Folds)
            {
                scores[row] = model.LogOdds(rows.Row(row));
            }
        }

        return scores;
    }

    private static AucEstimate Area(double[] scores, int[] codes, int group)
    {
        AucEstimate[] area = new AucEstimate[1];
        RocAuc.Compute(RankOrder.Ascending(scores), scores, Array.ConvertAll(codes, code => (sbyte)(code == group ? 1 : 0)), [], [], area);
        return area[0];
    }

    private static bool Enough(int[] codes, int group)
    {
        int count = codes.Count(code => code == group);
        return count >= FewestRows && codes.Length - count >= FewestRows;
    }
}
