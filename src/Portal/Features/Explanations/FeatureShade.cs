using Governance.Audit.Data;

namespace Governance.Portal.Features.Explanations;

/// <summary>How high a feature's value is among the values shown, for the colour of a dot.</summary>
internal static class FeatureShade
{
    /// <summary>Places each row's value between the lowest and the highest shown.</summary>
    /// <remarks>
    /// Numbers go by their mid-rank, so that one outlier does not paint all others alike. A text column of two levels
    /// takes their alphabetical order (no below yes); with more levels there is no order to show.
    /// </remarks>
    /// <param name="column">The feature's column, or null where the data have none of that name.</param>
    /// <param name="rows">The rows shown.</param>
    /// <returns>Shape [rows]: 0 lowest to 1 highest, 0.5 where all are alike; NaN where missing or without order.</returns>
    public static double[] Of(Column? column, IReadOnlyList<int> rows)
    {
        double[] shade = new double[rows.Count];
        Array.Fill(shade, double.NaN);
        switch (column)
        {
            case NumberColumn:
                ByRank(column, rows, shade);
                break;
            case TextColumn:
                ByLevel(column, rows, shade);
                break;
        }

        return shade;
    }

    private static void ByRank(Column column, IReadOnlyList<int> rows, double[] shade)
    {
        int[] present = [.. Enumerable.Range(0, rows.Count).Where(i => !column.IsMissing(rows[i]))];
        double[] values = [.. present.Select(i => column.Number(rows[i]))];
        Array.Sort(values, present); // ties share a rank, so their order does not matter
        for (int start = 0; start < present.Length;)
        {
            int end = start;
            while (end + 1 < present.Length && values[end + 1] == values[start])
            {
                end++;
            }

            double rank = present.Length == 1 || end - start + 1 == present.Length
                ? 0.5
                : ((start + end) / 2.0) / (present.Length - 1);
            for (int i = start; i <= end; i++)
            {
                shade[present[i]] = rank;
            }

            start = end + 1;
        }

        Stretch(shade);
    }

    private static void ByLevel(Column column, IReadOnlyList<int> rows, double[] shade)
    {
        string[] levels = [.. rows.Select(column.Text).OfType<string>().Distinct().Order(StringComparer.Ordinal).Take(3)];
        if (levels.Length > 2)
        {
            return;
        }

        for (int i = 0; i < rows.Count; i++)
        {
            string? text = column.Text(rows[i]);
            shade[i] = text is null ? double.NaN : levels.Length == 1 ? 0.5 : text == levels[1] ? 1 : 0;
        }
    }

    // Mid-ranks of ties at the ends stop short of 0 and 1; the lowest and highest value shown take the ends of the ramp.
    private static void Stretch(double[] shade)
    {
        double least = double.PositiveInfinity;
        double most = double.NegativeInfinity;
        foreach (double value in shade)
        {
            if (!double.IsNaN(value))
            {
                least = Math.Min(least, value);
                most = Math.Max(most, value);
            }
        }

        if (most > least)
        {
            for (int i = 0; i < shade.Length; i++)
            {
                shade[i] = (shade[i] - least) / (most - least);
            }
        }
    }
}
