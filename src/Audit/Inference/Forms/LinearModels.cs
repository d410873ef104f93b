using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Inference.Forms;

/// <summary>Products with constant matrices, alone or as linear models.</summary>
internal static class LinearModels
{
    /// <summary>The node's values, or null where it is no such operator.</summary>
    public static IReadOnlyList<FormTensor>? Read(FormScope scope, NodeProto node) => node.OpType switch
    {
        "MatMul" => MatMul(scope, node),
        "Gemm" => Gemm(scope, node),
        "LinearRegressor" => Regressor(scope, node),
        "LinearClassifier" => Classifier(scope, node),
        _ => null,
    };

    private static FormTensor[]? MatMul(FormScope scope, NodeProto node)
    {
        FormTensor value = scope.Value(node.Input[0])!;
        if (value.RowShape.Length == 0 || scope.Constant(node.Input[1]) is not { Dims.Length: 1 or 2 } matrix || matrix.Dims[0] != value.RowShape[^1])
        {
            return null;
        }

        int inner = matrix.Dims[0];
        int outputs = matrix.Dims.Length == 2 ? matrix.Dims[1] : 1;
        List<AffineForm> columns = [];
        for (int block = 0; block < value.Columns!.Count / inner; block++)
        {
            AffineForm[]? rows = Product(
                [.. value.Columns.Skip(block * inner).Take(inner)], outputs, (i, o) => matrix.Values[(i * outputs) + o], _ => 0);
            if (rows is null)
            {
                return null;
            }

            columns.AddRange(rows);
        }

        int[] shape = matrix.Dims.Length == 2 ? [.. value.RowShape[..^1], outputs] : value.RowShape[..^1];
        return [FormTensor.Of(node.Output[0], ElementClass.Real, shape, [.. columns])];
    }

    private static FormTensor[]? Gemm(FormScope scope, NodeProto node)
    {
        FormTensor value = scope.Value(node.Input[0])!;
        NodeAttributes attributes = new(node);
        if (value.RowShape.Length != 1 || attributes.Integer("transA", 0) != 0 || scope.Constant(node.Input[1]) is not { Dims.Length: 2 } matrix)
        {
            return null;
        }

        bool turned = attributes.Integer("transB", 0) != 0;
        int outputs = matrix.Dims[turned ? 0 : 1];
        if (matrix.Dims[turned ? 1 : 0] != value.RowShape[0])
        {
            return null;
        }

        double[] added = new double[outputs];
        if (node.Input.Count > 2 && node.Input[2].Length > 0)
        {
            if (scope.Constant(node.Input[2]) is not ConstantTensor bias || Broadcasting.OfConstant(bias.Dims, 1) is not [int length]
                || (length != 1 && length != outputs))
            {
                return null;
            }

            double beta = attributes.Number("beta", 1);
            for (int o = 0; o < outputs; o++)
            {
                added[o] = beta * bias.Values[length == 1 ? 0 : o];
            }
        }

        double alpha = attributes.Number("alpha", 1);
        int inner = value.RowShape[0];
        AffineForm[]? columns = Product(
            value.Columns!, outputs, (i, o) => alpha * matrix.Values[turned ? (o * inner) + i : (i * outputs) + o], o => added[o]);
        return columns is null ? null : [FormTensor.Of(node.Output[0], ElementClass.Real, [outputs], columns)];
    }

    private static FormTensor[]? Regressor(FormScope scope, NodeProto node)
    {
        NodeAttributes attributes = new(node);
        AffineForm[]? margins = Margins(scope, node, attributes, (int)Math.Clamp(attributes.Integer("targets", 1), 1, 1 << 20));
        return margins is null ? null
            : [FormTensor.Of(node.Output[0], ElementClass.Real, [margins.Length], PostTransform.Apply(scope, margins, attributes.Text("post_transform", "NONE")))];
    }

    // With one row of coefficients for two classes the runtime adds the other class as its rest (no transform) or by the logistic of -x.
    private static FormTensor[]? Classifier(FormScope scope, NodeProto node)
    {
        NodeAttributes attributes = new(node);
        int labels = Math.Max(attributes.Texts("classlabels_strings").Count, attributes.Integers("classlabels_ints").Count);
        int rows = Math.Max(attributes.Numbers("intercepts").Count, 1);
        if (Margins(scope, node, attributes, rows) is not AffineForm[] margins || node.Output.Count < 2)
        {
            return null;
        }

        string transform = attributes.Text("post_transform", "NONE");
        AffineForm[] scores = margins.Length == 1 && labels == 2
            ? PostTransform.Pair(scope, margins[0], transform)
            : PostTransform.Apply(scope, margins, transform);
        return [FormTensor.Of(node.Output[1], ElementClass.Real, [scores.Length], scores)];
    }

    private static AffineForm[]? Margins(FormScope scope, NodeProto node, NodeAttributes attributes, int rows)
    {
        FormTensor value = scope.Value(node.Input[0])!;
        IReadOnlyList<double> coefficients = attributes.Numbers("coefficients");
        IReadOnlyList<double> intercepts = attributes.Numbers("intercepts");
        int width = value.Columns!.Count;
        return value.RowShape.Length != 1 || coefficients.Count != (long)rows * width || (intercepts.Count != 0 && intercepts.Count != rows)
            ? null
            : Product(value.Columns, rows, (i, o) => coefficients[(o * width) + i], o => intercepts.Count == 0 ? 0 : intercepts[o]);
    }

    private static AffineForm[]? Product(IReadOnlyList<AffineForm> inputs, int outputs, Func<int, int, double> factor, Func<int, double> added)
    {
        long terms = inputs.Sum(input => (long)input.Terms.Count) * outputs;
        return terms > ReadForms.MaxTerms ? null
            : [.. Enumerable.Range(0, outputs).Select(o => AffineForm.Sum(added(o), inputs.Select((input, i) => (input, factor(i, o)))))];
    }
}
