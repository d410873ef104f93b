using Governance.Audit.Inference.Graphs;
using Governance.Audit.Training.Export;

namespace Governance.Audit.Gradients.Rules;

/// <summary>Convolutions, whose gradients are each other. Weights must be constant.</summary>
internal static class ConvolutionRules
{
    /// <summary>Adds the rules.</summary>
    public static void Register(Dictionary<string, GradientRule> rules)
    {
        rules["Conv"] = Convolution;
        rules["ConvTranspose"] = Transposed;
    }

    private static void Convolution(BackwardStep step)
    {
        RefuseWeights(step);
        Windows windows = Windows.Of(step, Kernel(step));
        step.Give(0, step.Tape.Op("ConvTranspose", [step.G, step.Node.Input[1]], windows.Spread(step.Integer("group", 1))));
    }

    private static void Transposed(BackwardStep step)
    {
        RefuseWeights(step);
        if (step.Integers("output_shape").Length > 0 || GraphIndex.Text(step.Node, "auto_pad") is "SAME_UPPER" or "SAME_LOWER")
        {
            throw step.Refused("its padding follows from an output shape");
        }

        long[] kernel = Kernel(step);
        step.Give(0, step.Tape.Op(
            "Conv", [step.G, step.Node.Input[1]],
            GraphBuilder.Attribute("kernel_shape", kernel),
            GraphBuilder.Attribute("strides", Windows.Or(step.Integers("strides"), kernel.Length, 1)),
            GraphBuilder.Attribute("dilations", Windows.Or(step.Integers("dilations"), kernel.Length, 1)),
            GraphBuilder.Attribute("pads", Windows.Or(step.Integers("pads"), 2 * kernel.Length, 0)),
            GraphBuilder.Attribute("group", step.Integer("group", 1))));
    }

    private static long[] Kernel(BackwardStep step) => [.. step.Facts.Dims(step.Node.Input[1])[2..].Select(size => (long)size)];

    private static void RefuseWeights(BackwardStep step)
    {
        if (step.Wants(1) || step.Wants(2))
        {
            throw step.Refused("its weights depend on the inputs");
        }
    }
}
