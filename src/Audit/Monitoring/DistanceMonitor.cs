using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Drift;
using Governance.Audit.Explanations;

namespace Governance.Audit.Monitoring;

/// <summary>Compares each column with the reference by a distance or test that the plan names, such as psi or js.</summary>
/// <remarks>
/// Distances have no p value of their own: windows of the same number of values are drawn from the reference's column, and
/// the figure is judged by <see cref="NullDistribution"/>. So their noise is part of the judgement at any size, and what
/// they stay below in 19 of 20 windows without a change stands beside each as its noise floor.
/// </remarks>
internal sealed class DistanceMonitor : IWindowMonitor
{
    private const int Draws = 500;

    // Larger windows are judged by draws of this size: their own noise is smaller.
    private const int LargestDraw = 5_000;

    private readonly MonitorSpec spec;
    private readonly MonitorTerms terms;
    private readonly DriftOptions options;
    private readonly (Column Column, PreparedColumn Prepared)[] columns;
    private readonly Dictionary<(string, int), NullDistribution?> drawn = [];

    /// <summary>Prepares the reference.</summary>
    /// <param name="spec">The plan.</param>
    /// <param name="terms">The monitor.</param>
    /// <param name="reference">The reference's rows of the monitor's cohort.</param>
    /// <param name="names">The columns.</param>
    public DistanceMonitor(MonitorSpec spec, MonitorTerms terms, MonitoredRows reference, IReadOnlyList<string> names)
    {
        (this.spec, this.terms) = (spec, terms);
        // No floor is measured: the draws below are one.
        options = new DriftOptions { Test = terms.Test, EveryFloor = false, Threshold = double.MaxValue, Seed = spec.Seed };
        columns = [.. names.Select(name => DriftMonitor.ColumnOf(reference, name)!).Select(column => (column, PreparedColumn.Of(column)))];
        foreach ((Column column, PreparedColumn prepared) in columns)
        {
            if (terms.Test is "wasserstein" && prepared.Kind == DriftKind.Categorical)
            {
                throw new InputException($"the test '{terms.Test}' needs numbers, and '{column.Name}' holds text; name the columns.");
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Measure> Measure(
        MonitoredRows rows, MonitorWindow window, IReadOnlyList<WindowReading> past, CancellationToken cancellationToken) =>
        [.. columns.Select(column => One(column.Column, column.Prepared, rows, cancellationToken))];

    private Measure One(Column reference, PreparedColumn prepared, MonitoredRows rows, CancellationToken cancellationToken)
    {
        PreparedColumn? current = DriftMonitor.ColumnOf(rows, reference.Name) is Column column ? PreparedColumn.Of(column, prepared.Kind) : null;
        int values = current?.Count ?? 0;
        if (values < spec.SmallestRows)
        {
            return Monitoring.Measure.Not(terms.Test, reference.Name, values, $"{reference.Name} has {values} values in the window; at least {spec.SmallestRows} are needed.");
        }

        if (prepared.Count < spec.SmallestRows || Statistic(prepared, current!) is not double figure || Chance(reference, prepared, values, cancellationToken) is not NullDistribution chance)
        {
            return Monitoring.Measure.Not(terms.Test, reference.Name, values, $"{reference.Name} cannot be compared by {terms.Test}: the reference has {prepared.Count} values, too few or all alike.");
        }

        double p = chance.Above(figure);
        double noise = chance.Quantile(0.95);
        return new Measure(terms.Test, reference.Name, values)
        {
            Value = figure,
            NoiseFloor = noise,
            PValue = p,
            Sentence = string.Create(
                CultureInfo.InvariantCulture,
                $"{MeasureWords.Subject(reference.Name)} is {figure:0.0000} away from the reference by the distance {terms.Test}; sampling alone stays below {noise:0.0000} in 19 of 20 windows (n = {values}, {MeasureWords.Probability(p)})."),
        };
    }

    private double? Statistic(PreparedColumn prepared, PreparedColumn current) =>
        CompareColumn.Run(prepared, current, options).Statistic is double figure && double.IsFinite(figure) ? figure : null;

    // The window's n values and the reference's m are both samples, so their distance is noisier than that of n values from
    // what they were drawn from: as noisy as that of n·m / (n + m).
    private NullDistribution? Chance(Column reference, PreparedColumn prepared, int values, CancellationToken cancellationToken)
    {
        int size = Math.Min((int)Math.Max(1, Math.Round((double)values * prepared.Count / ((double)values + prepared.Count))), LargestDraw);
        lock (drawn)
        {
            if (!drawn.TryGetValue((reference.Name, size), out NullDistribution? known))
            {
                int[] cells = [.. Enumerable.Range(0, reference.Count).Where(row => !reference.IsMissing(row))];
                double[] draws = new double[Draws];
                int[] taken = new int[size];
                for (int draw = 0; draw < Draws; draw++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    SeededRandom random = new(spec.Seed, StreamOf.Words(terms.Id, reference.Name, size, draw));
                    for (int i = 0; i < size; i++)
                    {
                        taken[i] = cells[random.NextBelow(cells.Length)];
                    }

                    draws[draw] = Statistic(prepared, PreparedColumn.Of(reference.Take(taken), prepared.Kind)) ?? double.NaN;
                }

                drawn[(reference.Name, size)] = known = draws.Count(draw => !double.IsNaN(draw)) < 2 ? null : new NullDistribution(draws);
            }

            return known;
        }
    }
}
