using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations.Methods;
using Governance.Audit.Explanations.Profiles;
using MathNet.Numerics.Statistics;

namespace Governance.Audit.Explanations.Quality;

/// <summary>The use case: how far explanations can be trusted.</summary>
public static class ExplanationQuality
{
    /// <summary>The most rows looked at.</summary>
    public const int MostRows = 20;

    private const int Seeds = 3;
    private const int Copies = 3;
    private const double NoiseShare = 0.05;
    private const double MostOfIt = 0.9;

    /// <summary>Measures the explanations of some rows.</summary>
    /// <param name="request">The request that gave the report; one class or all, but not each row's own.</param>
    /// <param name="report">Its report.</param>
    /// <param name="table">The explained rows, readable, in the request's order.</param>
    /// <param name="population">The reference rows, readable: say how far numbers spread.</param>
    /// <param name="encoder">Turns them into inputs.</param>
    /// <param name="time">The clock of the runs.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="InputException">Each row was explained for its own class.</exception>
    public static QualityReport Measure(
        ExplainRequest request, ExplanationReport report, Table table, Table population, RowEncoder encoder, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (request.PredictedClassOnly)
        {
            throw new InputException("The quality of explanations is measured for one class: name it instead of 'predicted'.");
        }

        int[] places = SampleRows.Draw([.. Enumerable.Range(0, request.Rows.Rows)], MostRows, request.Seed);
        ExplainedRow[] rows = [.. places.Select(place => report.Rows[place])];

        // The last of several outputs is that of the positive class, wherever there is one.
        int output = report.BaseValue.Count - 1;
        ExplainRequest some = request with
        {
            Method = report.Method,
            Rows = request.Rows.Take(places),
            RowIndices = [.. rows.Select(row => row.Row)],
            Interactions = false,
        };
        using AttributionTask task = new(some, time);
        Faithfulness faithfulness = MeasureFaithfulness.Run(task, rows, output, cancellationToken);
        (ReseedStability reseeding, long reseeded) = Reseed(some, rows, output, time, cancellationToken);
        (NoiseStability? noise, long noised) = Disturb(some, rows, output, table.Take(places), population, encoder, time, cancellationToken);
        int[] needed = [.. rows.Select(row => Compactness.Needed(row.Values[output], MostOfIt))];
        return new QualityReport
        {
            Rows = [.. rows.Select(row => row.Row)],
            ClassIndex = report.BaseValue.Count > 1 ? output : null,
            Reseeding = reseeding,
            Noise = noise,
            Faithfulness = faithfulness,
            Compactness = new Compactness(
                MostOfIt, report.Features.Count, needed.Average(), needed.Select(each => (double)each).Median(), needed.Max()),
            AdditivityGap = report.Rows.SelectMany(row => row.AdditivityResidual).Select(Math.Abs).DefaultIfEmpty(0).Max(),
            ModelRows = task.Model.Rows + reseeded + noised,
            Seed = request.Seed,
        };
    }

    private static (ReseedStability Stability, long ModelRows) Reseed(
        ExplainRequest request, ExplainedRow[] rows, int output, TimeProvider time, CancellationToken cancellationToken)
    {
        List<double> changes = [];
        List<double> ranks = [];
        int within = 0;
        int judged = 0;
        long modelRows = 0;
        bool sampled = rows.Any(row => row.StandardErrors is not null);
        for (int run = 1; sampled && run <= Seeds; run++)
        {
            ExplanationReport other = ExplainRows.Run(request with { Seed = unchecked(request.Seed + (7919 * run)) }, null, time, cancellationToken);
            modelRows += other.ModelRows;
            for (int row = 0; row < rows.Length; row++)
            {
                double[] change = [.. rows[row].Values[output].Zip(other.Rows[row].Values[output], (x, y) => Math.Abs(x - y))];
                changes.AddRange(change);
                ranks.Add(Correlation.Spearman(rows[row].Values[output].Select(Math.Abs), other.Rows[row].Values[output].Select(Math.Abs)));
                if (rows[row].StandardErrors is { } errors)
                {
                    judged += change.Length;
                    within += change.Where((each, feature) => each <= (1.96 * Math.Sqrt(2) * errors[output][feature]) + 1e-15).Count();
                }
            }
        }

        double size = rows.SelectMany(row => row.Values[output]).Select(Math.Abs).Average();
        return (new ReseedStability(
            sampled ? Seeds : 0, sampled ? changes.Average() : 0, sampled ? changes.Average() / size : 0,
            sampled ? Mean(ranks) : 1, judged > 0 ? within / (double)judged : null), modelRows);
    }

    private static (NoiseStability? Stability, long ModelRows) Disturb(
        ExplainRequest request, ExplainedRow[] rows, int output, Table table, Table population, RowEncoder encoder, TimeProvider time,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<ReadableColumn> columns = ReadableColumn.All(encoder, population, request.Background);
        List<double> outputs = [];
        List<double> changes = [];
        List<double> ranks = [];
        long modelRows = 0;
        for (int copy = 0; copy < Copies; copy++)
        {
            if (NoisyRows.Make(table, population, columns, NoiseShare, request.Seed, copy) is not { } noisy)
            {
                return (null, modelRows);
            }

            ExplanationReport other = ExplainRows.Run(request with { Rows = encoder.Encode(noisy) }, null, time, cancellationToken);
            modelRows += other.ModelRows;
            for (int row = 0; row < rows.Length; row++)
            {
                IReadOnlyList<double> own = rows[row].Values[output];
                IReadOnlyList<double> near = other.Rows[row].Values[output];
                outputs.Add(Math.Abs(rows[row].Prediction[output] - other.Rows[row].Prediction[output]));
                changes.Add(own.Zip(near, (x, y) => Math.Abs(x - y)).Sum());
                ranks.Add(Correlation.Spearman(own.Select(Math.Abs), near.Select(Math.Abs)));
            }
        }

        double size = rows.Average(row => row.Values[output].Sum(Math.Abs));
        return (new NoiseStability(NoiseShare, Copies, outputs.Average(), changes.Average(), changes.Average() / size, Mean(ranks)), modelRows);
    }

    // Rows whose values are all alike have no ranks to compare.
    private static double Mean(IEnumerable<double> values) => values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
}
