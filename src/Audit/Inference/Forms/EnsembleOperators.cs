using Governance.Audit.Data;
using Governance.Audit.Inference.Ensembles;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Inference.Forms;

/// <summary>Tree ensembles.</summary>
internal static class EnsembleOperators
{
    /// <summary>Whether the operator is an ensemble, which may also test columns of unknown structure.</summary>
    public static bool Handles(NodeProto node) => node.OpType is "TreeEnsembleRegressor" or "TreeEnsembleClassifier" or "TreeEnsemble";

    /// <summary>The node's scores, or null where it is no ensemble.</summary>
    /// <exception cref="InputException">The ensemble is broken, or puts trees together in a way that no sum can say.</exception>
    public static IReadOnlyList<FormTensor>? Read(FormScope scope, NodeProto node)
    {
        if (!Handles(node) || scope.Value(node.Input[0]) is not FormTensor input || input.Modelled)
        {
            return null;
        }

        TreeEnsemble ensemble = node.OpType == "TreeEnsemble" ? ReadFlatEnsemble.From(node) : ReadEnsemble.From(node);
        if (ensemble.Aggregate is EnsembleAggregate.Min or EnsembleAggregate.Max && ensemble.Trees.Count > 1)
        {
            throw new InputException(
                $"The model's tree ensemble takes the {(ensemble.Aggregate == EnsembleAggregate.Min ? "smallest" : "largest")} of its trees "
                + "(aggregate function " + (ensemble.Aggregate == EnsembleAggregate.Min ? "MIN" : "MAX") + "), which is no sum of trees.");
        }

        AffineForm[] trees = scope.Trees(new EnsembleUse(ensemble, input, node.Name.Length > 0 ? node.Name : node.OpType));
        double share = ensemble.Aggregate == EnsembleAggregate.Average ? 1.0 / Math.Max(ensemble.Trees.Count, 1) : 1;
        AffineForm[] raw = [.. trees.Select(tree => tree.Scaled(share, 0))];
        NodeAttributes attributes = new(node);
        string transform = node.OpType == "TreeEnsemble"
            ? attributes.Integer("post_transform", 0) switch { 0 => "NONE", 1 => "SOFTMAX", 2 => "LOGISTIC", 3 => "SOFTMAX_ZERO", 4 => "PROBIT", _ => "unknown" }
            : attributes.Text("post_transform", "NONE");
        if (node.OpType != "TreeEnsembleClassifier")
        {
            // The runtime leaves a target that no leaf names at 0, base value or not, where there are several.
            HashSet<int> named = [.. ensemble.Trees.SelectMany(tree => tree).SelectMany(leaf => leaf.Weights).Select(weight => weight.Target)];
            AffineForm[] sums = [.. WithBase(raw, attributes.Numbers("base_values"))
                .Select((sum, target) => raw.Length == 1 || named.Contains(target) ? sum : AffineForm.Of(0))];
            AffineForm[] scores = PostTransform.Apply(scope, sums, transform);
            return [FormTensor.Of(node.Output[0], ElementClass.Real, [scores.Length], scores)];
        }

        AffineForm[] classes = ClassifierScores.Of(scope, attributes, ensemble, raw, transform);
        return node.Output.Count < 2 ? null : [FormTensor.Of(node.Output[1], ElementClass.Real, [classes.Length], classes)];
    }

    /// <summary>Raw scores with base values; one base value is for the first score.</summary>
    public static AffineForm[] WithBase(AffineForm[] raw, IReadOnlyList<double> baseValues) =>
        [.. raw.Select((score, k) => k < baseValues.Count ? score.Scaled(1, baseValues[k]) : score)];
}
