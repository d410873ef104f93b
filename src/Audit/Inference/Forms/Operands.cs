using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Inference.Forms;

/// <summary>The two operands of an element-wise operator, of which one may be constant, brought to one shape.</summary>
internal sealed class Operands
{
    private readonly IReadOnlyList<AffineForm> left;
    private readonly IReadOnlyList<AffineForm> right;
    private readonly int[] leftPlaces;
    private readonly int[] rightPlaces;
    private readonly int[] shape;

    private Operands(IReadOnlyList<AffineForm> left, int[] leftShape, IReadOnlyList<AffineForm> right, int[] rightShape, int[] shape)
    {
        this.left = left;
        this.right = right;
        this.shape = shape;
        leftPlaces = Broadcasting.Places(leftShape, shape);
        rightPlaces = Broadcasting.Places(rightShape, shape);
    }

    /// <summary>Whether the left operand is a constant of the file.</summary>
    public bool LeftConstant { get; private init; }

    /// <summary>Whether the right operand is a constant of the file.</summary>
    public bool RightConstant { get; private init; }

    /// <summary>Whether trees or curves are in one of them.</summary>
    public bool Modelled => left.Any(form => form.Modelled) || right.Any(form => form.Modelled);

    /// <summary>The shape behind the rows.</summary>
    public int[] RowShape => shape;

    /// <summary>The operands, or null where their structure is not known or rows would be mixed.</summary>
    public static Operands? Find(FormScope scope, NodeProto node, int leftInput, int rightInput)
    {
        if (node.Input.Count <= rightInput)
        {
            return null;
        }

        FormTensor? left = scope.Value(node.Input[leftInput]);
        FormTensor? right = scope.Value(node.Input[rightInput]);
        int rank = (left ?? right)?.RowShape.Length ?? 0;
        (IReadOnlyList<AffineForm> Forms, int[] Shape)? a = Side(scope, node.Input[leftInput], left, rank);
        (IReadOnlyList<AffineForm> Forms, int[] Shape)? b = Side(scope, node.Input[rightInput], right, rank);
        int[]? shape = a is null || b is null ? null : Broadcasting.Shape(a.Value.Shape, b.Value.Shape);
        return shape is null ? null : new Operands(a!.Value.Forms, a.Value.Shape, b!.Value.Forms, b.Value.Shape, shape)
        {
            LeftConstant = left is null,
            RightConstant = right is null,
        };
    }

    /// <summary>Combines the operands element by element.</summary>
    public FormTensor Combine(string output, Func<AffineForm, AffineForm, AffineForm> combine) => FormTensor.Of(
        output, ElementClass.Real, shape,
        [.. leftPlaces.Select((place, i) => combine(left[place], right[rightPlaces[i]]))]);

    /// <summary>For each element of the result, the sources of both operands.</summary>
    public IReadOnlyList<int[]> Sources() =>
        [.. leftPlaces.Select((place, i) => SourceSets.Union([left[place].Sources(), right[rightPlaces[i]].Sources()]))];

    private static (IReadOnlyList<AffineForm> Forms, int[] Shape)? Side(FormScope scope, string name, FormTensor? value, int rank)
    {
        if (value is not null)
        {
            return value.Columns is null ? null : (value.Columns, value.RowShape);
        }

        if (scope.Constant(name) is not ConstantTensor constant || Broadcasting.OfConstant(constant.Dims, rank) is not int[] shape)
        {
            return null;
        }

        return ([.. constant.Values.Select(AffineForm.Of)], shape);
    }
}
