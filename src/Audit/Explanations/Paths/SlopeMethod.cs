using Governance.Audit.Data;
using Governance.Audit.Explanations.Methods;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations.Paths;

/// <summary><c>--method saliency</c> and <c>--method smoothgrad</c>: the output's slope in each feature, at the row or over its neighbourhood.</summary>
/// <remarks>
/// Saliency: Simonyan, Vedaldi and Zisserman, "Deep inside convolutional networks", ICLR 2014, with its sign. SmoothGrad:
/// Smilkov, Thorat, Kim, Viégas and Wattenberg, arXiv:1706.03825, 2017: its mean over copies of the row with normal noise
/// of a share of each element's range, here that over the background. Slopes do not add up to the output, so rows have
/// no additivity residual; of a player of several elements the slopes are added: all move together by one.
/// </remarks>
/// <param name="name">The method's name.</param>
/// <param name="smooth">Whether noise is added.</param>
internal sealed class SlopeMethod(string name, bool smooth) : IAttributionMethod
{
    /// <summary>The standard deviation of the noise relative to an element's range over the background; the paper takes 0.1 to 0.2.</summary>
    public const double Noise = 0.1;

    /// <summary>Noisy copies where nothing is said; the paper sees little change beyond 50.</summary>
    public const int DefaultCopies = 64;

    public string Name => name;

    public MethodSupport Supports(AttributionTask task) =>
        GradientTask.Refusal(task) is string refusal ? MethodSupport.No($"The method '{name}' does not fit: {char.ToLowerInvariant(refusal[0])}{refusal[1..]}")
        : smooth && Copies(task) < 2 ? MethodSupport.No($"The method '{name}' takes at least 2 samples.")
        : MethodSupport.Yes("Every operator of the graph has a gradient.");

    public CostEstimate Estimate(AttributionTask task, CancellationToken cancellationToken)
    {
        long rows = task.Background.Rows.Rows + (task.Rows.Rows * (1L + ((long)task.Request.Outputs * Copies(task))));
        return new CostEstimate(rows, task.Pace(cancellationToken).Seconds(3.0 * rows, task.Request.Threads));
    }

    public AttributionResult Run(AttributionTask task, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        using GradientTask gradient = GradientTask.Load(task, paths: false, cancellationToken);
        double[] baseValue = task.BaseValue(cancellationToken);
        double[]? spread = smooth ? Spread(gradient.Starts) : null;
        ExplainedRow[] rows = RowByRow.Run(
            task, (row, _, token) => Explain(task, gradient, spread, baseValue, row, token), progress, cancellationToken);
        return new AttributionResult
        {
            Rows = rows,
            BaseValue = baseValue,
            Evaluations = 0,
            Notes =
            [
                .. gradient.Checked is { } proof ? (AuditWarning[])[proof] : [],
                new AuditWarning("slopes", "The values are slopes in the units of the output by the units of the feature; they do not add up to the prediction."),
            ],
        };
    }

    private ExplainedRow Explain(
        AttributionTask task, GradientTask gradient, double[]? spread, double[] baseValue, int row, CancellationToken cancellationToken)
    {
        int players = task.Players.Count;
        int width = gradient.Model.Width;
        double[] prediction = task.Prediction(row, cancellationToken);
        InputBatch own = task.Rows.Slice(row, 1);
        double[] points = Noisy(task, gradient.Model.PointsOf(own, cancellationToken), spread, task.RowIndex(row));
        int copies = points.Length / width;
        double[] values = new double[prediction.Length * players];
        double[] errors = new double[values.Length];
        foreach (int output in gradient.Outputs(prediction))
        {
            double[] slopes = gradient.Slopes(own, points, gradient.Column(output), cancellationToken);
            for (int player = 0; player < players; player++)
            {
                double mean = Enumerable.Range(0, copies).Sum(copy => slopes[(copy * players) + player]) / copies;
                double squares = Enumerable.Range(0, copies).Sum(copy => Math.Pow(slopes[(copy * players) + player] - mean, 2));
                values[(output * players) + player] = mean;
                errors[(output * players) + player] = copies > 1 ? Math.Sqrt(squares / (copies - 1) / copies) : 0;
            }
        }

        task.Model.Move(gradient.RowBytes);
        ExplainedRow explained = new RowAttribution { Prediction = prediction, Values = values, StandardErrors = smooth ? errors : null }.ToRow(task, row, baseValue);
        return explained with { AdditivityResidual = [.. prediction.Select(_ => double.NaN)] };
    }

    private int Copies(AttributionTask task) => smooth ? task.Request.Samples ?? DefaultCopies : 1;

    private double[] Noisy(AttributionTask task, double[] point, double[]? spread, int index)
    {
        if (spread is null)
        {
            return point;
        }

        SeededRandom random = new(task.Request.Seed, index);
        double[] points = new double[Copies(task) * point.Length];
        for (int i = 0; i < points.Length; i++)
        {
            // Box and Muller, one of the two.
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            points[i] = point[i % point.Length] + (spread[i % point.Length] * normal);
        }

        return points;
    }

    private static double[] Spread(double[][] rows)
    {
        double[] spread = new double[rows[0].Length];
        for (int i = 0; i < spread.Length; i++)
        {
            spread[i] = Noise * (rows.Max(row => row[i]) - rows.Min(row => row[i]));
        }

        return spread;
    }
}
