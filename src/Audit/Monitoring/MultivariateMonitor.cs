using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Drift;
using Governance.Audit.Drift.Joint;
using Governance.Audit.Explanations;
using Governance.Audit.Training;

namespace Governance.Audit.Monitoring;

/// <summary>Watches all columns together: shifts that no single column shows, such as a correlation that changed.</summary>
/// <remarks>
/// <c>mmd</c>: the maximum mean discrepancy of a sample of the window from a sample of the reference. What chance does to it
/// is drawn by splitting the reference into two samples of these sizes at random, which is exact for exchangeable rows.
/// <c>classifier</c>: the smaller p value of the two domain classifiers, doubled.
/// </remarks>
internal sealed class MultivariateMonitor : IWindowMonitor
{
    private const int Draws = 200;
    private const int MostReference = 400;

    private readonly MonitorSpec spec;
    private readonly MonitorTerms terms;
    private readonly Table reference;
    private readonly (string Name, DriftKind Kind)[] columns;
    private readonly Dictionary<int, NullDistribution> drawn = [];

    /// <summary>Prepares the reference.</summary>
    public MultivariateMonitor(MonitorSpec spec, MonitorTerms terms, MonitoredRows reference, IReadOnlyList<string> names)
    {
        (this.spec, this.terms, this.reference) = (spec, terms, reference.Table.Keep(names));
        columns = [.. names.Select(name => (name, DriftKinds.Guess(reference.Table.Need(name))))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Measure> Measure(
        MonitoredRows rows, MonitorWindow window, IReadOnlyList<WindowReading> past, CancellationToken cancellationToken)
    {
        if (rows.Count < spec.SmallestRows || columns.Any(column => rows.Table.Find(column.Name) is null))
        {
            return [Monitoring.Measure.Not(terms.Test, null, rows.Count, $"{rows.Count} rows in the window with all columns; at least {spec.SmallestRows} are needed.")];
        }

        int[] now = Sample(rows.Count, terms.Rows, StreamOf.Window(terms.Id, window));
        int[] before = Sample(reference.Rows, MostReference, StreamOf.Words(terms.Id, "reference"));
        JointRows joint = JointRows.Of(reference, rows.Table.Keep(columns.Select(column => column.Name)), columns, true);
        (double value, double p, double? floor) = terms.Test == "classifier"
            ? Classified(joint, before, now, cancellationToken)
            : Compared(joint.Take(true, before), joint.Take(false, now), joint.Names.Count, now.Length, cancellationToken);
        return
        [
            new Measure(terms.Test, null, now.Length)
            {
                Value = value,
                NoiseFloor = floor,
                PValue = p,
                Sentence = terms.Test == "classifier"
                    ? string.Create(CultureInfo.InvariantCulture, $"A classifier tells rows of the window from the reference with an area of {value:0.000} (0.5 where it cannot; n = {now.Length}, {MeasureWords.Probability(p)}).")
                    : string.Create(CultureInfo.InvariantCulture, $"All columns together lie an MMD² of {value:0.0000} from the reference; sampling alone stays below {floor:0.0000} in 19 of 20 windows (n = {now.Length}, {MeasureWords.Probability(p)})."),
            },
        ];
    }

    private (double Value, double PValue, double? Floor) Compared(double[] before, double[] now, int features, int rows, CancellationToken cancellationToken)
    {
        double squared = Mmd.Run(before, now, features, Mmd.MedianSigma(before, features), 1, spec.Seed, cancellationToken).Squared;
        NullDistribution chance = Chance(rows, cancellationToken);
        return (squared, chance.Above(squared), chance.Quantile(0.95));
    }

    private (double Value, double PValue, double? Floor) Classified(JointRows joint, int[] before, int[] now, CancellationToken cancellationToken)
    {
        double[] cells = [.. joint.Take(true, before), .. joint.Take(false, now)];
        TrainingRows training = new(joint.Names, Array.ConvertAll(cells, cell => (float)cell));
        int[] folds = [.. Enumerable.Range(0, before.Length).Select(row => row % DomainClassifier.Folds), .. Enumerable.Range(0, now.Length).Select(row => row % DomainClassifier.Folds)];
        DomainScore best = DomainClassifier.Run(training, before.Length, folds, 0.95, spec.Seed, 1, cancellationToken).MinBy(score => score.PValue)!;
        return (best.Area, Math.Min(1, 2 * best.PValue), null);
    }

    private NullDistribution Chance(int rows, CancellationToken cancellationToken)
    {
        lock (drawn)
        {
            if (!drawn.TryGetValue(rows, out NullDistribution? known))
            {
                JointRows joint = JointRows.Of(reference, reference, columns, true);
                int most = Math.Min(MostReference, Math.Max(2, reference.Rows - rows));
                double[] draws = new double[Draws];
                for (int draw = 0; draw < Draws; draw++)
                {
                    int[] all = Sample(reference.Rows, rows + most, StreamOf.Words(terms.Id, rows, draw), sorted: false);
                    int split = Math.Min(rows, all.Length / 2);
                    double[] before = joint.Take(true, all.AsSpan(split));
                    draws[draw] = Mmd.Run(
                        before, joint.Take(true, all.AsSpan(0, split)), joint.Names.Count, Mmd.MedianSigma(before, joint.Names.Count), 1, spec.Seed, cancellationToken).Squared;
                }

                drawn[rows] = known = new NullDistribution(draws);
            }

            return known;
        }
    }

    private int[] Sample(int count, int most, long stream, bool sorted = true) => SampleOf.Rows(count, most, new SeededRandom(spec.Seed, stream), sorted);
}
