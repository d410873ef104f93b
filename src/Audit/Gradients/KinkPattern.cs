using Governance.Audit.Explanations;
using Governance.Audit.Training.Export;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Gradients;

/// <summary>
/// One whole number a row that is the same for two rows where all ReLUs, maxima and other pieces are the same, and
/// differs where one is not: a sum of random weights of 26 bits, exact in 53 bits.
/// </summary>
internal static class KinkPattern
{
    private const long Modulus = 1 << 26;

    // Beyond it the sum of weights would pass 2^53; a value so wide has kinks everywhere anyway.
    private const int Widest = 1 << 22;

    /// <summary>Writes the pattern of all kinks marked.</summary>
    /// <returns>The name of a value of shape [N, 1], or null where nothing was marked that belongs to single rows.</returns>
    public static string? Write(GradientTrace trace)
    {
        string[] parts = [.. trace.Marks.Select((mark, place) => Part(trace, mark, place)).OfType<string>()];
        string? sum = null;
        foreach (string part in parts)
        {
            sum = sum is null ? part : trace.Tape.Add(sum, part);
        }

        return sum is null ? null : trace.Tape.Op("Identity", [sum]);
    }

    private static string? Part(GradientTrace trace, KinkMark mark, int place)
    {
        Tape tape = trace.Tape;
        int[] dims = trace.Facts.Dims(mark.Like);
        int rows = trace.Facts.RowAxis(mark.Like);
        if (rows < 0 || dims.Where((size, axis) => axis != rows && size == ValueFacts.Free).Any())
        {
            return null;
        }

        long width = dims.Where((_, axis) => axis != rows).Aggregate(1L, (product, size) => product * size);
        if (width > Widest)
        {
            return null;
        }

        string pattern = tape.Cast(mark.Pattern, DataType.Int64);
        if (rows > 0)
        {
            long[] order = [rows, .. Enumerable.Range(0, dims.Length).Where(axis => axis != rows).Select(axis => (long)axis)];
            pattern = tape.Op("Transpose", [pattern], GraphBuilder.Attribute("perm", order));
        }

        string weights = tape.Whole(Weights((int)width, place));
        string weighted = tape.Mul(tape.Op("Reshape", [pattern, tape.Whole(-1, width)]), weights);
        string kept = weighted;
        if (mark.Positions > 0)
        {
            string own = tape.Op("Mod", [tape.Op("Reshape", [pattern, tape.Whole(-1, width)]), tape.Scalar(mark.Positions)]);
            kept = tape.Op("Mod", [tape.Mul(own, weights), tape.Scalar(Modulus)]);
        }

        return tape.Sum(kept, [1], keep: true);
    }

    private static long[] Weights(int width, int place)
    {
        SeededRandom random = new(1, place);
        long[] weights = new long[width];
        for (int i = 0; i < width; i++)
        {
            weights[i] = 1 + random.NextBelow((int)Modulus - 1);
        }

        return weights;
    }
}
