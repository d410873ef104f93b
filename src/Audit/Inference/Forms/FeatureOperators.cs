using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Inference.Forms;

/// <summary>Operators that prepare data: their results are new features, each with the inputs it depends on.</summary>
internal static class FeatureOperators
{
    private static readonly HashSet<string> ElementWise =
    [
        "Abs", "Acos", "Acosh", "Asin", "Asinh", "Atan", "Atanh", "Binarizer", "Cast", "CastMap", "CategoryMapper", "Ceil", "Celu", "Clip", "Cos", "Cosh",
        "Elu", "Erf", "Exp", "Floor", "Gelu", "HardSigmoid", "HardSwish", "Imputer", "IsInf", "IsNaN", "LabelEncoder", "LeakyRelu", "Log", "Mish", "Not",
        "Reciprocal", "Relu", "Round", "Selu", "Sign", "Sin", "Sinh", "Softplus", "Softsign", "Sqrt", "StringNormalizer", "Tan", "Tanh",
        "ThresholdedRelu", "Trunc",
    ];

    private static readonly HashSet<string> Pairwise =
    [
        "Add", "And", "Div", "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Max", "Min", "Mod", "Mul", "Or", "Pow", "PRelu", "Sub",
        "BitShift", "Xor", "StringConcat",
    ];

    private static readonly HashSet<string> WholeResults =
        ["And", "Equal", "Greater", "GreaterOrEqual", "IsInf", "IsNaN", "Less", "LessOrEqual", "Not", "Or", "Xor"];

    /// <summary>The node's values, or null where it is no such operator or trees are already in its inputs.</summary>
    public static IReadOnlyList<FormTensor>? Read(FormScope scope, NodeProto node)
    {
        if (node.Input.Any(name => scope.Value(name) is { } read && (read.Modelled || read.Columns is null)) || scope.Value(node.Input[0]) is not { } value)
        {
            return scope.Value(node.Input[0]) is null && Pairwise.Contains(node.OpType) && !node.Input.Any(name => scope.Value(name)?.Modelled == true)
                ? Pair(scope, node) : null;
        }

        ElementClass type = WholeResults.Contains(node.OpType) ? ElementClass.Whole : ElementClass.Unknown;
        switch (node.OpType)
        {
            case "OneHotEncoder":
                NodeAttributes attributes = new(node);
                int levels = Math.Max(attributes.Texts("cats_strings").Count, attributes.Integers("cats_int64s").Count);
                return Expanded(scope, node, value, levels);
            case "OneHot" when GraphIndex.Integer(node, "axis", -1) is -1 && scope.Constant(node.Input[1]) is { Values: [double depth and >= 1 and < 1 << 20] }:
                return Expanded(scope, node, value, (int)depth);
            case "Where":
                return Where(scope, node);
            case "Normalizer" or "LpNormalization":
                return [scope.Features(node.Output[0], type, value.RowShape, [.. value.Columns!.Select(_ => value.Sources)], node.OpType)];
            case string name when ElementWise.Contains(name) && node.Input.Skip(1).All(other => scope.Value(other) is null):
                return [scope.Features(node.Output[0], type, value.RowShape, [.. value.Columns!.Select(column => column.Sources())], name)];
            case string name when Pairwise.Contains(name):
                return Pair(scope, node);
            default:
                return null;
        }
    }

    private static FormTensor[]? Expanded(FormScope scope, NodeProto node, FormTensor value, int levels)
    {
        if (levels == 0 || (long)levels * value.Columns!.Count > ReadForms.MaxTerms)
        {
            return null;
        }

        // A column of shape [N, 1] becomes [N, 1, levels]: each level depends on its own column.
        int[][] sources = [.. value.Columns.SelectMany(column => Enumerable.Repeat(column.Sources(), levels))];
        return [scope.Features(node.Output[0], ElementClass.Real, [.. value.RowShape, levels], sources, node.OpType)];
    }

    private static FormTensor[]? Pair(FormScope scope, NodeProto node)
    {
        Operands? operands = node.Input.Count == 2 ? Operands.Find(scope, node, 0, 1) : null;
        ElementClass type = WholeResults.Contains(node.OpType) ? ElementClass.Whole : ElementClass.Unknown;
        return operands is null ? null : [scope.Features(node.Output[0], type, operands.RowShape, operands.Sources(), node.OpType)];
    }

    private static FormTensor[]? Where(FormScope scope, NodeProto node)
    {
        FormTensor?[] parts = [.. node.Input.Select(scope.Value)];
        FormTensor condition = parts[0]!;
        int rank = condition.RowShape.Length;
        int[]? shape = condition.RowShape;
        int[]?[] shapes = new int[]?[parts.Length];
        for (int i = 0; i < parts.Length && shape is not null; i++)
        {
            shapes[i] = parts[i]?.RowShape ?? (scope.Constant(node.Input[i]) is ConstantTensor constant ? Broadcasting.OfConstant(constant.Dims, rank) : null);
            shape = shapes[i] is int[] own ? Broadcasting.Shape(shape, own) : null;
        }

        if (shape is null)
        {
            return null;
        }

        int[][] places = [.. shapes.Select(own => Broadcasting.Places(own!, shape))];
        int[][] sources = [.. Enumerable.Range(0, places[0].Length).Select(i =>
            SourceSets.Union(parts.Select((part, p) => part?.SourcesOf(places[p][i]) ?? SourceSets.Empty)))];
        return [scope.Features(node.Output[0], ElementClass.Unknown, shape, sources, node.OpType)];
    }
}
