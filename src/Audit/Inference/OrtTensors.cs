using Governance.Audit.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Governance.Audit.Inference;

/// <summary>Rows into the runtime's values, and its values out of them.</summary>
internal static class OrtTensors
{
    /// <summary>Some rows of a tensor, in place where they are numbers.</summary>
    public static OrtValue Make(InputTensor tensor, int start, int count, bool scalar)
    {
        long[] shape = scalar ? [] : [count, .. tensor.RowShape.Select(size => (long)size)];
        int first = start * tensor.Width;
        int length = count * tensor.Width;
        return tensor.Values switch
        {
            float[] numbers => Make(numbers.AsMemory(first, length), shape),
            double[] numbers => Make(numbers.AsMemory(first, length), shape),
            long[] numbers => Make(numbers.AsMemory(first, length), shape),
            int[] numbers => Make(numbers.AsMemory(first, length), shape),
            bool[] flags => Make(flags.AsMemory(first, length), shape),
            string[] texts => Make(texts.AsSpan(first, length), shape),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>A tensor over numbers or truth values that stay where they are; there may be more of them than the shape takes.</summary>
    public static OrtValue Over(Array values, long[] shape) => values switch
    {
        float[] numbers => Make(numbers.AsMemory(), shape),
        double[] numbers => Make(numbers.AsMemory(), shape),
        long[] numbers => Make(numbers.AsMemory(), shape),
        int[] numbers => Make(numbers.AsMemory(), shape),
        bool[] flags => Make(flags.AsMemory(), shape),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static OrtValue Make<T>(Memory<T> memory, long[] shape)
        where T : unmanaged => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory, shape);

    private static OrtValue Make(ReadOnlySpan<string> texts, long[] shape)
    {
        OrtValue value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);
        for (int i = 0; i < texts.Length; i++)
        {
            value.StringTensorSetElementAt(texts[i].AsSpan(), i);
        }

        return value;
    }

    /// <summary>A tensor or a sequence of maps as arrays of ours.</summary>
    /// <exception cref="InputException">The maps of two rows have different keys.</exception>
    public static RawOutput Copy(OrtValue value)
    {
        if (value.OnnxType == OnnxValueType.ONNX_TYPE_SEQUENCE)
        {
            return CopyMaps(value);
        }

        OrtTensorTypeAndShapeInfo info = value.GetTensorTypeAndShape();
        int[] dims = [.. info.Shape.Select(size => checked((int)size))];
        return info.ElementDataType == TensorElementType.String
            ? new RawOutput(null, value.GetStringTensorAsArray(), dims, null)
            : new RawOutput(Elements.ToDoubles(value, info.ElementDataType), null, dims, null);
    }

    private static RawOutput CopyMaps(OrtValue sequence)
    {
        int rows = sequence.GetValueCount();
        string[] keys = [];
        double[] numbers = [];
        for (int row = 0; row < rows; row++)
        {
            using OrtValue map = sequence.GetValue(row, OrtAllocator.DefaultInstance);
            using OrtValue mapKeys = map.GetValue(0, OrtAllocator.DefaultInstance);
            using OrtValue mapValues = map.GetValue(1, OrtAllocator.DefaultInstance);
            string[] rowKeys = Copy(mapKeys) is { Texts: string[] texts } ? texts : [.. Copy(mapKeys).Numbers!.Select(key => key.ToString())];
            if (row == 0)
            {
                keys = rowKeys;
                numbers = new double[rows * keys.Length];
            }
            else if (!keys.AsSpan().SequenceEqual(rowKeys))
            {
                throw new InputException($"The model's maps of row 0 and row {row} have different keys.");
            }

            Copy(mapValues).Numbers!.CopyTo(numbers, row * keys.Length);
        }

        return new RawOutput(numbers, null, [rows, keys.Length], keys);
    }
}
