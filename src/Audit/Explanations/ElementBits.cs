using System.Diagnostics;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations;

/// <summary>Elements of tensors compared by their bits, so that every NaN equals itself and -0 differs from 0.</summary>
internal static class ElementBits
{
    /// <summary>The bits of an element; a text is numbered by its first appearance.</summary>
    public static long Of(InputTensor tensor, int row, int offset, Dictionary<string, long> texts)
    {
        int at = (row * tensor.Width) + offset;
        if (tensor.Values is string[] values)
        {
            string text = values[at];
            if (!texts.TryGetValue(text, out long number))
            {
                number = texts.Count;
                texts.Add(text, number);
            }

            return number;
        }

        return Bits(tensor.Values, at);
    }

    /// <summary>The bits of an element of the first row; false for a text without a number.</summary>
    public static bool TryOf(InputTensor tensor, int offset, Dictionary<string, long> texts, out long bits)
    {
        if (tensor.Values is string[] values)
        {
            return texts.TryGetValue(values[offset], out bits);
        }

        bits = Bits(tensor.Values, offset);
        return true;
    }

    /// <summary>The bits of an element that is no text.</summary>
    public static long Bits(Array values, int at) => values switch
    {
        float[] floats => BitConverter.SingleToInt32Bits(floats[at]),
        double[] doubles => BitConverter.DoubleToInt64Bits(doubles[at]),
        long[] longs => longs[at],
        int[] ints => ints[at],
        bool[] flags => flags[at] ? 1 : 0,
        _ => throw new UnreachableException(),
    };
}
