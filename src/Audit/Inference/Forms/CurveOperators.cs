using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Inference.Forms;

/// <summary>Curved functions of a model's sums: what turns margins into probabilities or counts.</summary>
/// <remarks>
/// A sigmoid or softmax is always taken as part of the model; other curves only behind trees or curves. Before them they
/// prepare data, and <see cref="FeatureOperators"/> takes their results as features.
/// </remarks>
internal static class CurveOperators
{
    /// <summary>The node's values, or null where it is no such operator.</summary>
    public static IReadOnlyList<FormTensor>? Read(FormScope scope, NodeProto node)
    {
        FormTensor? value = scope.Value(node.Input[0]);
        bool modelled = node.Input.Any(name => scope.Value(name)?.Modelled == true);
        switch (node.OpType)
        {
            case "Sigmoid":
                return One(scope, node, value!, CurveKind.Sigmoid);
            case "Softmax":
                return LastAxis(scope, node, value!) ? Joint(scope, node, value!, CurveKind.Softmax) : null;
            case "LogSoftmax":
                return LastAxis(scope, node, value!) ? Joint(scope, node, value!, CurveKind.LogSoftmax) : null;
            case "Normalizer" when modelled && GraphIndex.Text(node, "norm") == "L1":
                return Joint(scope, node, value!, CurveKind.Share);
            case "Exp" or "Log" or "Tanh" or "Relu" or "Abs" or "Sqrt" or "Softplus" when modelled:
                return One(scope, node, value!, Enum.Parse<CurveKind>(node.OpType));
            case "Reciprocal" when modelled:
                return One(scope, node, value!, CurveKind.Power, [-1]);
            case "Clip" when modelled:
                return Clip(scope, node, value!);
            case "Pow" when modelled:
                return node.Input.Count > 1 && scope.Constant(node.Input[1]) is { Values: [double power] }
                    ? One(scope, node, value!, CurveKind.Power, [power]) : null;
            case "Mul" or "Div" when modelled:
                return Two(scope, node, node.OpType == "Mul" ? CurveKind.Product : CurveKind.Quotient);
            case "Max" or "Min" when modelled && node.Input.Count == 2:
                return Two(scope, node, node.OpType == "Max" ? CurveKind.Largest : CurveKind.Smallest);
            default:
                return null;
        }
    }

    private static FormTensor[] One(FormScope scope, NodeProto node, FormTensor value, CurveKind kind, IReadOnlyList<double>? parameters = null) =>
        [FormTensor.Of(node.Output[0], ElementClass.Real, value.RowShape, [.. value.Columns!.Select(column => scope.Curve(kind, [column], 0, parameters))])];

    private static FormTensor[]? Joint(FormScope scope, NodeProto node, FormTensor value, CurveKind kind) =>
        value.RowShape.Length != 1 ? null
        : [FormTensor.Of(node.Output[0], ElementClass.Real, value.RowShape, [.. value.Columns!.Select((_, k) => scope.Curve(kind, value.Columns!, k))])];

    private static FormTensor[]? Clip(FormScope scope, NodeProto node, FormTensor value)
    {
        double? low = Limit(scope, node, "min", 1, double.NegativeInfinity);
        double? high = Limit(scope, node, "max", 2, double.PositiveInfinity);
        return low is null || high is null ? null : One(scope, node, value, CurveKind.Clip, [low.Value, high.Value]);
    }

    private static double? Limit(FormScope scope, NodeProto node, string name, int input, double otherwise) =>
        GraphIndex.Attribute(node, name) is { } attribute ? attribute.F
        : node.Input.Count <= input || node.Input[input].Length == 0 ? otherwise
        : scope.Constant(node.Input[input]) is { Values: [double limit] } ? limit
        : null;

    private static FormTensor[]? Two(FormScope scope, NodeProto node, CurveKind kind)
    {
        Operands? operands = Operands.Find(scope, node, 0, 1);
        return operands is null ? null : [operands.Combine(node.Output[0], (left, right) => scope.Curve(kind, [left, right]))];
    }

    // Before operator set 13 the softmax ran over all dimensions from the axis on, with 1 as default; since then over one, by default the last.
    private static bool LastAxis(FormScope scope, NodeProto node, FormTensor value)
    {
        long axis = GraphIndex.Integer(node, "axis", scope.Opset < 13 ? 1 : -1);
        return value.RowShape.Length == 1 && axis is 1 or -1;
    }
}
