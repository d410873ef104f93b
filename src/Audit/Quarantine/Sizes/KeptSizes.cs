namespace Governance.Audit.Quarantine.Sizes;

/// <summary>Operators whose result is as large as their inputs, or follows from their dimensions alone.</summary>
internal static class KeptSizes
{
    private static readonly HashSet<string> Elementwise = new(
        """
        Abs Acos Acosh Asin Asinh Atan Atanh BatchNormalization Bernoulli Binarizer BitwiseNot Celu Clip Cos Cosh CumProd
        CumSum Dropout Elu Erf Exp EyeLike FastGelu Gelu HardSigmoid HardSwish Hardmax Identity Imputer
        InstanceNormalization IsInf IsNaN LRN LayerNormalization LeakyRelu Log LogSoftmax LpNormalization
        MeanVarianceNormalization Mish Neg Normalizer Not QuickGelu RandomNormalLike RandomUniformLike Reciprocal Relu
        RMSNormalization Scaler ScatterElements ScatterND Selu Shrink Sigmoid Sign SimplifiedLayerNormalization Sin Sinh
        Softmax Softplus Softsign Sqrt Swish Tan Tanh ThresholdedRelu Trilu DequantizeLinear QuantizeLinear CastLike Round
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);

    private static readonly HashSet<string> Broadcasting = new(
        """
        And BiasGelu BitShift BitwiseAnd BitwiseOr BitwiseXor Equal Greater GreaterOrEqual Less LessOrEqual Max Mean Min
        Or PRelu Pow Sum Where Xor
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);

    /// <summary>What is known of the first output; null for an operator of another sort.</summary>
    public static Fact? Of(in Operands operands)
    {
        string op = operands.Node.Op;
        if (Elementwise.Contains(op))
        {
            return op == "Identity" ? operands[0] : Fact.Of(operands[0].Shape);
        }

        if (Broadcasting.Contains(op) && op is not ("Max" or "Min"))
        {
            return Fact.Of(operands.Shapes() is double[][] shapes ? Broadcast.Shape(shapes) : null);
        }

        return op switch
        {
            "Transpose" => Fact.Of(Transposed(operands)),
            "MatMul" or "MatMulInteger" or "FusedMatMul" => Fact.Of(Product(operands[0].Shape, operands[1].Shape)),
            "Gemm" => Fact.Of(Gemm(operands)),
            "Flatten" => Fact.Of(Flattened(operands)),
            "OneHotEncoder" => Fact.Of(Encoded(operands)),
            "FeatureVectorizer" => operands.Shapes() is double[][] parts && parts.All(part => part.Length > 0)
                ? Fact.Of([parts[0][0], parts.Sum(part => part.Length > 1 ? part[^1] : 1)]) : Fact.Unknown,
            _ => null,
        };
    }

    private static double[]? Transposed(in Operands operands)
    {
        if (operands[0].Shape is not double[] shape)
        {
            return null;
        }

        double[]? order = operands.Numbers("perm", int.MaxValue);
        return order is null ? [.. shape.Reverse()]
            : order.Length == shape.Length && order.All(axis => axis >= 0 && axis < shape.Length) ? [.. order.Select(axis => shape[(int)axis])]
            : null;
    }

    private static double[]? Product(double[]? left, double[]? right)
    {
        if (left is not { Length: > 0 } || right is not { Length: > 0 })
        {
            return null;
        }

        double[] rows = left.Length == 1 ? [] : [left[^2]];
        double[] columns = right.Length == 1 ? [] : [right[^1]];
        double[] batch = Broadcast.Shape([left.Length > 2 ? left[..^2] : [], right.Length > 2 ? right[..^2] : []])!;
        return [.. batch, .. rows, .. columns];
    }

    private static double[]? Gemm(in Operands operands) =>
        operands[0].Shape is [double a, double b] && operands[1].Shape is [double c, double d]
            ? [operands.Integer("transA", 0) == 0 ? a : b, operands.Integer("transB", 0) == 0 ? d : c]
            : null;

    private static double[]? Flattened(in Operands operands)
    {
        double axis = operands.Integer("axis", 1);
        return operands[0].Shape is double[] shape && Math.Abs(axis) <= shape.Length && (int)(axis < 0 ? axis + shape.Length : axis) is int cut
            ? [Fact.Product(shape.AsSpan(0, cut)), Fact.Product(shape.AsSpan(cut))]
            : null;
    }

    private static double[]? Encoded(in Operands operands) =>
        operands[0].Shape is double[] shape && operands.Node.Attribute("cats_int64s")?.Integers is { } levels ? [.. shape, levels.Count] : null;
}
