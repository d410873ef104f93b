using System.Globalization;
using Governance.Audit.Explanations;
using Governance.Audit.Statistics;

namespace Governance.Audit.Monitoring;

/// <summary>Watches metrics of decisions: realised or estimated, of all rows or between groups.</summary>
/// <remarks>
/// A figure is compared with the same figure of the reference, worse alone being loud, or with a limit where the plan
/// gives one. What chance does to it is drawn: windows of the same number of rows from the reference, their spread raised
/// by √(1 + n / m) because the reference itself is a sample of m rows.
/// </remarks>
internal sealed class FigureMonitor : IWindowMonitor
{
    /// <summary>Windows drawn from the reference for each size.</summary>
    public const int Draws = 1_000;

    // Larger windows are drawn at this size, and the spread shrinks by the root of the rows.
    private const int LargestDraw = 5_000;

    // Three standard errors, as in confidence-based estimation; else 95 %.
    private const double EstimateErrors = 3;

    private readonly MonitorSpec spec;
    private readonly MonitorTerms terms;
    private readonly FigureRows reference;
    private readonly Func<MonitoredRows, FigureRows> read;
    private readonly FigureRows? realised;
    private readonly IReadOnlyList<string> metrics;
    private readonly Dictionary<string, double> usuals = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, int, bool), Sides> sides = [];
    private readonly Lock gate = new();

    /// <summary>Prepares the reference.</summary>
    /// <param name="spec">The plan.</param>
    /// <param name="terms">The monitor.</param>
    /// <param name="metrics">The metrics.</param>
    /// <param name="reference">The reference's rows of the monitor's cohort.</param>
    /// <param name="read">Reads a window's rows the same way.</param>
    /// <param name="realised">Of estimates the reference's rows with their labels: an interval says where the realised figure will lie.</param>
    public FigureMonitor(
        MonitorSpec spec, MonitorTerms terms, IReadOnlyList<string> metrics, FigureRows reference, Func<MonitoredRows, FigureRows> read,
        FigureRows? realised = null) =>
        (this.spec, this.terms, this.metrics, this.reference, this.read, this.realised) = (spec, terms, metrics, reference, read, realised);

    /// <inheritdoc/>
    public IReadOnlyList<Measure> Measure(
        MonitoredRows rows, MonitorWindow window, IReadOnlyList<WindowReading> past, CancellationToken cancellationToken)
    {
        FigureRows figures = read(rows);
        return [.. metrics.Select(metric => One(metric, figures))];
    }

    private Measure One(string metric, FigureRows rows)
    {
        int n = rows.Count;
        double value = n < spec.SmallestRows ? double.NaN : rows.Figure(metric, spec.SmallestRows, spec.SmallestEvents);
        double usual = Usual(metric);
        if (double.IsNaN(value) || double.IsNaN(usual))
        {
            string why = n < spec.SmallestRows ? $"{n} rows with what it needs; at least {spec.SmallestRows} are needed"
                : double.IsNaN(value) ? "the window has too few rows of a kind, or of a second group" : "the reference has too few rows of a kind";
            return Monitoring.Measure.Not(metric, null, n, $"{Words(metric)} was not measured: {why}.");
        }

        Sides chance = Chance(metric, n, realise: false);
        bool larger = MonitorMetrics.LargerIsBetter(metric);
        double? limit = terms.AtLeast ?? terms.AtMost;

        // Draws stand for "no change"; against a limit they are moved there, so that what chance does at the limit is judged.
        bool low = terms.AtLeast is not null || (terms.AtMost is null && larger);
        double distance = limit is double bound ? value - bound + chance.Plain.Mean : value;
        double p = (low ? chance.Negated : chance.Plain).Above(low ? -distance : distance);
        double half = (terms.Kind == MonitorKind.Estimate ? EstimateErrors : NormalQuantile.TwoSided(0.95)) * Chance(metric, n, realised is not null).Plain.Deviation;
        Interval interval = new(Bounded(metric, value - half), Bounded(metric, value + half));
        string estimated = terms.Kind == MonitorKind.Estimate ? "estimated before labels as " : "";
        string against = limit is double given
            ? string.Create(CultureInfo.InvariantCulture, $"{(terms.AtLeast is not null ? "at least" : "at most")} {given:0.###} is asked for")
            : string.Create(CultureInfo.InvariantCulture, $"{usual:0.000} in the reference");
        return new Measure(metric, null, n)
        {
            Value = value,
            Interval = interval,
            Reference = limit ?? usual,
            PValue = p,
            Sentence = string.Create(
                CultureInfo.InvariantCulture,
                $"{Words(metric)} is {estimated}{value:0.000} ({interval.Low:0.000} to {interval.High:0.000}, n = {n}); {against} ({MeasureWords.Probability(p)})."),
        };
    }

    private Sides Chance(string metric, int n, bool realise)
    {
        lock (gate)
        {
            if (!sides.TryGetValue((metric, n, realise), out Sides? known))
            {
                sides[(metric, n, realise)] = known = Draw(metric, n, realise ? realised! : reference);
            }

            return known;
        }
    }

    private double Usual(string metric)
    {
        lock (gate)
        {
            if (!usuals.TryGetValue(metric, out double usual))
            {
                usuals[metric] = usual = reference.Figure(metric, spec.SmallestRows, spec.SmallestEvents);
            }

            return usual;
        }
    }

    private Sides Draw(string metric, int n, FigureRows from)
    {
        int size = Math.Min(n, LargestDraw);
        double[] draws = new double[Draws];
        int[] rows = new int[size];
        for (int draw = 0; draw < Draws; draw++)
        {
            SeededRandom random = new(spec.Seed, StreamOf.Words(terms.Id, metric, n, draw));
            for (int i = 0; i < size; i++)
            {
                rows[i] = random.NextBelow(from.Count);
            }

            draws[draw] = from.Take(rows).Figure(metric, spec.SmallestRows, spec.SmallestEvents);
        }

        double[] numbers = [.. draws.Where(draw => !double.IsNaN(draw))];
        double shrink = Math.Sqrt((double)size / n);
        double drawnMean = numbers.Length == 0 ? 0 : numbers.Average();
        double mean = Usual(metric) + ((drawnMean - Usual(metric)) * shrink);
        double factor = shrink * Math.Sqrt(1 + ((double)n / from.Count));
        double[] raised = numbers.Length < 2 ? [mean, mean] : Array.ConvertAll(numbers, draw => mean + ((draw - drawnMean) * factor));
        return new Sides(new NullDistribution(raised), new NullDistribution(Array.ConvertAll(raised, draw => -draw)));
    }

    private static double Bounded(string metric, double value) =>
        metric is "mae" or "rmse" or "log_loss" ? Math.Max(0, value) : Math.Clamp(value, 0, 1);

    private static string Words(string metric) => metric.Replace('_', ' ');

    // Both tails, because each has a fit of its own.
    private sealed record Sides(NullDistribution Plain, NullDistribution Negated);
}
