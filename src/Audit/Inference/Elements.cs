using System.Diagnostics;
using System.Numerics;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Governance.Audit.Inference;

/// <summary>Turns the elements of a tensor into doubles; exact for all types but whole numbers beyond 2^53.</summary>
internal static class Elements
{
    /// <summary>Copies a tensor of numbers or truth values (1 and 0).</summary>
    public static double[] ToDoubles(OrtValue tensor, TensorElementType type) => type switch
    {
        TensorElementType.Float => Convert<float>(tensor),
        TensorElementType.Double => tensor.GetTensorDataAsSpan<double>().ToArray(),
        TensorElementType.Int64 => Convert<long>(tensor),
        TensorElementType.Int32 => Convert<int>(tensor),
        TensorElementType.Int16 => Convert<short>(tensor),
        TensorElementType.Int8 => Convert<sbyte>(tensor),
        TensorElementType.UInt64 => Convert<ulong>(tensor),
        TensorElementType.UInt32 => Convert<uint>(tensor),
        TensorElementType.UInt16 => Convert<ushort>(tensor),
        TensorElementType.UInt8 => Convert<byte>(tensor),
        TensorElementType.Bool => Convert(tensor.GetTensorDataAsSpan<bool>(), flag => flag ? 1.0 : 0.0),
        TensorElementType.Float16 => Convert(tensor.GetTensorDataAsSpan<Float16>(), half => (double)half.ToFloat()),
        TensorElementType.BFloat16 => Convert(tensor.GetTensorDataAsSpan<BFloat16>(), half => (double)half.ToFloat()),
        _ => throw new UnreachableException(),
    };

    /// <summary>Whether <see cref="ToDoubles"/> takes this type.</summary>
    public static bool IsNumeric(TensorElementType type) => type is >= TensorElementType.Float and <= TensorElementType.Int64
        or TensorElementType.Bool or TensorElementType.Float16 or TensorElementType.Double or TensorElementType.UInt32
        or TensorElementType.UInt64 or TensorElementType.BFloat16;

    private static double[] Convert<T>(OrtValue tensor)
        where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<T> from = tensor.GetTensorDataAsSpan<T>();
        double[] to = new double[from.Length];
        System.Numerics.Tensors.TensorPrimitives.ConvertTruncating<T, double>(from, to);
        return to;
    }

    private static double[] Convert<T>(ReadOnlySpan<T> from, Func<T, double> convert)
    {
        double[] to = new double[from.Length];
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = convert(from[i]);
        }

        return to;
    }
}
