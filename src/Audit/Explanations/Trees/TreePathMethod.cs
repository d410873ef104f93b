using Governance.Audit.Data;
using Governance.Audit.Explanations.Methods;
using Governance.Audit.Explanations.Native;
using Governance.Audit.Inference.Forms;

namespace Governance.Audit.Explanations.Trees;

/// <summary><c>--method tree-path</c>: path-dependent Tree SHAP of the margin.</summary>
internal sealed class TreePathMethod : IAttributionMethod
{
    public string Name => ExplanationMethods.TreePath;

    public MethodSupport Supports(AttributionTask task)
    {
        NativeModel native = NativeModel.Of(task);
        string? refusal = native.Refusal ?? Curved(task, native);
        if (refusal is null)
        {
            TreeReading reading = TreeReading.Of(task);
            refusal = reading.Forms is null ? reading.Refusal
                : reading.Forms.Rest.Parts.Count > 0 ? "Beside its trees the model adds other terms, for which there are no covers; 'tree' takes them."
                : native.Doubt(task, CancellationToken.None);
        }

        return refusal is null
            ? MethodSupport.Yes("The graph is a sum of trees, whose covers stand for features that are not known.")
            : MethodSupport.No(refusal.StartsWith("The method", StringComparison.Ordinal) ? refusal
                : $"The method 'tree-path' does not fit: {char.ToLowerInvariant(refusal[0])}{refusal[1..]}");
    }

    public CostEstimate Estimate(AttributionTask task, CancellationToken cancellationToken)
    {
        (ForestForms forms, _, FeatureMatrix rows, _) = Prepare(task, cancellationToken);
        return TreePace.Estimate(task, rows, (some, token) => _ = Explain(task, forms.Forest, some, 1, null, token), cancellationToken);
    }

    public AttributionResult Run(AttributionTask task, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        (ForestForms forms, AuditWarning note, FeatureMatrix rows, FeatureTable table) = Prepare(task, cancellationToken);
        (TreeAttributions values, TreeAttributions? pairs) = Explain(task, forms.Forest, rows, task.Request.Threads, progress, cancellationToken);
        double[] functions = forms.Rest.Evaluate(table);
        AttributionResult result = ForestRun.Join(task, values, pairs, functions, functions.AsSpan(0, functions.Length / table.Rows).ToArray());
        return result with { Notes = [note] };
    }

    private static (TreeAttributions, TreeAttributions?) Explain(
        AttributionTask task, Forest forest, FeatureMatrix rows, int threads, IProgress<double>? progress, CancellationToken cancellationToken) =>
        (TreeShapley.PathDependent(forest, rows, threads, progress, cancellationToken),
         task.Request.Interactions ? TreeShapley.PathDependentInteractions(forest, rows, threads, null, cancellationToken) : null);

    private static (ForestForms, AuditWarning, FeatureMatrix, FeatureTable) Prepare(AttributionTask task, CancellationToken cancellationToken)
    {
        NativeModel native = NativeModel.Of(task);
        ForestForms forms = TreeReading.Of(task).Forms!;
        (FeatureTable rows, FeatureTable background) = native.Fetch(task, native.Forms, cancellationToken);
        (IReadOnlyList<double[]> covers, string source) = Covers(task, native, forms, background);
        return (forms.WithCovers(covers), new AuditWarning("covers", source), forms.Matrix(rows), rows);
    }

    private static (IReadOnlyList<double[]>, string) Covers(AttributionTask task, NativeModel native, ForestForms forms, FeatureTable background)
    {
        if (TreeCovers.OfFile(forms.Forest) is IReadOnlyList<double[]> covers)
        {
            return (covers, "The covers of the trees were taken from the file (nodes_hitrates).");
        }

        string rows = $"ONNX keeps no covers, so they were computed from the {background.Rows:N0} background rows";
        double[] weights = task.Background.Weights.ToArray();
        if (TreeCovers.Boosted(native.Unlinked) is CurveAtom curve)
        {
            double[][] curvatures = TreeCovers.Curvatures(curve, background, weights);
            return (TreeCovers.OfRows(forms.Forest, forms.Matrix(background), (tree, row) => curvatures[forms.Origins[tree].Tree][row]),
                $"{rows} as sums of p(1 - p) at each boosting round, as XGBoost does; with the training rows as background they are its own.");
        }

        return (TreeCovers.OfRows(forms.Forest, forms.Matrix(background), (_, row) => weights[row]),
            $"{rows} as counts; with the training rows as background they are those of the training library.");
    }

    private static string? Curved(AttributionTask task, NativeModel native) =>
        native.Forms.Any(form => form.Terms.Any(term => term.Atom is CurveAtom))
            ? task.Request.Link == "identity"
                ? "The method 'tree-path' is margin only, and with link identity the output is a curved function of the trees' sum: take --link logit, or --method tree."
                : "The method 'tree-path' is margin only, and the log-odds of this output are no sum of trees: take --method tree."
            : native.Forms.Any(form => form.Terms.Any(term => term.Atom is TreeAtom)) ? null : "There is no tree ensemble in the graph.";
}
