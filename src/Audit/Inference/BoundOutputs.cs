using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Governance.Audit.Inference;

/// <summary>Memory that the runtime writes the outputs of one batch size into, bound before the run and used again.</summary>
internal sealed class BoundOutputs : IDisposable
{
    private readonly Array[] buffers;
    private readonly int[][] dims;
    private readonly OrtValue[] values;

    private BoundOutputs(Array[] buffers, int[][] dims, OrtValue[] values)
    {
        this.buffers = buffers;
        this.dims = dims;
        this.values = values;
    }

    /// <summary>The values to hand to a run, one an output.</summary>
    public IReadOnlyCollection<OrtValue> Values => values;

    /// <summary>Limits and termination of the run; thrown away with the rest once it was used to stop one.</summary>
    public RunOptions Run { get; } = new();

    /// <summary>Whether outputs of these types can be bound: tensors of the common number types.</summary>
    public static bool Fits(IEnumerable<NodeMetadata> outputs) => outputs.All(output =>
        output.IsTensor && output.ElementDataType is TensorElementType.Float or TensorElementType.Double or TensorElementType.Int64);

    /// <summary>Makes memory for outputs.</summary>
    /// <param name="types">One element type an output, as <see cref="Fits"/> allows.</param>
    /// <param name="dims">All dimensions of each output.</param>
    public static BoundOutputs Make(IReadOnlyList<TensorElementType> types, IReadOnlyList<int[]> dims)
    {
        Array[] buffers = new Array[types.Count];
        OrtValue[] values = new OrtValue[types.Count];
        for (int i = 0; i < values.Length; i++)
        {
            int length = dims[i].Aggregate(1, (product, size) => product * size);
            long[] shape = [.. dims[i].Select(size => (long)size)];
            switch (types[i])
            {
                case TensorElementType.Float:
                    float[] floats = new float[length];
                    (buffers[i], values[i]) = (floats, OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, floats.AsMemory(), shape));
                    break;
                case TensorElementType.Double:
                    double[] doubles = new double[length];
                    (buffers[i], values[i]) = (doubles, OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, doubles.AsMemory(), shape));
                    break;
                default:
                    long[] longs = new long[length];
                    (buffers[i], values[i]) = (longs, OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, longs.AsMemory(), shape));
                    break;
            }
        }

        return new BoundOutputs(buffers, [.. dims], values);
    }

    /// <summary>The outputs of the last run, copied.</summary>
    public IReadOnlyList<RawOutput> Copy()
    {
        RawOutput[] outputs = new RawOutput[buffers.Length];
        for (int i = 0; i < outputs.Length; i++)
        {
            double[] numbers = new double[buffers[i].Length];
            switch (buffers[i])
            {
                case float[] floats:
                    TensorPrimitives.ConvertTruncating<float, double>(floats, numbers);
                    break;
                case double[] doubles:
                    doubles.CopyTo(numbers, 0);
                    break;
                case long[] longs:
                    TensorPrimitives.ConvertTruncating<long, double>(longs, numbers);
                    break;
            }

            outputs[i] = new RawOutput(numbers, null, dims[i], null);
        }

        return outputs;
    }

    public void Dispose()
    {
        foreach (OrtValue value in values)
        {
            value.Dispose();
        }

        Run.Dispose();
    }
}
