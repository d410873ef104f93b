using System.Globalization;
using Governance.Audit.Data;
using MathNet.Numerics;

namespace Governance.Audit.Monitoring;

/// <summary>Whether cells are still of the kind that the reference has.</summary>
/// <remarks>
/// Each column has up to five checks: missing cells and text among numbers against the reference's share (Fisher's exact
/// test), levels that the reference lacks (the same, against none), numbers outside its range (exact for exchangeable
/// rows: k of n beyond both ends of m), and a column gone constant (the chance that n draws of the reference agree). The
/// smallest p value times the number of checks is the column's.
/// </remarks>
internal sealed class QualityMonitor : IWindowMonitor
{
    private readonly MonitorSpec spec;
    private readonly Known[] columns;

    /// <summary>Prepares the reference.</summary>
    /// <param name="spec">The plan.</param>
    /// <param name="reference">The reference's rows of the monitor's cohort.</param>
    /// <param name="names">The columns.</param>
    public QualityMonitor(MonitorSpec spec, MonitoredRows reference, IReadOnlyList<string> names)
    {
        this.spec = spec;
        columns = [.. names.Where(name => reference.Table.Find(name) is not null).Select(name => Known.Of(reference.Table.Need(name)))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Measure> Measure(
        MonitoredRows rows, MonitorWindow window, IReadOnlyList<WindowReading> past, CancellationToken cancellationToken) =>
        [.. columns.Select(column => One(column, rows))];

    private Measure One(Known known, MonitoredRows rows)
    {
        if (rows.Count < spec.SmallestRows)
        {
            return Monitoring.Measure.Not("quality", known.Name, rows.Count, $"{rows.Count} rows in the window; at least {spec.SmallestRows} are needed.");
        }

        // A column that no longer arrives is missing in every row.
        Column current = rows.Table.Find(known.Name) ?? TextColumn.Of(known.Name, new string?[rows.Count]);
        Check[] checks = [.. Checks(known, current)];
        Check worst = checks.MinBy(check => check.PValue)!;
        double p = Math.Min(1, worst.PValue * checks.Length);
        return new Measure("quality", known.Name, rows.Count)
        {
            Value = worst.Share,
            Reference = worst.Reference,
            PValue = p,
            Sentence = string.Create(
                CultureInfo.InvariantCulture,
                $"{known.Name}: {worst.What} in {worst.Share * 100:0.#} % of {worst.Rows} rows, {worst.Reference * 100:0.#} % in the reference ({MeasureWords.Probability(p)})."),
        };
    }

    private static IEnumerable<Check> Checks(Known known, Column current)
    {
        int rows = current.Count;
        int missing = Enumerable.Range(0, rows).Count(current.IsMissing);
        yield return Check.Of("the cell is missing", known.Missing, known.Rows, missing, rows);
        int present = rows - missing;
        int before = known.Rows - known.Missing;
        if (present == 0 || before == 0)
        {
            yield break;
        }

        if (known.Levels is { } levels)
        {
            int unseen = Enumerable.Range(0, rows).Count(row => current.Text(row) is string level && !levels.ContainsKey(level));
            yield return Check.Of("a level is new", 0, before, unseen, present);
            yield return Constant(current, present, before, text => levels.GetValueOrDefault(text), levels.Count);
            yield break;
        }

        double[] values = [.. Enumerable.Range(0, rows).Where(row => !current.IsMissing(row)).Select(current.Number)];
        int text = values.Count(double.IsNaN);
        yield return Check.Of("the cell is no number", 0, before, text, present);
        int outside = values.Count(value => value < known.Low || value > known.High);
        yield return new Check("the number is outside the reference's range", Outside(outside, present, before), (double)outside / present, 0, present);
        yield return Constant(current, present, before, cell => known.Numbers!.GetValueOrDefault(cell), known.Numbers!.Count);
    }

    // n draws of the reference give one value throughout: the sum of share^n, every share raised by one row of doubt.
    private static Check Constant(Column current, int present, int before, Func<string, int> countOf, int distinct)
    {
        string? first = Enumerable.Range(0, current.Count).Select(current.Text).First(cell => cell is not null);
        bool constant = Enumerable.Range(0, current.Count).All(row => current.Text(row) is not string cell || cell == first);
        double p = !constant || distinct < 2 || present < 2 ? 1 : Math.Pow((countOf(first!) + 1.0) / (before + 1.0), present - 1);
        return new Check($"the value is '{first}' throughout,", p, constant ? 1 : 0, 0, present);
    }

    // Exchangeable rows: the k extreme ones of n + m are all among the n, for one of the k + 1 ways to split them on two ends.
    private static double Outside(int k, int n, int m) =>
        k == 0 ? 1 : Math.Min(1, (k + 1) * Math.Exp(SpecialFunctions.BinomialLn(n, k) - SpecialFunctions.BinomialLn(n + m, k)));

    private sealed record Check(string What, double PValue, double Share, double Reference, int Rows)
    {
        // Fewer than the reference has is no fault.
        public static Check Of(string what, int before, int rowsBefore, int now, int rows)
        {
            bool more = (double)now / rows > (double)before / rowsBefore;
            return new Check(what, more ? LevelShift.Proportions(before, rowsBefore, now, rows) : 1, (double)now / rows, (double)before / rowsBefore, rows);
        }
    }

    private sealed record Known(string Name, int Rows, int Missing)
    {
        public IReadOnlyDictionary<string, int>? Levels { get; init; }

        public IReadOnlyDictionary<string, int>? Numbers { get; init; }

        public double Low { get; init; }

        public double High { get; init; }

        public static Known Of(Column column)
        {
            int missing = Enumerable.Range(0, column.Count).Count(column.IsMissing);
            Dictionary<string, int> counts = Enumerable.Range(0, column.Count).Where(row => !column.IsMissing(row))
                .GroupBy(row => column.Text(row)!, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
            double[] values = column is NumberColumn numbers ? [.. numbers.Values.ToArray().Where(value => !double.IsNaN(value))] : [];
            return column is NumberColumn
                ? new Known(column.Name, column.Count, missing) { Numbers = counts, Low = values.DefaultIfEmpty().Min(), High = values.DefaultIfEmpty().Max() }
                : new Known(column.Name, column.Count, missing) { Levels = counts };
        }
    }
}
