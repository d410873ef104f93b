using Governance.Audit.Explanations;
using Governance.Audit.Inference;

namespace Governance.Audit.Tests.Explanations;

/// <summary>Small games and models of known shape.</summary>
internal static class Given
{
    /// <summary>Random values of all coalitions of a game, in [0, 1).</summary>
    public static double[] RandomGame(int players, int outputs, int seed)
    {
        SeededRandom random = new(seed, 99);
        double[] values = new double[outputs << players];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = random.NextDouble();
        }

        return values;
    }

    /// <summary>Shapley values by their first definition: the mean marginal contribution over all orders of the players.</summary>
    public static double[] BruteForce(ReadOnlySpan<double> values, int players)
    {
        double[] sum = new double[players];
        int[] order = [.. Enumerable.Range(0, players)];
        int orders = 0;
        do
        {
            int known = 0;
            foreach (int player in order)
            {
                sum[player] += values[known | (1 << player)] - values[known];
                known |= 1 << player;
            }

            orders++;
        }
        while (NextPermutation(order));

        return [.. sum.Select(total => total / orders)];
    }

    /// <summary>Values of the coalitions of a design, looked up in a full table; shape [coalitions, outputs].</summary>
    public static double[] LookUp(CoalitionSet coalitions, ReadOnlySpan<double> table, int outputs)
    {
        double[] values = new double[coalitions.Count * outputs];
        for (int coalition = 0; coalition < coalitions.Count; coalition++)
        {
            table.Slice((int)coalitions.Bits(coalition)[0] * outputs, outputs).CopyTo(values.AsSpan(coalition * outputs));
        }

        return values;
    }

    /// <summary>A batch of one float tensor "x".</summary>
    public static InputBatch Floats(int width, params float[] values) =>
        new([new InputTensor("x", values, width, [width])]);

    /// <summary>Uniform floats in [-1, 1), shape [rows, width].</summary>
    public static InputBatch RandomRows(int rows, int width, int seed)
    {
        SeededRandom random = new(seed, 7);
        float[] values = new float[rows * width];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)((2 * random.NextDouble()) - 1);
        }

        return Floats(width, values);
    }

    /// <summary>A smooth function with interactions of all orders and two outputs, on one float tensor.</summary>
    public static double[] Bent(InputBatch rows)
    {
        float[] x = (float[])rows.Tensors[0].Values;
        int width = rows.Tensors[0].Width;
        double[] outputs = new double[rows.Rows * 2];
        for (int row = 0; row < rows.Rows; row++)
        {
            double sum = 0;
            double product = 1;
            for (int i = 0; i < width; i++)
            {
                double value = x[(row * width) + i];
                sum += (i % 3 - 1.2) * value;
                product *= 1 + (0.5 * value);
            }

            outputs[2 * row] = 1 / (1 + Math.Exp(-sum)) + (0.1 * product);
            outputs[(2 * row) + 1] = Math.Tanh(sum) * product;
        }

        return outputs;
    }

    private static bool NextPermutation(int[] order)
    {
        int i = order.Length - 2;
        while (i >= 0 && order[i] > order[i + 1])
        {
            i--;
        }

        if (i < 0)
        {
            return false;
        }

        int j = order.Length - 1;
        while (order[j] < order[i])
        {
            j--;
        }

        (order[i], order[j]) = (order[j], order[i]);
        Array.Reverse(order, i + 1, order.Length - i - 1);
        return true;
    }
}
