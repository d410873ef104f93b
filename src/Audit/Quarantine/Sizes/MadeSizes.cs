namespace Governance.Audit.Quarantine.Sizes;

/// <summary>Operators that make values as large as a number says: what a few bytes can ask gigabytes with.</summary>
internal static class MadeSizes
{
    /// <summary>What is known of the first output; null for an operator of another sort.</summary>
    public static Fact? Of(in Operands operands) => operands.Node.Op switch
    {
        "ConstantOfShape" => Filled(operands),
        "RandomNormal" or "RandomUniform" => Fact.Of(operands.Numbers("shape", int.MaxValue)),
        "Expand" => Fact.Of(operands[1].Value is double[] sizes ? Broadcast.Shape([operands[0].Shape ?? [], sizes]) : null),
        "Tile" => Fact.Of(Tiled(operands)),
        "Range" => Ranged(operands[0].Value, operands[1].Value, operands[2].Value),
        "Pad" => Fact.Of(Padded(operands)),
        "Resize" or "Upsample" => Fact.Of(Resized(operands)),
        "OneHot" => operands[0].Shape is double[] shape && operands[1].Value is [double depth, ..] ? Fact.Of([.. shape, depth]) : OnlyAtLeast(operands[1].Value),
        "Multinomial" => Fact.Of([.. operands[0].Shape?.Take(1) ?? [1], operands.Integer("sample_size", 1)]),
        "HannWindow" or "HammingWindow" or "BlackmanWindow" => OnlyAtLeast(operands[0].Value),
        "MelWeightMatrix" => operands[0].Value is [double bins] && operands[1].Value is [double length] ? Fact.Of([Math.Floor(length / 2) + 1, bins]) : Fact.Unknown,
        "AffineGrid" => Fact.Of(operands[1].Value),
        "CenterCropPad" => Fact.Of(operands[1].Value),
        "Col2Im" => Fact.Of(operands[1].Value),
        "MaxUnpool" => Fact.Of(operands[2].Value),
        "ConvTranspose" => Fact.Of(operands.Numbers("output_shape", int.MaxValue)),
        "RoiAlign" or "CropAndResize" => Fact.Of([operands.Integer("output_height", 1), operands.Integer("output_width", 1)]),
        "MaxRoiPool" => Fact.Of(operands.Numbers("pooled_shape", int.MaxValue)),
        "DFT" => operands[1].Value is [double points] ? Fact.Of([points]) : Fact.Unknown,
        "Conv" or "MaxPool" or "AveragePool" or "LpPool" or "ConvInteger" or "DeformConv" => AtLeastPads(operands),
        _ => null,
    };

    /// <summary>The inputs of an operator whose numbers say how large its output is.</summary>
    public static int[] SizeInputs(string op) => op switch
    {
        "ConstantOfShape" or "HannWindow" or "HammingWindow" or "BlackmanWindow" => [0],
        "Range" => [0, 1, 2],
        "Expand" or "Tile" or "Pad" or "Upsample" or "OneHot" or "AffineGrid" or "CenterCropPad" or "Col2Im" => [1],
        "Resize" => [2, 3],
        "MaxUnpool" => [2],
        _ => [],
    };

    private static Fact Filled(in Operands operands)
    {
        if (operands[0].Value is not double[] sizes)
        {
            return Fact.Unknown;
        }

        double fill = operands.Tensor("value").Value is [double one] ? one : 0;
        double elements = Fact.Product(sizes);
        return Fact.Of(sizes, elements <= Fact.MostValues ? [.. Enumerable.Repeat(fill, (int)elements)] : null);
    }

    private static double[]? Tiled(in Operands operands)
    {
        if (operands[1].Value is not double[] repeats)
        {
            return null;
        }

        double[]? shape = operands[0].Shape;
        return shape?.Length == repeats.Length ? [.. shape.Zip(repeats, (size, times) => size * times)] : repeats;
    }

    private static Fact Ranged(double[]? start, double[]? limit, double[]? step)
    {
        if (start is not [double first] || limit is not [double end] || step is not [double by] || by == 0)
        {
            return Fact.Unknown;
        }

        double count = Math.Max(Math.Ceiling((end - first) / by), 0);
        return Fact.Of([count], count <= Fact.MostValues ? [.. Enumerable.Range(0, (int)count).Select(i => first + (i * by))] : null);
    }

    private static double[]? Padded(in Operands operands)
    {
        double[]? pads = operands.Numbers("pads", 1) ?? operands.Numbers("paddings", 1);
        if (pads is null || pads.Length % 2 != 0)
        {
            return null;
        }

        int rank = pads.Length / 2;
        double[]? shape = operands[0].Shape;

        // With axes of its own the padding is of some dimensions only; those are at least so large.
        double[] from = shape?.Length == rank ? shape : [.. Enumerable.Repeat(1.0, rank)];
        return [.. from.Select((size, i) => Math.Max(size + pads[i] + pads[rank + i], 0))];
    }

    private static double[]? Resized(in Operands operands)
    {
        bool old = operands.Node.Op == "Upsample" || operands.Count == 2;
        double[]? sizes = old ? null : operands[3].Value;
        double[]? scales = operands.Numbers("scales", old ? 1 : 2);
        double[]? shape = operands[0].Shape;
        return sizes is { Length: > 0 } ? sizes
            : scales is not { Length: > 0 } ? null
            : shape?.Length == scales.Length ? [.. shape.Zip(scales, (size, times) => Math.Floor(size * times))]
            : [.. scales.Select(times => Math.Max(Math.Floor(times), 1))];
    }

    // The padded input is held beside the result, and is at least as large as its padding.
    private static Fact AtLeastPads(in Operands operands)
    {
        double[]? pads = operands.Numbers("pads", int.MaxValue);
        return pads is null || pads.Length % 2 != 0 ? Fact.Unknown
            : Fact.Of([.. Enumerable.Range(0, pads.Length / 2).Select(i => 1 + Math.Max(pads[i], 0) + Math.Max(pads[(pads.Length / 2) + i], 0))]) is { Elements: > 1e6 } large ? large
            : Fact.Unknown;
    }

    private static Fact OnlyAtLeast(double[]? size) => size is [double one, ..] ? Fact.Of([one]) : Fact.Unknown;
}
