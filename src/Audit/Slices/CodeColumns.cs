using Governance.Audit.Cohorts;
using Governance.Audit.Data;

namespace Governance.Audit.Slices;

/// <summary>Cuts the columns of a table into parts that conditions can name.</summary>
internal static class CodeColumns
{
    private const int MostNumbers = 12;
    private const int MostLevels = 40;
    private const int MostSorted = 100_000;

    /// <summary>Cuts columns; those that cannot part rows are left out, with the reason.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="names">The columns.</param>
    /// <param name="parts">Ranges a column of numbers at most.</param>
    /// <param name="leastRows">A level of fewer rows is not named.</param>
    /// <param name="skipped">Receives the columns left out.</param>
    /// <exception cref="InputException">There is no such column.</exception>
    public static IReadOnlyList<CodedColumn> Of(
        Table table, IReadOnlyList<string> names, int parts, int leastRows, List<SkippedColumn> skipped)
    {
        List<CodedColumn> coded = [];
        foreach (string name in names)
        {
            CodedColumn column = table.Need(name) switch
            {
                NumberColumn numbers => OfNumbers(numbers, parts),
                TextColumn text => OfText(text, leastRows),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
            string? reason = column.Parts == 0 ? "no value occurs often enough"
                : column.Codes.AsSpan().ContainsAnyExcept(column.Codes[0]) ? null : "all rows are alike";
            if (reason is null)
            {
                coded.Add(column);
            }
            else
            {
                skipped.Add(new SkippedColumn(name, reason));
            }
        }

        return coded;
    }

    private static CodedColumn OfNumbers(NumberColumn column, int parts)
    {
        double[] sorted = Sorted(column);
        double[] distinct = Few(column);
        bool few = distinct.Length is > 0 and <= MostNumbers;
        double[] limits = few ? distinct : Cuts(sorted, parts);
        int count = few ? limits.Length : sorted.Length == 0 ? 0 : limits.Length + 1;
        byte[] codes = new byte[column.Count];
        for (int row = 0; row < codes.Length; row++)
        {
            double value = column.Values[row];
            codes[row] = (byte)(double.IsNaN(value) ? count + 1 : Place(limits, value));
        }

        return new CodedColumn(
            column.Name, codes, count, few ? CodedKind.Numbers : CodedKind.Ranges, [.. limits.Select(CohortText.Number)], count + 2);
    }

    // The first limit that is at least the value; for single numbers that is the number itself.
    private static int Place(double[] limits, double value)
    {
        int low = 0;
        int high = limits.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = value <= limits[middle] ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    // Quantiles need no more than this many values, taken evenly.
    private static double[] Sorted(NumberColumn column)
    {
        int step = Math.Max(1, column.Count / MostSorted);
        List<double> values = new((column.Count / step) + 1);
        for (int row = 0; row < column.Count; row += step)
        {
            if (!column.IsMissing(row))
            {
                values.Add(column.Values[row]);
            }
        }

        double[] sorted = [.. values];
        Array.Sort(sorted);
        return sorted;
    }

    // All different numbers where they are few; empty where there are more.
    private static double[] Few(NumberColumn column)
    {
        HashSet<double> seen = [];
        foreach (double value in column.Values)
        {
            if (!double.IsNaN(value) && seen.Add(value) && seen.Count > MostNumbers)
            {
                return [];
            }
        }

        return [.. seen.Order()];
    }

    // Near the quantiles, at numbers that people would choose: a quarter of a part away at most.
    private static double[] Cuts(double[] sorted, int parts)
    {
        List<double> cuts = [];
        int reach = sorted.Length / parts / 4;
        for (int part = 1; part < parts; part++)
        {
            int at = (int)((long)part * sorted.Length / parts);
            int last = sorted.Length - 1;
            double low = sorted[Math.Clamp(at - 1 - reach, 0, last)];
            double high = sorted[Math.Clamp(at + reach, 0, last)];
            if (high == low)
            {
                // Many rows share this value: the part ends with it.
                int next = Array.FindIndex(sorted, Math.Min(at, last), value => value > low);
                high = next < 0 ? low : sorted[next];
            }

            if (high > low && ShortNumber.Between(low, high) is double cut && (cuts.Count == 0 || cut > cuts[^1]))
            {
                cuts.Add(cut);
            }
        }

        return [.. cuts];
    }

    private static CodedColumn OfText(TextColumn column, int leastRows)
    {
        int[] counts = new int[column.Levels.Count];
        foreach (int code in column.Codes)
        {
            if (code >= 0)
            {
                counts[code]++;
            }
        }

        int[] named =
        [
            .. Enumerable.Range(0, counts.Length).Where(level => counts[level] >= leastRows)
                .OrderByDescending(level => counts[level]).ThenBy(level => column.Levels[level], StringComparer.Ordinal).Take(MostLevels)
                .OrderBy(level => column.Levels[level], StringComparer.Ordinal),
        ];
        byte[] codeOf = new byte[counts.Length];
        Array.Fill(codeOf, (byte)named.Length);
        for (int i = 0; i < named.Length; i++)
        {
            codeOf[named[i]] = (byte)i;
        }

        byte[] codes = new byte[column.Count];
        for (int row = 0; row < codes.Length; row++)
        {
            codes[row] = column.Codes[row] < 0 ? (byte)(named.Length + 1) : codeOf[column.Codes[row]];
        }

        return new CodedColumn(
            column.Name, codes, named.Length, CodedKind.Levels,
            [.. named.Select(level => column.Levels[level])], named.Length + 2);
    }
}
