using Governance.Audit.Data;
using Governance.Audit.Explanations.Methods;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations.Paths;

/// <summary><c>--method integrated-gradients</c> and <c>--method expected-gradients</c>: the gradient along straight paths from references to the row.</summary>
/// <remarks>
/// Sundararajan, Taly and Yan, ICML 2017: φ_i = (x_i − x′_i) ∫ ∂f/∂x_i along the path. Expected gradients (Erion,
/// Janizek, Sturmfels, Lundberg and Lee, Nature Machine Intelligence 3, 2021) are their mean over the background; here
/// every background row's path is followed, so that nothing is sampled.
/// </remarks>
/// <param name="name">The method's name.</param>
/// <param name="many">Whether the background's rows are references each; otherwise there is one reference.</param>
internal sealed class PathMethod(string name, bool many) : IAttributionMethod
{
    private const int UsualPoints = 60;

    // Errors of many paths even out in their mean.
    private static readonly (double One, double Mean) Tolerances = (1e-5, 2e-3);

    public string Name => name;

    public MethodSupport Supports(AttributionTask task) =>
        GradientTask.Refusal(task) is string refusal ? MethodSupport.No($"The method '{name}' does not fit: {char.ToLowerInvariant(refusal[0])}{refusal[1..]}")
        : !many && task.Background.Rows.Rows > 1
            ? MethodSupport.No($"The method '{name}' compares with one reference row: take --reference mean, zero or row:i, or the method 'expected-gradients'.")
        : MethodSupport.Yes("Every operator of the graph has a gradient.");

    public CostEstimate Estimate(AttributionTask task, CancellationToken cancellationToken)
    {
        int outputs = task.Request.PredictedClassOnly ? 1 : task.Request.Outputs;
        long rows = task.Background.Rows.Rows + ((long)task.Rows.Rows * (1 + ((long)task.Background.Rows.Rows * outputs * UsualPoints)));

        // A gradient is about three runs of the model.
        return new CostEstimate(rows, task.Pace(cancellationToken).Seconds(3.0 * rows, task.Request.Threads));
    }

    public AttributionResult Run(AttributionTask task, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        using GradientTask gradient = GradientTask.Load(task, paths: true, cancellationToken);
        double[] baseValue = task.BaseValue(cancellationToken);
        PathOptions options = new(many ? Tolerances.Mean : Tolerances.One, task.Request.Steps ?? PathOptions.DefaultPoints);
        (ExplainedRow Row, Completeness Gap)[] rows = RowByRow.Run(
            task, (row, _, token) => Explain(task, gradient, options, baseValue, row, token), progress, cancellationToken);
        Completeness completeness = Completeness.Of(rows.Select(row => row.Gap))!;
        bool converged = completeness.LargestShare <= PathOptions.Bound;
        return new AttributionResult
        {
            Rows = [.. rows.Select(row => row.Row)],
            BaseValue = baseValue,
            Evaluations = 0,
            Converged = converged,
            Completeness = completeness,
            Notes =
            [
                .. gradient.Checked is { } proof ? (AuditWarning[])[proof] : [],
                .. converged ? (AuditWarning[])[] : [new AuditWarning("completeness", string.Create(System.Globalization.CultureInfo.InvariantCulture,
                    $"The values of some rows miss the change of their output by up to {completeness.LargestShare:0.0%} of the row's scale; take more steps with --steps."))],
            ],
        };
    }

    private static (ExplainedRow Row, Completeness Gap) Explain(
        AttributionTask task, GradientTask gradient, PathOptions options, double[] baseValue, int row, CancellationToken cancellationToken)
    {
        int players = task.Players.Count;
        double[] prediction = task.Prediction(row, cancellationToken);
        double[] values = new double[prediction.Length * players];
        InputBatch own = task.Rows.Slice(row, 1);
        double[] end = gradient.Model.PointsOf(own, cancellationToken);
        double[] weights = task.Background.Weights.ToArray();
        bool[] still = [.. gradient.Starts.Select(start => end.AsSpan().SequenceEqual(start))];
        (double gap, double share, long kinks) = (0, 0, 0);
        CountedModel counted = new(task.Request.Model);
        foreach (int output in gradient.Outputs(prediction))
        {
            PathIntegrals found = FollowPaths.Run(
                options, gradient.Pieces(own, end, gradient.Column(output), counted), still, players, gradient.PiecesAtOnce, cancellationToken);
            Span<double> some = values.AsSpan(output * players, players);
            double scale = 0;
            for (int path = 0; path < still.Length; path++)
            {
                for (int player = 0; player < players; player++)
                {
                    some[player] += weights[path] * found.Integrals[(path * players) + player];
                }

                scale += weights[path] * found.Scales[path];
            }

            double missed = Math.Abs(prediction[output] - baseValue[output] - Sum(some));
            double noise = PathOptions.Noise(Math.Max(Math.Abs(prediction[output]), Math.Abs(baseValue[output])));
            gap = Math.Max(gap, missed);
            share = Math.Max(share, missed <= noise ? 0 : missed / scale);
            kinks += found.Kinks;
        }

        task.Model.Count(counted.Rows, counted.Bytes + gradient.RowBytes);
        return (
            new RowAttribution { Prediction = prediction, Values = values }.ToRow(task, row, baseValue),
            new Completeness(PathOptions.Bound, gap, share, counted.Rows, kinks, gradient.Model.SeesKinks));
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }
}
