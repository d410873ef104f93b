using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Inference.Forms;

/// <summary>Numbers that the file holds; texts count as NaN, for their shape.</summary>
/// <param name="Dims">Their shape.</param>
/// <param name="Values">Row-major.</param>
internal sealed record ConstantTensor(int[] Dims, double[] Values)
{
    /// <summary>Reads a tensor, or gives null where it holds no numbers or fewer than its shape says.</summary>
    public static ConstantTensor? Read(TensorProto tensor)
    {
        double[]? values = tensor.DataType == (int)TensorProto.Types.DataType.String
            ? [.. Enumerable.Repeat(double.NaN, tensor.StringData.Count)]
            : GraphIndex.Values(tensor);
        if (values is null || tensor.Dims.Any(size => size is < 0 or > int.MaxValue))
        {
            return null;
        }

        int[] dims = [.. tensor.Dims.Select(size => (int)size)];
        return dims.Aggregate(1L, (product, size) => product * size) == values.Length ? new ConstantTensor(dims, values) : null;
    }

    /// <summary>The values as whole numbers.</summary>
    public int[] Integers() => [.. Values.Select(value => (int)Math.Clamp(value, int.MinValue, int.MaxValue))];
}
