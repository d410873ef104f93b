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
        string? refusal = native.Refusal ?? Fault(task, native) ?? native.Doubt(task, CancellationToken.None);
        return refusal is not null ? MethodSupport.No($"The method 'tree' does not fit: {char.ToLowerInvariant(refusal[0])}{refusal[1..]}")
            : Curved(native) ? MethodSupport.Yes(
                $"The graph is a function of sums of trees: values are exact where at most {CurvedShapley.MostEnumerated} players differ from a background row, else sampled.")
            : MethodSupport.Yes("The graph is a sum of trees, so the values are exact whatever the number of players.");
    }

    public CostEstimate Estimate(AttributionTask task, CancellationToken cancellationToken)
    {
        NativeModel native = NativeModel.Of(task);
        if (Curved(native))
        {
            return CurvedRun.Estimate(task, native, cancellationToken);
        }

        (ForestForms forms, FeatureTable rows, FeatureTable background) = Prepare(task, native, cancellationToken);
        FeatureMatrix reference = forms.Matrix(background);
        double[] weights = task.Background.Weights.ToArray();
        return TreePace.Estimate(
            task, forms.Matrix(rows), (some, token) => _ = Explain(task, forms.Forest, some, reference, weights, 1, null, token), cancellationToken);
    }

    public AttributionResult Run(AttributionTask task, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        NativeModel native = NativeModel.Of(task);
        if (Curved(native))
        {
            return CurvedRun.Run(task, native, progress, cancellationToken);
        }

        (ForestForms forms, FeatureTable rows, FeatureTable background) = Prepare(task, native, cancellationToken);
        double[] weights = task.Background.Weights.ToArray();
        (TreeAttributions values, TreeAttributions? pairs) = Explain(
            task, forms.Forest, forms.Matrix(rows), forms.Matrix(background), weights, task.Request.Threads, progress, cancellationToken);
        double[] means = LinearShapley.Means(forms.Rest.Evaluate(background), weights, native.Forms.Count);
        return ForestRun.Join(task, values, pairs, forms.Rest.Evaluate(rows), means);
    }

    private static (TreeAttributions, TreeAttributions?) Explain(
        AttributionTask task, Forest forest, FeatureMatrix rows, FeatureMatrix background, double[] weights, int threads, IProgress<double>? progress,
        CancellationToken cancellationToken) =>
        (TreeShapley.Marginal(forest, rows, background, weights, threads, progress, cancellationToken),
         task.Request.Interactions ? TreeShapley.MarginalInteractions(forest, rows, background, weights, threads, null, cancellationToken) : null);

    private static (ForestForms, FeatureTable Rows, FeatureTable Background) Prepare(AttributionTask task, NativeModel native, CancellationToken cancellationToken)
    {
        ForestForms forms = ForestForms.Of(native.Forms, native.Owners, task.Players.Count, out _)!;
        (FeatureTable rows, FeatureTable background) = native.Fetch(task, native.Forms, cancellationToken);
        return (forms, rows, background);
    }

    private static bool Curved(NativeModel native) => native.Forms.Any(form =>
        form.Terms.Any(term => term.Atom is CurveAtom && native.Owners.Of(term.Atom.Sources) == ElementOwners.Several));

    private static string? Fault(AttributionTask task, NativeModel native)
    {
        IReadOnlyList<AffineForm> margins = new CurvedForms(native.Forms, native.Owners).Margins;
        if (FormReads.Of(margins).Ensembles.Count == 0)
        {
            return "There is no tree ensemble in the graph.";
        }

        if (ForestForms.Of(margins, native.Owners, task.Players.Count, out string? refusal) is null)
        {
            return refusal;
        }

        return Curved(native) && task.Players.Count > PairLeaves.MostPlayers
            ? $"The output is a curved function of the trees, for which at most {PairLeaves.MostPlayers} players can be taken and there are {task.Players.Count}; "
                + "take --link logit, or group features."
            : null;
    }
}
