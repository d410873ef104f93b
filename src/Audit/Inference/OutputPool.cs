using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Governance.Audit.Inference;

/// <summary>The bound outputs of a session that nobody uses now, by the outputs and the rows of a batch.</summary>
internal sealed class OutputPool : IDisposable
{
    // A session sees one or two full batch sizes; whoever tries many must not fill the memory.
    private const int MostShapes = 8;

    private readonly ConcurrentDictionary<(string Outputs, int Rows), Shape> shapes = [];

    /// <summary>Memory for a batch whose outputs' shapes are known from one before it, else null.</summary>
    public BoundOutputs? Take(string outputs, int rows)
    {
        if (!shapes.TryGetValue((outputs, rows), out Shape? shape) || shape.Varies)
        {
            return null;
        }

        return shape.Idle.TryTake(out BoundOutputs? idle) ? idle : BoundOutputs.Make(shape.Types, shape.Dims);
    }

    /// <summary>Gives memory back.</summary>
    public void Return(string outputs, int rows, BoundOutputs bound) => shapes[(outputs, rows)].Idle.Add(bound);

    /// <summary>Learns the shapes of a batch that ran without bound memory.</summary>
    /// <param name="outputs">The outputs' names.</param>
    /// <param name="rows">The batch's rows.</param>
    /// <param name="declared">What the session knows of each output.</param>
    /// <param name="raw">What came.</param>
    public void Learn(string outputs, int rows, IReadOnlyList<NodeMetadata> declared, IReadOnlyList<RawOutput> raw)
    {
        if (shapes.Count < MostShapes && BoundOutputs.Fits(declared) && raw.All(output => output.Dims.Length > 0 && output.Dims[0] == rows))
        {
            shapes.TryAdd((outputs, rows), new Shape([.. declared.Select(output => output.ElementDataType)], [.. raw.Select(output => output.Dims)]));
        }
    }

    /// <summary>Notes that the shapes change from batch to batch, so that nothing is bound for them any more.</summary>
    public void Forget(string outputs, int rows) => shapes[(outputs, rows)].Varies = true;

    public void Dispose()
    {
        foreach (BoundOutputs bound in shapes.Values.SelectMany(shape => shape.Idle))
        {
            bound.Dispose();
        }
    }

    private sealed class Shape(TensorElementType[] types, int[][] dims)
    {
        public TensorElementType[] Types { get; } = types;

        public int[][] Dims { get; } = dims;

        public ConcurrentBag<BoundOutputs> Idle { get; } = [];

        public volatile bool Varies;
    }
}
