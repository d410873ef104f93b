using System.Globalization;
using Governance.Audit.Statistics;

namespace Governance.Audit.Drift;

/// <summary>Adjusts the p values of columns for their number, and says which columns have drifted. Pure.</summary>
/// <remarks>
/// One family: the tests of values and those of missing cells of all columns. Distances are judged by their thresholds, which
/// take the number of columns into account themselves. Without a correction a column that has both tests shares α between
/// them, so that a column's false alarms stay within α.
/// </remarks>
internal static class JudgeColumns
{
    /// <summary>Judges a column by itself.</summary>
    public static ColumnDrift One(ColumnDrift column, DriftOptions options) => All([column], options)[0];

    /// <summary>Judges columns together.</summary>
    public static ColumnDrift[] All(IReadOnlyList<ColumnDrift> columns, DriftOptions options)
    {
        double[] p = [.. columns.SelectMany(Tests)];
        double[] adjusted = options.Correction switch
        {
            "holm" => MultipleTests.Holm(p),
            "bh" => MultipleTests.BenjaminiHochberg(p),
            _ => [.. columns.SelectMany(column => Tests(column).Select(own => Math.Min(1, own * Shared(column))))],
        };
        ColumnDrift[] judged = new ColumnDrift[columns.Count];
        int next = 0;
        for (int i = 0; i < judged.Length; i++)
        {
            double? values = columns[i].DecidingPValue is null ? null : adjusted[next++];
            RateDrift? missing = columns[i].Missing is RateDrift rate
                ? rate with { AdjustedPValue = adjusted[next], Drifted = adjusted[next++] < options.Alpha }
                : null;
            judged[i] = Judged(columns[i], values, missing, options.Alpha);
        }

        return judged;
    }

    private static ColumnDrift Judged(ColumnDrift column, double? values, RateDrift? missing, double alpha)
    {
        bool? moved = values is double known ? known < alpha : column.ValuesDrifted;
        return column with
        {
            AdjustedPValue = values,
            ValuesDrifted = moved,
            Missing = missing,
            Drifted = missing is { Drifted: true } ? true : moved,
            Note = missing is { Drifted: true }
                ? string.Join("; ", ((string?[])[Words(missing), column.Note]).OfType<string>())
                : column.Note,
        };
    }

    private static IEnumerable<double> Tests(ColumnDrift column) =>
        ((double?[])[column.DecidingPValue, column.Missing?.PValue]).OfType<double>();

    private static int Shared(ColumnDrift column) => column.Statistic is not null && column.Missing is not null ? 2 : 1;

    private static string Words(RateDrift rate) => string.Create(
        CultureInfo.InvariantCulture, $"the share of cells without a value went from {rate.Reference * 100:0.##} % to {rate.Current * 100:0.##} %");
}
