using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Drift;

namespace Governance.Audit.Monitoring;

/// <summary>Compares each column, and the score, with the reference.</summary>
/// <remarks>
/// Numbers by the test of Kolmogorov and Smirnov, text by <see cref="LevelShift"/>: both keep their level far out in the
/// tail and at any size. Missing cells are left out here; <see cref="QualityMonitor"/> watches them.
/// </remarks>
internal sealed class DriftMonitor : IWindowMonitor
{
    // Above this the limiting p value decides nothing that the exact one would not.
    private const double ExactBelow = 0.1;

    private readonly MonitorSpec spec;
    private readonly List<(string Name, double[]? Sorted, Dictionary<string, int>? Levels)> columns = [];

    /// <summary>Prepares the reference.</summary>
    /// <param name="spec">The plan.</param>
    /// <param name="reference">The reference's rows of the monitor's cohort.</param>
    /// <param name="names">The columns.</param>
    public DriftMonitor(MonitorSpec spec, MonitoredRows reference, IReadOnlyList<string> names)
    {
        this.spec = spec;
        foreach (string name in names)
        {
            if (ColumnOf(reference, name) is NumberColumn numbers)
            {
                columns.Add((name, Sorted(numbers), null));
            }
            else if (ColumnOf(reference, name) is Column text)
            {
                columns.Add((name, null, Counts(text)));
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Measure> Measure(
        MonitoredRows rows, MonitorWindow window, IReadOnlyList<WindowReading> past, CancellationToken cancellationToken) =>
        [.. columns.Select(column => column.Sorted is double[] sorted ? Numbers(column.Name, sorted, rows) : Levels(column.Name, column.Levels!, rows))];

    private Measure Numbers(string name, double[] reference, MonitoredRows rows)
    {
        double[] current = ColumnOf(rows, name) is Column column ? Sorted(column) : [];
        if (Unmeasured("ks", name, reference.Length, current.Length) is Measure none)
        {
            return none;
        }

        double statistic = KolmogorovSmirnov.Statistic(reference, current);
        double limiting = Limiting(statistic, reference.Length, current.Length);
        double p = limiting > ExactBelow ? limiting : KolmogorovSmirnov.PValue(statistic, reference.Length, current.Length);
        return new Measure("ks", name, current.Length)
        {
            Value = statistic,
            NoiseFloor = Floor(reference.Length, current.Length),
            PValue = p,
            Sentence = string.Create(
                CultureInfo.InvariantCulture,
                $"{MeasureWords.Subject(name)}: the share of rows below some value changed by up to {statistic * 100:0.0} points (mean {current.Average():0.###}, {reference.Average():0.###} in the reference; n = {current.Length}, {MeasureWords.Probability(p)})."),
        };
    }

    private Measure Levels(string name, Dictionary<string, int> reference, MonitoredRows rows)
    {
        Dictionary<string, int> current = ColumnOf(rows, name) is Column column ? Counts(column) : [];
        int count = current.Values.Sum();
        if (Unmeasured("levels", name, reference.Values.Sum(), count) is Measure none)
        {
            return none;
        }

        string[] names = [.. reference.Keys.Order(StringComparer.Ordinal)];
        int unseen = current.Where(level => !reference.ContainsKey(level.Key)).Sum(level => level.Value);
        (int level, double change, double p) = LevelShift.Test(
            [.. names.Select(level => reference[level]), 0], [.. names.Select(level => current.GetValueOrDefault(level)), unseen]);
        string shifted = level < 0 ? "nothing" : level == names.Length ? "levels that the reference lacks" : $"'{names[level]}'";
        return new Measure("levels", name, count)
        {
            Value = Math.Abs(change),
            PValue = p,
            Sentence = string.Create(
                CultureInfo.InvariantCulture, $"{MeasureWords.Subject(name)}: the share of {shifted} changed by {change * 100:+0.0;−0.0;0} points (n = {count}, {MeasureWords.Probability(p)})."),
        };
    }

    private Measure? Unmeasured(string metric, string name, int reference, int current) =>
        reference == 0 ? Monitoring.Measure.Not(metric, name, current, $"{MeasureWords.Subject(name)} has no value in the reference.")
        : current < spec.SmallestRows ? Monitoring.Measure.Not(metric, name, current, $"{MeasureWords.Subject(name)} has {current} values in the window; at least {spec.SmallestRows} are needed.")
        : null;

    /// <summary>A column of the rows by name; scores and predictions stand under their names in parentheses.</summary>
    internal static Column? ColumnOf(MonitoredRows rows, string name) => name switch
    {
        MonitorReference.ScoreColumn => rows.Scores is double[] scores ? new NumberColumn(name, scores) : null,
        MonitorReference.PredictionColumn => rows.Values is double[] values ? new NumberColumn(name, values)
            : rows.Predicted is string?[] predicted ? TextColumn.Of(name, predicted) : null,
        _ => rows.Table.Find(name),
    };

    private static double[] Sorted(Column column)
    {
        double[] values = [.. Enumerable.Range(0, column.Count).Select(column.Number).Where(value => !double.IsNaN(value))];
        Array.Sort(values);
        return values;
    }

    private static Dictionary<string, int> Counts(Column column)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        for (int row = 0; row < column.Count; row++)
        {
            if (column.Text(row) is string level)
            {
                counts[level] = counts.GetValueOrDefault(level) + 1;
            }
        }

        return counts;
    }

    // Where the limiting p value is 0.05.
    private static double Floor(int n, int m)
    {
        double root = Math.Sqrt((double)n * m / ((double)n + m));
        return Math.Min(1, Math.Sqrt(Math.Log(2 / 0.05) / 2) / (root + 0.12 + (0.11 / root)));
    }

    private static double Limiting(double statistic, int n, int m)
    {
        double root = Math.Sqrt((double)n * m / ((double)n + m));
        double x = (root + 0.12 + (0.11 / root)) * statistic;
        return Math.Clamp(2 * Math.Exp(-2 * x * x), 0, 1);
    }
}
