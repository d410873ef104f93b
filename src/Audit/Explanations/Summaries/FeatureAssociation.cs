using Governance.Audit.Data;
using Governance.Audit.Fairness;
using MathNet.Numerics.Statistics;

namespace Governance.Audit.Explanations.Summaries;

/// <summary>How far two columns say the same: |Spearman's ρ| of numbers, normalised mutual information where one is text.</summary>
/// <remarks>
/// Numbers: mid-ranks over each column's own rows, correlated over the rows in which both have a value. Text: mutual
/// information of the bins of <see cref="ColumnBins"/> less its expectation under independence (Miller, "Note on the bias of
/// information estimates", 1955), over the geometric mean of the entropies (Strehl and Ghosh, JMLR 3, 2002).
/// Both are 0 for independent columns and 1 where each determines the other.
/// </remarks>
public static class FeatureAssociation
{
    /// <summary>Rows drawn where there are more: the standard error of a rank correlation is then under 0.01.</summary>
    public const int MostRows = 10_000;

    /// <summary>Every pair of columns.</summary>
    /// <param name="columns">The columns, of the same rows.</param>
    /// <returns>Shape [columns, columns], symmetric, in [0, 1], 1 on the diagonal; 0 where a column does not vary.</returns>
    public static double[,] Of(IReadOnlyList<Column> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        double[]?[] ranks = [.. columns.Select(column => column is NumberColumn numbers ? Ranks(numbers) : null)];
        ColumnBins?[] bins = new ColumnBins?[columns.Count];
        double[,] result = new double[columns.Count, columns.Count];
        for (int i = 0; i < columns.Count; i++)
        {
            result[i, i] = 1;
            for (int j = 0; j < i; j++)
            {
                result[i, j] = ranks[i] is { } first && ranks[j] is { } second
                    ? Math.Abs(Correlated(first, second))
                    : Shared(bins[i] ??= ColumnBins.Of(columns[i]), bins[j] ??= ColumnBins.Of(columns[j]));
                result[j, i] = result[i, j];
            }
        }

        return result;
    }

    private static double[] Ranks(NumberColumn column)
    {
        int[] known = [.. Enumerable.Range(0, column.Count).Where(row => !column.IsMissing(row))];
        double[] ranked = ArrayStatistics.RanksInplace([.. known.Select(row => column.Values[row])], RankDefinition.Average);
        double[] ranks = new double[column.Count];
        Array.Fill(ranks, double.NaN);
        for (int i = 0; i < known.Length; i++)
        {
            ranks[known[i]] = ranked[i];
        }

        return ranks;
    }

    private static double Correlated(double[] first, double[] second)
    {
        double n = 0, meanOfFirst = 0, meanOfSecond = 0, ofFirst = 0, ofSecond = 0, ofBoth = 0;
        for (int row = 0; row < first.Length; row++)
        {
            if (double.IsNaN(first[row]) || double.IsNaN(second[row]))
            {
                continue;
            }

            n++;
            double a = first[row] - meanOfFirst;
            double b = second[row] - meanOfSecond;
            meanOfFirst += a / n;
            meanOfSecond += b / n;
            ofFirst += a * (first[row] - meanOfFirst);
            ofSecond += b * (second[row] - meanOfSecond);
            ofBoth += a * (second[row] - meanOfSecond);
        }

        double scale = Math.Sqrt(ofFirst * ofSecond);
        return scale > 0 ? Math.Clamp(ofBoth / scale, -1, 1) : 0;
    }

    private static double Shared(ColumnBins first, ColumnBins second)
    {
        double rows = first.Codes.Length;
        double[] ofFirst = new double[first.Count];
        double[] ofSecond = new double[second.Count];
        double[] both = new double[first.Count * second.Count];
        for (int row = 0; row < first.Codes.Length; row++)
        {
            ofFirst[first.Codes[row]]++;
            ofSecond[second.Codes[row]]++;
            both[(first.Codes[row] * second.Count) + second.Codes[row]]++;
        }

        double entropyOfFirst = Entropy(ofFirst, rows);
        double entropyOfSecond = Entropy(ofSecond, rows);
        double scale = Math.Sqrt(entropyOfFirst * entropyOfSecond);
        if (!(scale > 0))
        {
            return 0;
        }

        double freedom = (ofFirst.Count(count => count > 0) - 1.0) * (ofSecond.Count(count => count > 0) - 1);
        double information = entropyOfFirst + entropyOfSecond - Entropy(both, rows) - (freedom / (2 * rows));

        // What chance adds is taken off the scale too, so that columns that determine each other still reach 1; of so many
        // bins that chance could add all of it, nothing can be said.
        double room = scale - (freedom / (2 * rows));
        return room > 0 ? Math.Clamp(information / room, 0, 1) : 0;
    }

    private static double Entropy(double[] counts, double rows)
    {
        double sum = 0;
        foreach (double count in counts)
        {
            sum -= count > 0 ? count / rows * Math.Log(count / rows) : 0;
        }

        return sum;
    }
}
