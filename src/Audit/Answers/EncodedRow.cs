using Governance.Audit.Inference;

namespace Governance.Audit.Answers;

/// <summary>Rows as the model reads them, as plain numbers.</summary>
internal static class EncodedRow
{
    /// <summary>One row of all inputs in order; empty where an input is text.</summary>
    public static float[] Of(InputBatch batch, int row)
    {
        List<float> values = [];
        foreach (InputTensor tensor in batch.Tensors)
        {
            int start = row * tensor.Width;
            switch (tensor.Values)
            {
                case float[] floats:
                    values.AddRange(floats.AsSpan(start, tensor.Width));
                    break;
                case double[] doubles:
                    values.AddRange(doubles.AsSpan(start, tensor.Width).ToArray().Select(value => (float)value));
                    break;
                case long[] longs:
                    values.AddRange(longs.AsSpan(start, tensor.Width).ToArray().Select(value => (float)value));
                    break;
                case int[] ints:
                    values.AddRange(ints.AsSpan(start, tensor.Width).ToArray().Select(value => (float)value));
                    break;
                case bool[] flags:
                    values.AddRange(flags.AsSpan(start, tensor.Width).ToArray().Select(value => value ? 1f : 0f));
                    break;
                default:
                    return [];
            }
        }

        return [.. values];
    }
}
