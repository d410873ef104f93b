using System.Globalization;
using Governance.Audit.Data;

namespace Governance.Audit.Monitoring;

/// <summary>Turns monitored rows into what metrics read: by labels, by decisions alone, or by calibrated scores.</summary>
internal sealed class ReadFigures
{
    private readonly MonitorReference reference;
    private readonly string? attribute;
    private readonly Dictionary<string, int> groups = new(StringComparer.Ordinal);

    /// <summary>Prepares.</summary>
    /// <param name="reference">What words mean.</param>
    /// <param name="attribute">The column whose groups are compared; null for all rows together.</param>
    public ReadFigures(MonitorReference reference, string? attribute)
    {
        (this.reference, this.attribute) = (reference, attribute);
        if (attribute is not null)
        {
            Column column = reference.Rows.Table.Need(attribute);
            foreach (string level in Enumerable.Range(0, column.Count).Select(column.Text).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                groups.Add(level, groups.Count);
            }
        }
    }

    /// <summary>Rows whose label and decision are known.</summary>
    public FigureRows ByLabel(MonitoredRows rows)
    {
        if (reference.IsRegression)
        {
            int[] known = Rows(rows, row => rows.Values is double[] values && !double.IsNaN(values[row]) && !double.IsNaN(Number(rows, row)));
            double[] errors = Array.ConvertAll(known, row => Math.Abs(rows.Values![row] - Number(rows, row)));
            return Errors(errors, Array.ConvertAll(errors, error => error * error));
        }

        int[] kept = Rows(rows, row => rows.Labels?[row] is not null && rows.Predicted?[row] is not null);
        return Decided(rows, kept, row => Right(rows, row));
    }

    /// <summary>Rows whose decision is known; their chances say nothing.</summary>
    public FigureRows ByDecision(MonitoredRows rows) => Decided(rows, Rows(rows, row => rows.Predicted?[row] is not null), _ => 0);

    /// <summary>Rows whose score and decision are known.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="calibration">Of this monitor's own reference rows.</param>
    public FigureRows ByScore(MonitoredRows rows, ScoreCalibration calibration) => Decided(
        rows,
        Rows(rows, row => rows.Predicted?[row] is not null && rows.Scores is double[] scores && !double.IsNaN(scores[row])),
        row => calibration.At(rows.Scores![row]));

    /// <summary>Fits a calibration on the labelled rows; null where there are none of both kinds.</summary>
    public ScoreCalibration? Calibrate(MonitoredRows rows, int seed)
    {
        int[] kept = Rows(rows, row => rows.Labels?[row] is not null && rows.Predicted?[row] is not null && rows.Scores is double[] scores && !double.IsNaN(scores[row]));
        double[] labels = Array.ConvertAll(kept, row => Right(rows, row));
        return labels.Contains(0) && labels.Contains(1) ? ScoreCalibration.Fit(Array.ConvertAll(kept, row => rows.Scores![row]), labels, seed) : null;
    }

    /// <summary>A label as a number; NaN where it is none.</summary>
    public static double Number(MonitoredRows rows, int row) =>
        double.TryParse(rows.Labels?[row], NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN;

    /// <summary>Errors as metrics read them.</summary>
    public static FigureRows Errors(double[] absolute, double[] squared) => new() { Absolute = absolute, Squared = squared };

    private FigureRows Decided(MonitoredRows rows, int[] kept, Func<int, double> chance) => new()
    {
        Chance = Array.ConvertAll(kept, row => chance(row)),
        Positive = Array.ConvertAll(kept, row => reference.Positive is null || rows.Predicted![row] == reference.Positive),
        Score = rows.Scores is null || reference.Positive is null ? null : Array.ConvertAll(kept, row => rows.Scores[row]),
        Group = attribute is null ? null : Array.ConvertAll(kept, row => Group(rows, row)),
        Groups = groups.Count,
        WantsNegative = reference.Favourable is string wanted && reference.Positive is string positive && wanted != positive,
    };

    // Of several classes the chance that the decision is right.
    private double Right(MonitoredRows rows, int row) => rows.Labels![row] == (reference.Positive ?? rows.Predicted![row]) ? 1 : 0;

    private int Group(MonitoredRows rows, int row) =>
        rows.Table.Find(attribute!)?.Text(row) is string level ? groups.GetValueOrDefault(level, -1) : -1;

    private static int[] Rows(MonitoredRows rows, Predicate<int> kept) => [.. Enumerable.Range(0, rows.Count).Where(row => kept(row))];
}
