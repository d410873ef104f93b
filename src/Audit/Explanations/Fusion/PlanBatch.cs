using Governance.Audit.Gradients;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Explanations.Fusion;

/// <summary>How many masked rows go through a model on a device at once.</summary>
internal static class PlanBatch
{
    // The other half is the runtime's: workspaces, weights, what two sessions hold at the same time.
    private const double Share = 0.25;

    private const int Most = 1 << 16;

    /// <summary>Rows at once, by the memory that is free and the values that a row makes on its way through the graph.</summary>
    /// <param name="request">What is explained; where it becomes evidence, nothing depends on the memory.</param>
    /// <param name="model">What is fused.</param>
    /// <param name="otherwise">Rows where the memory is not known or does not count.</param>
    /// <param name="cancellationToken">Ends the runs by which sizes are found.</param>
    public static int DeviceRows(ExplainRequest request, FusableModel model, int otherwise, CancellationToken cancellationToken) =>
        request.Deterministic || DeviceMemory.Free() is not long free
            ? otherwise
            : Rows(free, RowBytes(model, request.Rows.Slice(0, 1), cancellationToken));

    /// <summary>Rows at once where so much memory is free and a row's values take so much.</summary>
    /// <param name="free">Bytes.</param>
    /// <param name="rowBytes">Bytes, at least 1.</param>
    public static int Rows(long free, long rowBytes) => (int)Math.Clamp(Share * free / rowBytes, 1, Most);

    /// <summary>Bytes of all values that a row makes, as if none were freed before the end.</summary>
    /// <param name="model">What is fused.</param>
    /// <param name="row">One row.</param>
    /// <param name="cancellationToken">Ends the runs.</param>
    public static long RowBytes(FusableModel model, InputBatch row, CancellationToken cancellationToken)
    {
        string[] values = [.. model.Model.Graph.Node.SelectMany(node => node.Output).Where(name => name.Length > 0)];
        ValueFacts facts = ProbeValues.Run(model.Model, row, 0, values, cancellationToken);
        long bytes = row.Tensors.Sum(tensor => 8L * tensor.Width);
        foreach (string value in values.Where(value => facts.RowAxis(value) >= 0))
        {
            bytes += facts.Dims(value).Where(size => size != ValueFacts.Free).Aggregate(8L, (product, size) => product * Math.Max(1, size))
                / (facts.Type(value) is TensorProto.Types.DataType.Double or TensorProto.Types.DataType.Int64 ? 1 : 2);
        }

        return bytes;
    }
}
