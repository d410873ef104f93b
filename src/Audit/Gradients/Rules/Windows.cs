using Governance.Audit.Inference.Graphs;
using Governance.Audit.Training.Export;

namespace Governance.Audit.Gradients.Rules;

/// <summary>How the windows of a convolution or a pool lie over its input, by spatial axis.</summary>
/// <param name="Kernel">Elements of the window.</param>
/// <param name="Strides">Steps from window to window.</param>
/// <param name="Dilations">Steps inside the window.</param>
/// <param name="Begin">Padding before the input.</param>
/// <param name="End">Padding behind it, as far as the node says.</param>
/// <param name="Input">Lengths of the input.</param>
/// <param name="Output">Lengths of the output.</param>
internal sealed record Windows(long[] Kernel, long[] Strides, long[] Dilations, long[] Begin, long[] End, long[] Input, long[] Output)
{
    /// <summary>Reads a node's windows.</summary>
    /// <param name="step">The node: Conv, AveragePool or another of its kind.</param>
    /// <param name="kernel">The window's lengths.</param>
    /// <exception cref="Data.InputException">A spatial length depends on the number of rows.</exception>
    public static Windows Of(BackwardStep step, long[] kernel)
    {
        long[] input = [.. step.Facts.Dims(step.X)[2..].Select(size => (long)size)];
        long[] output = [.. step.Facts.Dims(step.Y)[2..].Select(size => (long)size)];
        if (input.Concat(output).Contains(ValueFacts.Free))
        {
            throw step.Refused("its spatial lengths depend on the number of rows");
        }

        long[] strides = Or(step.Integers("strides"), kernel.Length, 1);
        long[] dilations = Or(step.Integers("dilations"), kernel.Length, 1);
        long[] pads = Or(step.Integers("pads"), 2 * kernel.Length, 0);
        long[] begin = pads[..kernel.Length];
        long[] end = pads[kernel.Length..];
        string auto = GraphIndex.Text(step.Node, "auto_pad") ?? "";
        for (int axis = 0; axis < kernel.Length && auto is "SAME_UPPER" or "SAME_LOWER"; axis++)
        {
            long total = Math.Max(((output[axis] - 1) * strides[axis]) + ((kernel[axis] - 1) * dilations[axis]) + 1 - input[axis], 0);
            begin[axis] = auto == "SAME_UPPER" ? total / 2 : total - (total / 2);
            end[axis] = total - begin[axis];
        }

        return new Windows(kernel, strides, dilations, begin, end, input, output);
    }

    /// <summary>
    /// The attributes of the ConvTranspose that spreads values over the windows onto the input: of padding at the end
    /// only so much as was reached, and zeros where the last elements were in no window.
    /// </summary>
    public AttributeProto[] Spread(long group)
    {
        long[] reach = [.. Kernel.Select((size, axis) => ((Output[axis] - 1) * Strides[axis]) + ((size - 1) * Dilations[axis]) + 1 - Begin[axis])];
        long[] cut = [.. reach.Select((length, axis) => Math.Max(length - Input[axis], 0))];
        long[] rest = [.. reach.Select((length, axis) => Math.Max(Input[axis] - length, 0))];
        return
        [
            GraphBuilder.Attribute("kernel_shape", Kernel), GraphBuilder.Attribute("strides", Strides),
            GraphBuilder.Attribute("dilations", Dilations), GraphBuilder.Attribute("group", group),
            GraphBuilder.Attribute("pads", [.. Begin, .. cut]), GraphBuilder.Attribute("output_padding", rest),
        ];
    }

    /// <summary>The attribute's values, or so many of the same where it is absent.</summary>
    public static long[] Or(long[] values, int count, long otherwise) => values.Length > 0 ? values : [.. Enumerable.Repeat(otherwise, count)];
}
