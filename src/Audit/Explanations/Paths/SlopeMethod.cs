using Governance.Audit.Data;
using Governance.Audit.Explanations.Methods;
using Governance.Audit.Gradients;
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
        using GradientTask gradient = GradientTask.Load(task, patterns: false, cancellationToken);
        double[] baseValue = task.BaseValue(cancellationToken);
        double[]? spread = smooth ? Spread(gradient.Model.PointsOf(task.Background.Rows, cancellationToken), gradient.Model.Width) : null;
        ExplainedRow[] rows = RowByRow.Run(
            task, (row, _, token) => Explain(task, gradient, spread, baseValue, row, token), progress, cancellationToken);
        return new AttributionResult
        {
            Rows = rows,
            BaseValue = baseValue,
            Evaluations = 0,
            Notes = [new AuditWarning("slopes", "The values are slopes in the units of the output by the units of the feature; they do not add up to the prediction.")],
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
            GradientBatch batch = gradient.Model.Run(points, own, gradient.Column(output), cancellationToken);
            task.Model.Count(copies, copies * gradient.Model.PointBytes);
            double[] slopes = new double[copies * players];
            for (int copy = 0; copy < copies; copy++)
            {
                gradient.Add(batch.Gradients.AsSpan(copy * width, width), slopes.AsSpan(copy * players, players), 1);
            }

            for (int player = 0; player < players; player++)
            {
                double mean = Enumerable.Range(0, copies).Sum(copy => slopes[(copy * players) + player]) / copies;
                double squares = Enumerable.Range(0, copies).Sum(copy => Math.Pow(slopes[(copy * players) + player] - mean, 2));
                values[(output * players) + player] = mean;
                errors[(output * players) + player] = copies > 1 ? Math.Sqrt(squares / (copies - 1) / copies) : 0;
            }
        }

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

    private static double[] Spread(double[] rows, int width)
    {
        double[] spread = new double[width];
        for (int i = 0; i < width; i++)
        {
            (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
            for (int at = i; at < rows.Length; at += width)
            {
                (low, high) = (Math.Min(low, rows[at]), Math.Max(high, rows[at]));
            }

            spread[i] = Noise * (high - low);
        }

        return spread;
    }
}
