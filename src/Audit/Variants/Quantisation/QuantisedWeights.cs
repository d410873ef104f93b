namespace Governance.Audit.Variants.Quantisation;

/// <summary>Weights as bytes: weight ≈ scale · (byte - 128), the zero exactly.</summary>
/// <remarks>
/// Symmetric, in [-127, 127]. Bytes are unsigned with the zero point 128, because the product of unsigned activations and
/// signed weights overflows 16 bits on processors without a dot product of bytes, and would then answer otherwise there.
/// One scale a channel; one for all where a channel has fewer than <see cref="LeastKernel"/> weights, whose scales would
/// cost more than they save.
/// </remarks>
/// <param name="Values">In the order of the weights.</param>
/// <param name="Scales">One, or one a channel; above 0.</param>
/// <param name="Axis">The axis of the channels; null for one scale.</param>
internal sealed record QuantisedWeights(byte[] Values, float[] Scales, int? Axis)
{
    /// <summary>The byte that stands for 0.</summary>
    public const byte Zero = 128;

    /// <summary>Channels of fewer weights share one scale.</summary>
    public const int LeastKernel = 32;

    private const float Levels = 127;

    /// <summary>Quantises weights.</summary>
    /// <param name="values">Row-major.</param>
    /// <param name="dims">Their shape.</param>
    /// <param name="axis">The axis of the channels.</param>
    public static QuantisedWeights Of(float[] values, int[] dims, int axis)
    {
        int channels = dims[axis];
        int inner = dims.Skip(axis + 1).Aggregate(1, (product, size) => product * size);
        bool shared = values.Length / channels < LeastKernel;
        float[] largest = new float[shared ? 1 : channels];
        for (int i = 0; i < values.Length; i++)
        {
            int channel = shared ? 0 : i / inner % channels;
            largest[channel] = Math.Max(largest[channel], Math.Abs(values[i]));
        }

        // A channel of zeros keeps a scale of its own kind; its bytes are all 128.
        float[] scales = [.. largest.Select(value => value > 0 ? Math.Max(value / Levels, float.Epsilon * 1e6f) : 1)];
        byte[] bytes = new byte[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            float level = values[i] / scales[shared ? 0 : i / inner % channels];
            bytes[i] = (byte)(Zero + (int)Math.Clamp(MathF.Round(level, MidpointRounding.ToEven), -Levels, Levels));
        }

        return new QuantisedWeights(bytes, scales, shared ? null : axis);
    }

    /// <summary>The same bytes as signed ones around 0, for operators that widen them.</summary>
    public byte[] Signed() => [.. Values.Select(value => (byte)(value - Zero))];
}
