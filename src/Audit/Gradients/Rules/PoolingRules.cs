namespace Governance.Audit.Gradients.Rules;

/// <summary>Maxima and means over windows and over all of an image.</summary>
internal static class PoolingRules
{
    /// <summary>Adds the rules.</summary>
    public static void Register(Dictionary<string, GradientRule> rules)
    {
        rules["MaxPool"] = MaxPool;
        rules["AveragePool"] = AveragePool;
        rules["GlobalAveragePool"] = GlobalAveragePool;
        rules["GlobalMaxPool"] = GlobalMaxPool;
    }

    // The runtime itself says which element of each window was taken, counted over the whole input.
    private static void MaxPool(BackwardStep step)
    {
        if (step.Integer("storage_order", 0) != 0)
        {
            throw step.Refused("storage_order is not 0");
        }

        string taken = step.NeedOutput(1);
        int[] dims = step.Facts.Dims(step.X);
        if (!dims.AsSpan(1).Contains(ValueFacts.Free))
        {
            step.Mark(taken, step.Y, dims[1..].Aggregate(1L, (product, size) => product * size));
        }

        step.Give(0, SelectionRules.Scatter(step, taken, step.G, "add"));
    }

    private static void AveragePool(BackwardStep step)
    {
        Windows windows = Windows.Of(step, step.Integers("kernel_shape"));
        int channels = step.Facts.Dims(step.X)[1];
        if (channels == ValueFacts.Free)
        {
            throw step.Refused("its channels depend on the number of rows");
        }

        bool padding = step.Integer("count_include_pad", 0) != 0;
        double[] share = [1];
        for (int axis = 0; axis < windows.Kernel.Length; axis++)
        {
            share = [.. share.SelectMany(outer => Counts(windows, axis, padding).Select(count => outer / count))];
        }

        string scaled = step.Tape.Mul(step.G, step.Tape.Floats(share, step.Type, [1, 1, .. windows.Output]));
        double[] ones = [.. Enumerable.Repeat(1.0, channels * (int)windows.Kernel.Aggregate(1L, (product, size) => product * size))];
        string weights = step.Tape.Floats(ones, step.Type, [channels, 1, .. windows.Kernel]);
        step.Give(0, step.Tape.Op("ConvTranspose", [scaled, weights], windows.Spread(channels)));
    }

    // How many elements the mean of each window along an axis is taken over.
    private static IEnumerable<double> Counts(Windows windows, int axis, bool padding)
    {
        for (long window = 0; window < windows.Output[axis]; window++)
        {
            long start = (window * windows.Strides[axis]) - windows.Begin[axis];
            yield return Enumerable.Range(0, (int)windows.Kernel[axis])
                .Select(i => start + (i * windows.Dilations[axis]))
                .Count(at => padding ? at < windows.Input[axis] + windows.End[axis] : at >= 0 && at < windows.Input[axis]);
        }
    }

    private static void GlobalAveragePool(BackwardStep step)
    {
        int[] dims = step.Facts.Dims(step.X)[2..];
        string size = dims.Contains(ValueFacts.Free)
            ? throw step.Refused("its spatial lengths depend on the number of rows")
            : step.Number(dims.Aggregate(1.0, (product, length) => product * length));
        step.Give(0, step.Tape.ExpandLike(step.Tape.Div(step.G, size), step.X));
    }

    private static void GlobalMaxPool(BackwardStep step)
    {
        long[] axes = [.. Enumerable.Range(2, step.Facts.Rank(step.X) - 2).Select(axis => (long)axis)];
        step.Give(0, ReductionRules.SharedByTies(step, step.G, step.Y, axes));
    }
}
