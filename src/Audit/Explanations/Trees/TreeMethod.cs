using Governance.Audit.Explanations.Linear;
using Governance.Audit.Explanations.Methods;
using Governance.Audit.Explanations.Native;
using Governance.Audit.Inference.Forms;

namespace Governance.Audit.Explanations.Trees;

/// <summary><c>--method tree</c>: interventional Tree SHAP of margins, averages and probabilities.</summary>
internal sealed class TreeMethod : IAttributionMethod
{
    public string Name => ExplanationMethods.Tree;

    public MethodSupport Supports(AttributionTask task)
    {
        NativeModel native = NativeModel.Of(task);
        string? refusal = native.Refusal ?? Fault(task) ?? native.Doubt(task, CancellationToken.None);
        return refusal is not null ? MethodSupport.No($"The method 'tree' does not fit: {char.ToLowerInvariant(refusal[0])}{refusal[1..]}")
            : TreeReading.Of(task).Curved is not null ? MethodSupport.Yes(
                $"The graph is a function of sums of trees: values are exact where at most {CurvedShapley.MostEnumerated} players differ from a background row, else sampled.")
            : MethodSupport.Yes("The graph is a sum of trees, so the values are exact whatever the number of players.");
    }

    public CostEstimate Estimate(AttributionTask task, CancellationToken cancellationToken)
    {
        if (TreeReading.Of(task).Curved is not null)
        {
            return CurvedRun.Estimate(task, cancellationToken);
        }

        (ForestForms forms, FeatureTable rows, FeatureTable background) = Prepare(task, cancellationToken);
        FeatureMatrix reference = forms.Matrix(background);
        double[] weights = task.Background.Weights.ToArray();
        return TreePace.Estimate(
            task, forms.Matrix(rows), (some, token) => _ = Explain(task, forms.Forest, some, reference, weights, 1, null, token), cancellationToken);
    }

    public AttributionResult Run(AttributionTask task, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (TreeReading.Of(task).Curved is not null)
        {
            return CurvedRun.Run(task, progress, cancellationToken);
        }

        (ForestForms forms, FeatureTable rows, FeatureTable background) = Prepare(task, cancellationToken);
        double[] weights = task.Background.Weights.ToArray();
        (TreeAttributions values, TreeAttributions? pairs) = Explain(
            task, forms.Forest, forms.Matrix(rows), forms.Matrix(background), weights, task.Request.Threads, progress, cancellationToken);
        double[] means = LinearShapley.Means(forms.Rest.Evaluate(background), weights, forms.Forest.Outputs);
        return ForestRun.Join(task, values, pairs, forms.Rest.Evaluate(rows), means);
    }

    private static (TreeAttributions, TreeAttributions?) Explain(
        AttributionTask task, Forest forest, FeatureMatrix rows, FeatureMatrix background, double[] weights, int threads, IProgress<double>? progress,
        CancellationToken cancellationToken) =>
        (TreeShapley.Marginal(forest, rows, background, weights, threads, progress, cancellationToken),
         task.Request.Interactions ? TreeShapley.MarginalInteractions(forest, rows, background, weights, threads, null, cancellationToken) : null);

    private static (ForestForms, FeatureTable Rows, FeatureTable Background) Prepare(AttributionTask task, CancellationToken cancellationToken)
    {
        TreeReading reading = TreeReading.Of(task);
        (FeatureTable rows, FeatureTable background) = NativeModel.Of(task).Fetch(task, reading.Margins, cancellationToken);
        return (reading.Forms!, rows, background);
    }

    private static string? Fault(AttributionTask task)
    {
        TreeReading reading = TreeReading.Of(task);
        return reading.Refusal ?? (reading.Curved is not null && task.Players.Count > PairLeaves.MostPlayers
            ? $"The output is a curved function of the trees, for which at most {PairLeaves.MostPlayers} players can be taken and there are {task.Players.Count}; "
                + "take --link logit, or group features."
            : null);
    }
}
