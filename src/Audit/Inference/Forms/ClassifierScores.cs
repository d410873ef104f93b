using Governance.Audit.Inference.Ensembles;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Inference.Forms;

/// <summary>The scores of a TreeEnsembleClassifier, with what ONNX Runtime makes of two classes.</summary>
/// <remarks>
/// Found by running it (1.2x): a class that no leaf names scores 0, base value or not; with two base values and a weight
/// for the second class, the second score is the first's sum plus the second base value, and the first its negative.
/// </remarks>
internal static class ClassifierScores
{
    /// <summary>One form a class.</summary>
    /// <param name="scope">Makes the curves.</param>
    /// <param name="attributes">The operator's.</param>
    /// <param name="ensemble">Its trees.</param>
    /// <param name="raw">One raw score a class.</param>
    /// <param name="transform">The post transform.</param>
    public static AffineForm[] Of(FormScope scope, NodeAttributes attributes, TreeEnsemble ensemble, AffineForm[] raw, string transform)
    {
        IReadOnlyList<double> baseValues = attributes.Numbers("base_values");
        if (raw.Length != 2)
        {
            return PostTransform.Apply(scope, EnsembleOperators.WithBase(raw, baseValues), transform);
        }

        LeafWeight[] weights = [.. ensemble.Trees.SelectMany(tree => tree).SelectMany(node => node.Weights)];
        bool first = weights.Any(weight => weight.Target == 0);
        bool second = weights.Any(weight => weight.Target == 1);
        AffineForm nothing = AffineForm.Of(0);
        if (baseValues.Count == 2)
        {
            AffineForm margin = raw[0].Scaled(1, baseValues[1]);
            AffineForm[] both = second ? [first ? margin.Scaled(-1, 0) : nothing, margin] : [raw[0].Scaled(1, baseValues[0]), nothing];
            return PostTransform.Apply(scope, both, transform);
        }

        AffineForm score = EnsembleOperators.WithBase(raw, baseValues)[0];
        if (second)
        {
            return PostTransform.Apply(scope, [first ? score : nothing, raw[1]], transform);
        }

        // Leaves know one class id only, and the runtime reads their sum as the score of the second class.
        bool positive = weights.All(weight => weight.Weight >= 0);
        return positive || transform is "LOGISTIC" or "PROBIT"
            ? PostTransform.Pair(scope, score, transform)
            : [score.Scaled(-1, 0), score];
    }
}
