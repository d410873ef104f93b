using Governance.Audit.Data;
using Governance.Audit.Statistics.Resampling;

namespace Governance.Audit.Fairness;

/// <summary>A column as few bins: its levels, the rarest together, or tenths of its numbers; missing cells are a bin of their own.</summary>
/// <param name="Codes">Shape [rows]: the bin.</param>
/// <param name="Count">How many bins there are.</param>
internal sealed record ColumnBins(int[] Codes, int Count)
{
    private const int Tenths = 10;

    private const int MostLevels = 50;

    /// <summary>Bins a column.</summary>
    public static ColumnBins Of(Column column)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        for (int row = 0; row < column.Count; row++)
        {
            string text = column.Text(row) ?? "";
            counts[text] = counts.GetValueOrDefault(text) + 1;
        }

        return column is NumberColumn numbers && counts.Count > Tenths * 2 ? OfNumbers(numbers) : OfLevels(column, counts);
    }

    private static ColumnBins OfNumbers(NumberColumn column)
    {
        double[] sorted = column.Values.ToArray();
        Span<double> known = sorted.AsSpan(0, Quantiles.SortKnown(sorted));
        double[] edges = new double[Tenths - 1];
        for (int i = 0; i < edges.Length; i++)
        {
            edges[i] = Quantiles.OfSorted(known, (i + 1) / (double)Tenths);
        }

        int[] codes = new int[column.Count];
        for (int row = 0; row < codes.Length; row++)
        {
            double value = column.Values[row];
            codes[row] = double.IsNaN(value) ? Tenths : edges.Count(edge => edge <= value);
        }

        return new ColumnBins(codes, Tenths + 1);
    }

    private static ColumnBins OfLevels(Column column, Dictionary<string, int> counts)
    {
        Dictionary<string, int> index = counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(MostLevels).Select((pair, i) => (pair.Key, i)).ToDictionary(pair => pair.Key, pair => pair.i, StringComparer.Ordinal);
        int[] codes = [.. Enumerable.Range(0, column.Count).Select(row => index.GetValueOrDefault(column.Text(row) ?? "", index.Count))];
        return new ColumnBins(codes, counts.Count > MostLevels ? index.Count + 1 : index.Count);
    }
}
