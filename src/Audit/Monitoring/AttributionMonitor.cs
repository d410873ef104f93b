using System.Globalization;
using Governance.Audit.Explanations;

namespace Governance.Audit.Monitoring;

/// <summary>Watches whether the model still leans on the same columns in the same order.</summary>
/// <remarks>
/// The figure is <see cref="RankGain"/> of mean absolute attributions, on rows drawn from the window. Chance is drawn from
/// attributions of reference rows: both sides are resampled. With a limit (<c>atLeast</c>) the figure must lie below it
/// too, so that a change of order too small to matter is not loud in large windows.
/// </remarks>
internal sealed class AttributionMonitor : IWindowMonitor
{
    private const int Draws = 1_000;
    private const int BackgroundRows = 50;

    private readonly MonitorSpec spec;
    private readonly MonitorTerms terms;
    private readonly WatchedModel model;
    private readonly Data.Table background;
    private readonly IReadOnlyList<string> players;
    private readonly double[][] matrix;
    private readonly double[] usual;
    private readonly Dictionary<int, NullDistribution> drawn = [];

    /// <summary>Explains rows of the reference.</summary>
    public AttributionMonitor(MonitorSpec spec, MonitorTerms terms, MonitoredRows reference, WatchedModel model, CancellationToken cancellationToken)
    {
        (this.spec, this.terms, this.model) = (spec, terms, model);
        int[] rows = Sample(reference.Count, 3 * terms.Rows, StreamOf.Words(terms.Id, "reference"));
        background = reference.Table.Take(Sample(reference.Count, BackgroundRows, StreamOf.Words(terms.Id, "background")));
        (players, matrix) = model.Attribute(reference.Table.Take(rows), background, spec.Seed, cancellationToken);
        usual = Mean(matrix, [.. Enumerable.Range(0, matrix.Length)]);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Measure> Measure(
        MonitoredRows rows, MonitorWindow window, IReadOnlyList<WindowReading> past, CancellationToken cancellationToken)
    {
        if (rows.Count < spec.SmallestRows)
        {
            return [Monitoring.Measure.Not("ndcg", null, rows.Count, $"{rows.Count} rows in the window; at least {spec.SmallestRows} are needed.")];
        }

        int[] chosen = Sample(rows.Count, terms.Rows, StreamOf.Window(terms.Id, window));
        double[][] values;
        try
        {
            (_, values) = model.Attribute(rows.Table.Take(chosen), background, spec.Seed, cancellationToken);
        }
        catch (Data.InputException fault)
        {
            return [Monitoring.Measure.Not("ndcg", null, chosen.Length, $"The rows could not be explained: {fault.Message}")];
        }

        double[] now = Mean(values, [.. Enumerable.Range(0, values.Length)]);
        double gain = RankGain.Of(usual, now);
        double p = Chance(values.Length).Above(-gain);
        bool slight = terms.AtLeast is double limit && gain >= limit;
        int moved = Enumerable.Range(0, now.Length).MaxBy(i => Math.Abs(now[i] - usual[i]));
        return
        [
            new Measure("ndcg", null, values.Length)
            {
                Value = gain,
                Reference = terms.AtLeast ?? -Chance(values.Length).Mean,
                PValue = slight ? 1 : p,
                Sentence = string.Create(
                    CultureInfo.InvariantCulture,
                    $"The order of the columns by mean absolute attribution keeps {gain:0.000} of the reference's gain (n = {values.Length}, {MeasureWords.Probability(p)}); most changed is {players[moved]} ({usual[moved]:0.###} to {now[moved]:0.###})."),
            },
        ];
    }

    // Negated gains, because small ones are loud.
    private NullDistribution Chance(int rows)
    {
        lock (drawn)
        {
            if (!drawn.TryGetValue(rows, out NullDistribution? known))
            {
                double[] draws = new double[Draws];
                for (int draw = 0; draw < Draws; draw++)
                {
                    SeededRandom random = new(spec.Seed, StreamOf.Words(terms.Id, rows, draw));
                    double[] reference = Mean(matrix, Drawn(ref random, matrix.Length));
                    draws[draw] = -RankGain.Of(reference, Mean(matrix, Drawn(ref random, rows)));
                }

                drawn[rows] = known = new NullDistribution(draws);
            }

            return known;
        }
    }

    private int[] Sample(int count, int most, long stream) => SampleOf.Rows(count, most, new SeededRandom(spec.Seed, stream), sorted: true);

    private int[] Drawn(ref SeededRandom random, int count)
    {
        int[] rows = new int[count];
        for (int i = 0; i < count; i++)
        {
            rows[i] = random.NextBelow(matrix.Length);
        }

        return rows;
    }

    private static double[] Mean(double[][] values, int[] rows)
    {
        double[] mean = new double[values[0].Length];
        foreach (int row in rows)
        {
            for (int player = 0; player < mean.Length; player++)
            {
                mean[player] += values[row][player] / rows.Length;
            }
        }

        return mean;
    }
}
