using System.Globalization;
using Governance.Audit.Explanations;
using Governance.Audit.Statistics;
using MathNet.Numerics.Distributions;

namespace Governance.Audit.Monitoring;

/// <summary>Watches how many rows came, or how long answers took: figures that a reference data set does not have.</summary>
/// <remarks>
/// The quiet windows before are the reference, the last <see cref="Memory"/> of them: on the logarithmic scale a new window lies within
/// Student's prediction interval of their mean. Their spread counts as no less than chance alone gives (Poisson for
/// rows, <see cref="SmallestSpread"/> for latency). Slower is loud; both more and fewer rows are. With a limit
/// (<c>atMost</c>, milliseconds) the number of answers beyond it is tested against what the quantile allows.
/// </remarks>
internal sealed class FlowMonitor(MonitorTerms terms, IReadOnlyList<string> metrics) : IWindowMonitor
{
    /// <summary>Quiet windows that are needed before anything is judged.</summary>
    public const int Needed = 7;

    /// <summary>Quiet windows that are remembered.</summary>
    public const int Memory = 28;

    private const double SmallestSpread = 0.1;

    /// <inheritdoc/>
    public IReadOnlyList<Measure> Measure(
        MonitoredRows rows, MonitorWindow window, IReadOnlyList<WindowReading> past, CancellationToken cancellationToken)
    {
        if (terms.Kind == MonitorKind.Volume)
        {
            return [Compared("rows", rows.Count, rows.Count, past, both: true)];
        }

        double[] times = [.. (rows.Latency ?? []).Where(time => !double.IsNaN(time)).Order()];
        return
        [
            .. metrics.Select(metric =>
            {
                if (times.Length == 0)
                {
                    return Monitoring.Measure.Not(metric, null, 0, "No answer of the window has a latency.");
                }

                double share = double.Parse(metric[1..], CultureInfo.InvariantCulture) / 100;
                double value = GlobalImportance.Quantile(times, share);
                return terms.AtMost is double limit ? Limited(metric, times, share, value, limit) : Compared(metric, value, times.Length, past, both: false);
            }),
        ];
    }

    private static Measure Limited(string metric, double[] times, double share, double value, double limit)
    {
        int beyond = times.Count(time => time > limit);
        double p = beyond == 0 ? 1 : 1 - Binomial.CDF(1 - share, times.Length, beyond - 1);
        return new Measure(metric, null, times.Length)
        {
            Value = value,
            Reference = limit,
            PValue = Math.Clamp(p, 1e-12, 1),
            Sentence = string.Create(CultureInfo.InvariantCulture, $"{metric.ToUpperInvariant()} of latency is {value:0.#} ms; {beyond} of {times.Length} answers took more than {limit:0.#} ms."),
        };
    }

    private static Measure Compared(string metric, double value, int rows, IReadOnlyList<WindowReading> past, bool both)
    {
        double[] quiet = [.. past.Where(reading => reading.Measure.Metric == metric && !reading.IsLoud && reading.Measure.Value is not null)
            .TakeLast(Memory).Select(reading => Math.Log(reading.Measure.Value!.Value + 0.5))];
        string what = metric == "rows" ? string.Create(CultureInfo.InvariantCulture, $"{value:0} rows came") : string.Create(CultureInfo.InvariantCulture, $"{metric.ToUpperInvariant()} of latency is {value:0.#} ms");
        if (quiet.Length < Needed)
        {
            return new Measure(metric, null, rows) { Value = value, Sentence = $"{what}; windows are judged once {Needed} quiet ones are known." };
        }

        double mean = quiet.Average();
        double smallest = both ? Math.Exp(-mean / 2) : SmallestSpread;
        double spread = Math.Max(smallest, Math.Sqrt(quiet.Sum(log => (log - mean) * (log - mean)) / (quiet.Length - 1))) * Math.Sqrt(1 + (1.0 / quiet.Length));
        double t = (Math.Log(value + 0.5) - mean) / spread;
        double p = both ? 2 * StudentT.CDF(0, 1, quiet.Length - 1, -Math.Abs(t)) : StudentT.CDF(0, 1, quiet.Length - 1, -t);
        double half = spread * StudentQuantile.At(quiet.Length - 1, 0.975);
        Interval usual = new(Math.Max(0, Math.Exp(mean - half) - 0.5), Math.Exp(mean + half) - 0.5);
        return new Measure(metric, null, rows)
        {
            Value = value,
            Interval = usual,
            Reference = Math.Exp(mean) - 0.5,
            PValue = Math.Clamp(p, 1e-12, 1),
            Sentence = string.Create(
                CultureInfo.InvariantCulture,
                $"{what}; the {quiet.Length} quiet windows before lead one to expect {usual.Low:0.#} to {usual.High:0.#} ({MeasureWords.Probability(p)})."),
        };
    }
}
