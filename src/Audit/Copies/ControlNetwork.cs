using System.Numerics.Tensors;
using Governance.Audit.Explanations;

namespace Governance.Audit.Copies;

/// <summary>How a control network is trained.</summary>
/// <param name="Hidden">Units of each hidden layer; none gives a linear model.</param>
/// <param name="Decay">The weight of the squared weights in the loss.</param>
/// <param name="Epochs">Passes over the data.</param>
/// <param name="Seed">Of start, order and hold-out.</param>
/// <param name="StopEarly">Whether the pass that was best on a tenth of the rows is kept.</param>
internal sealed record NetworkRecipe(int[] Hidden, double Decay, int Epochs, int Seed, bool StopEarly);

/// <summary>A small network of ReLU layers, trained on labels: what an independent network of the same data looks like.</summary>
/// <remarks>
/// Adam (Kingma and Ba, ICLR 2015) with its usual constants on batches of 32; weights start as He et al. (ICCV 2015).
/// Cost O(epochs · rows · weights). Same seed, same bits.
/// </remarks>
internal sealed class ControlNetwork
{
    private const int Batch = 32;
    private const double Rate = 2e-3;

    private readonly int[] sizes;
    private readonly double[][] weights; // layer l: [sizes[l + 1], sizes[l] + 1], the bias last
    private readonly int classes;

    private ControlNetwork(int[] sizes, int classes, int seed)
    {
        this.sizes = sizes;
        this.classes = classes;
        weights = new double[sizes.Length - 1][];
        SeededRandom random = new(seed, 0);
        for (int layer = 0; layer < weights.Length; layer++)
        {
            weights[layer] = new double[sizes[layer + 1] * (sizes[layer] + 1)];
            double scale = Math.Sqrt((layer == weights.Length - 1 ? 1.0 : 2.0) / sizes[layer]);
            for (int i = 0; i < weights[layer].Length; i++)
            {
                weights[layer][i] = i % (sizes[layer] + 1) == sizes[layer] ? 0 : scale * Gauss(ref random);
            }
        }
    }

    /// <summary>Trains one.</summary>
    public static ControlNetwork Train(TrainingRows rows, NetworkRecipe recipe, CancellationToken cancellationToken)
    {
        ControlNetwork network = new([rows.Width, .. recipe.Hidden, rows.Outputs], rows.Classes, recipe.Seed);
        SeededRandom random = new(recipe.Seed, 1);
        int[] order = Shuffled(rows.Rows, ref random);
        int held = recipe.StopEarly ? Math.Min(rows.Rows / 10, 2_000) : 0;
        TrainingRows watch = rows.Take(order[..held]);
        TrainingRows train = rows.Take(order[held..]);
        double[][] gradient = [.. network.weights.Select(layer => new double[layer.Length])];
        double[][] first = [.. network.weights.Select(layer => new double[layer.Length])];
        double[][] second = [.. network.weights.Select(layer => new double[layer.Length])];
        double[][] best = network.weights;
        double least = double.PositiveInfinity;
        int step = 0;
        for (int epoch = 0; epoch < recipe.Epochs; epoch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[] turn = Shuffled(train.Rows, ref random);
            for (int start = 0; start < turn.Length; start += Batch)
            {
                int[] batch = turn[start..Math.Min(start + Batch, turn.Length)];
                network.Step(train, batch, gradient, first, second, recipe.Decay, ++step);
            }

            double loss = held == 0 ? 0 : network.Loss(watch);
            if (held > 0 && loss < least)
            {
                (least, best) = (loss, [.. network.weights.Select(layer => (double[])layer.Clone())]);
            }
        }

        for (int layer = 0; layer < best.Length; layer++)
        {
            best[layer].CopyTo(network.weights[layer], 0);
        }

        return network;
    }

    /// <summary>The scores of rows.</summary>
    /// <param name="features">Shape [rows, width].</param>
    public ScoreTable Score(double[] features)
    {
        int rows = features.Length / sizes[0];
        double[] scores = new double[rows * sizes[^1]];
        double[][] values = Buffers();
        for (int row = 0; row < rows; row++)
        {
            Forward(features.AsSpan(row * sizes[0], sizes[0]), values);
            values[^1].AsSpan(0, sizes[^1]).CopyTo(scores.AsSpan(row * sizes[^1]));
        }

        return LossGradient.Table(scores, sizes[^1], classes);
    }

