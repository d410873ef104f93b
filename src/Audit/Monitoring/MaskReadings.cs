using System.Globalization;
using Governance.Audit.Privacy;
using Governance.Registry.Datasets;
using Governance.Registry.Monitors;

namespace Governance.Audit.Monitoring;

/// <summary>What readings say to somebody who may not read the cells of some columns. Pure.</summary>
/// <remarks>
/// A reading's figure is about all rows of its window and stays; its sentence may name a level, its share or a mean, and so
/// tells what protected and personal columns hold. Figures of cohorts with few rows are not shown at all.
/// </remarks>
public static class MaskReadings
{
    /// <summary>The columns of which no sentence tells anything that leaves the registry, such as an alert's.</summary>
    /// <param name="columns">The reference data's columns with all their marks.</param>
    /// <param name="attributes">Columns that a plan compares groups of: protected, whatever else is said of them.</param>
    public static IReadOnlySet<string> Personal(IEnumerable<DatasetColumn> columns, IEnumerable<string?> attributes) =>
        new HashSet<string>([.. columns.Where(RowMask.IsPersonal).Select(column => column.Name), .. attributes.OfType<string>()], StringComparer.Ordinal);

    /// <summary>Readings as one person may see them.</summary>
    /// <param name="readings">What was kept.</param>
    /// <param name="mask">What the person may not read of the reference data.</param>
    /// <param name="smallest">Cohorts of fewer rows in a window are not shown to somebody for whom cells are masked.</param>
    public static IReadOnlyList<MonitorReading> Run(IReadOnlyList<MonitorReading> readings, RowMask mask, int smallest)
    {
        ArgumentNullException.ThrowIfNull(readings);
        ArgumentNullException.ThrowIfNull(mask);
        if (mask.Unmasked)
        {
            return readings;
        }

        HashSet<string> hidden = new([.. mask.Columns, .. readings.Select(reading => reading.Attribute).OfType<string>()], StringComparer.Ordinal);
        return [.. readings.Select(reading => reading switch
        {
            { Cohort: not null, Value: not null } when reading.Rows < smallest => Withheld(reading, smallest),
            { Column: string column } when hidden.Contains(column) => reading with { Sentence = Sentence(column, reading.Metric, reading.Value, reading.Rows, reading.PValue) },
            _ => reading,
        })];
    }

    /// <summary>What is said of a column whose cells are masked: the figure, and nothing that it was made of.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="metric">What was measured.</param>
    /// <param name="value">The figure; null where nothing was measured.</param>
    /// <param name="rows">Of so many rows.</param>
    /// <param name="p">Its p value; null for none.</param>
    public static string Sentence(string column, string metric, double? value, int rows, double? p) => value is double figure
        ? string.Create(CultureInfo.InvariantCulture, $"{column}, whose cells are masked: {metric} is {figure:0.0000} (n = {rows}{(p is double chance ? $", {MeasureWords.Probability(chance)}" : "")}).")
        : $"{column}, whose cells are masked, was not measured.";

    private static MonitorReading Withheld(MonitorReading reading, int smallest) => reading with
    {
        Value = null, Low = null, High = null, Reference = null, PValue = null, Adjusted = null,
        Sentence = $"The cohort has fewer than {smallest} rows in this window; its figures are not shown.",
    };
}
