using Governance.Audit.Gradients.Rules;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Gradients;

/// <summary>The rules of reverse-mode differentiation by operator.</summary>
/// <remarks>
/// Griewank and Walther, "Evaluating Derivatives", 2nd ed., SIAM 2008, chapter 3. At a kink the derivative from the
/// side of zero slope is taken, as training frameworks do; where inputs tie for a maximum they share it.
/// </remarks>
internal static class GradientRules
{
    private static readonly Dictionary<string, GradientRule> Rules = All();

    /// <summary>The operators that gradients can pass, in alphabetical order.</summary>
    public static IReadOnlyList<string> Operators { get; } = [.. Rules.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The rule of a node, or null where gradients cannot pass it.</summary>
    public static GradientRule? Find(NodeProto node) => node.Domain is "" or "ai.onnx" ? Rules.GetValueOrDefault(node.OpType) : null;

    private static Dictionary<string, GradientRule> All()
    {
        Dictionary<string, GradientRule> rules = new(StringComparer.Ordinal);
        ActivationRules.Register(rules);
        CurveRules.Register(rules);
        ArithmeticRules.Register(rules);
        ProductRules.Register(rules);
        ConvolutionRules.Register(rules);
        PoolingRules.Register(rules);
        NormalizationRules.Register(rules);
        SoftmaxRules.Register(rules);
        ReductionRules.Register(rules);
        ShapeRules.Register(rules);
        SelectionRules.Register(rules);
        return rules;
    }
}