    /// <summary>The weights of each layer, the bias last in each row, for comparison with other networks.</summary>
    public IEnumerable<WeightTensor> Tensors() =>
        weights.Select((layer, i) => new WeightTensor($"layer {i}", [sizes[i + 1], sizes[i] + 1], layer));

    private double Loss(TrainingRows rows)
    {
        double[][] values = Buffers();
        double[] slope = new double[sizes[^1]];
        double sum = 0;
        for (int row = 0; row < rows.Rows; row++)
        {
            Forward(rows.Features.AsSpan(row * sizes[0], sizes[0]), values);
            sum += LossGradient.Fill(values[^1].AsSpan(0, sizes[^1]), rows.Targets[row], classes, slope);
        }

        return sum / Math.Max(1, rows.Rows);
    }

    private void Step(
        TrainingRows rows, int[] batch, double[][] gradient, double[][] first, double[][] second, double decay, int step)
    {
        double[][] values = Buffers();
        double[][] deltas = Buffers();
        foreach (double[] layer in gradient)
        {
            Array.Clear(layer);
        }

        foreach (int row in batch)
        {
            Forward(rows.Features.AsSpan(row * sizes[0], sizes[0]), values);
            LossGradient.Fill(values[^1].AsSpan(0, sizes[^1]), rows.Targets[row], classes, deltas[^1]);
            Backward(values, deltas, gradient);
        }

        double one = 1 - Math.Pow(0.9, step);
        double two = 1 - Math.Pow(0.999, step);
        for (int layer = 0; layer < weights.Length; layer++)
        {
            for (int i = 0; i < gradient[layer].Length; i++)
            {
                double g = (gradient[layer][i] / batch.Length) + (decay * weights[layer][i]);
                first[layer][i] = (0.9 * first[layer][i]) + (0.1 * g);
                second[layer][i] = (0.999 * second[layer][i]) + (0.001 * g * g);
                weights[layer][i] -= Rate * (first[layer][i] / one) / (Math.Sqrt(second[layer][i] / two) + 1e-8);
            }
        }
    }

    private void Forward(ReadOnlySpan<double> row, double[][] values)
    {
        row.CopyTo(values[0]);
        for (int layer = 0; layer < weights.Length; layer++)
        {
            int width = sizes[layer] + 1;
            values[layer][width - 1] = 1; // the bias's input
            for (int unit = 0; unit < sizes[layer + 1]; unit++)
            {
                double sum = TensorPrimitives.Dot(weights[layer].AsSpan(unit * width, width), values[layer].AsSpan(0, width));
                values[layer + 1][unit] = layer < weights.Length - 1 ? Math.Max(0, sum) : sum;
            }
        }
    }

    private void Backward(double[][] values, double[][] deltas, double[][] gradient)
    {
        for (int layer = weights.Length - 1; layer >= 0; layer--)
        {
            int width = sizes[layer] + 1;
            Span<double> below = deltas[layer].AsSpan(0, width);
            below.Clear();
            for (int unit = 0; unit < sizes[layer + 1]; unit++)
            {
                double delta = deltas[layer + 1][unit];
                if (delta == 0)
                {
                    continue;
                }

                Span<double> slope = gradient[layer].AsSpan(unit * width, width);
                TensorPrimitives.MultiplyAdd(values[layer].AsSpan(0, width), delta, slope, slope);
                TensorPrimitives.MultiplyAdd(weights[layer].AsSpan(unit * width, width), delta, below, below);
            }

            for (int i = 0; layer > 0 && i < sizes[layer]; i++)
            {
                below[i] = values[layer][i] > 0 ? below[i] : 0;
            }
        }
    }

    // One longer than the layer: the bias's constant 1 stands at its end.
    private double[][] Buffers() => [.. sizes.Select(size => new double[size + 1])];

    private static int[] Shuffled(int count, ref SeededRandom random)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            int j = random.NextBelow(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    private static double Gauss(ref SeededRandom random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
