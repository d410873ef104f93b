using Governance.Audit.Explanations;

namespace Governance.Audit.Training.Networks;

/// <summary>All weights and biases of a network in one array, and the loss and its gradient there.</summary>
/// <remarks>A layer's weights, shape [inputs, outputs], come before its biases; layers follow each other.</remarks>
internal sealed class NetworkParameters
{
    private readonly int[] widths;
    private readonly IReadOnlyList<NetworkActivation> hidden;
    private readonly double[][] values;
    private readonly double[][] slopes;

    /// <summary>Makes room for a network.</summary>
    /// <param name="widths">Features, hidden widths, outputs.</param>
    /// <param name="hidden">What the units of each hidden layer do; null for rectified ones.</param>
    public NetworkParameters(int[] widths, IReadOnlyList<NetworkActivation>? hidden = null)
    {
        this.widths = widths;
        this.hidden = hidden ?? [.. Enumerable.Repeat(NetworkActivation.Rectified, widths.Length - 2)];
        int size = 0;
        for (int layer = 1; layer < widths.Length; layer++)
        {
            size += (widths[layer - 1] + 1) * widths[layer];
        }

        Values = new double[size];
        Gradient = new double[size];
        values = [.. widths.Select(width => new double[width])];
        slopes = [.. widths.Select(width => new double[width])];
    }

    /// <summary>The parameters.</summary>
    public double[] Values { get; }

    /// <summary>Sums of derivatives of the loss by the parameters.</summary>
    public double[] Gradient { get; }

    /// <summary>Draws first weights (He et al., ICCV 2015: variance 2 / inputs), biases 0.</summary>
    public void Draw(int seed)
    {
        SeededRandom random = new(seed, 0);
        int at = 0;
        for (int layer = 1; layer < widths.Length; layer++)
        {
            // Uniform in ±sqrt(6 / inputs) has that variance; the last layer starts smaller, near the prior.
            double reach = Math.Sqrt((layer == widths.Length - 1 ? 1.0 : 6.0) / widths[layer - 1]);
            for (int i = 0; i < widths[layer - 1] * widths[layer]; i++)
            {
                Values[at++] = reach * ((2 * random.NextDouble()) - 1);
            }

            Values.AsSpan(at, widths[layer]).Clear();
            at += widths[layer];
        }
    }

    /// <summary>Takes weights and biases as they are.</summary>
    /// <param name="layers">Of the widths that this network has.</param>
    public void Take(IReadOnlyList<NetworkLayer> layers)
    {
        int at = 0;
        foreach (float value in layers.SelectMany(layer => layer.Weights.Concat(layer.Biases)))
        {
            Values[at++] = value;
        }
    }

    /// <summary>Adds the gradient of the cross-entropy between given shares of the classes and the network's own to <see cref="Gradient"/>.</summary>
    /// <param name="row">Shape [features], as the first layer reads them.</param>
    /// <param name="shares">Shape [classes], sum 1; one number is learned by squared error.</param>
    /// <param name="weight">Of the row.</param>
    public void AddGradient(ReadOnlySpan<double> row, ReadOnlySpan<double> shares, double weight)
    {
        row.CopyTo(values[0]);
        Forward();
        double[] outputs = values[^1];
        double[] ends = slopes[^1];
        double largest = outputs.Max();
        double sum = outputs.Sum(value => Math.Exp(value - largest));
        for (int k = 0; k < ends.Length; k++)
        {
            ends[k] = weight * ((outputs.Length == 1 ? outputs[0] : Math.Exp(outputs[k] - largest) / sum) - shares[k]);
        }

        Backward();
    }

    /// <summary>Adds the gradient of one row's loss to <see cref="Gradient"/>.</summary>
    /// <param name="row">Shape [features], standardised.</param>
    /// <param name="target">The class, or the standardised number.</param>
    /// <param name="weight">Of the row.</param>
    /// <returns>The row's weighted loss: nats, or half the squared error.</returns>
    public double AddGradient(ReadOnlySpan<double> row, double target, double weight)
    {
        double loss = Loss(row, target);
        double[] outputs = values[^1];
        double[] ends = slopes[^1];
        if (outputs.Length == 1)
        {
            ends[0] = weight * (outputs[0] - target);
        }
        else
        {
            double largest = outputs.Max();
            double sum = outputs.Sum(value => Math.Exp(value - largest));
            for (int k = 0; k < ends.Length; k++)
            {
                ends[k] = weight * ((Math.Exp(outputs[k] - largest) / sum) - (k == (int)target ? 1 : 0));
            }
        }

        Backward();
        return weight * loss;
    }

    /// <summary>The loss of one row: nats, or half the squared error.</summary>
    /// <param name="row">Shape [features], standardised.</param>
    /// <param name="target">The class, or the standardised number.</param>
    public double Loss(ReadOnlySpan<double> row, double target)
    {
        row.CopyTo(values[0]);
        Forward();
        double[] outputs = values[^1];
        if (outputs.Length == 1)
        {
            return (outputs[0] - target) * (outputs[0] - target) / 2;
        }

        double largest = outputs.Max();
        return largest + Math.Log(outputs.Sum(value => Math.Exp(value - largest))) - outputs[(int)target];
    }

    /// <summary>The layers as they go into a model.</summary>
    public NetworkLayer[] Layers()
    {
        NetworkLayer[] layers = new NetworkLayer[widths.Length - 1];
        int at = 0;
        for (int layer = 1; layer < widths.Length; layer++)
        {
            float[] weights = [.. Values.Skip(at).Take(widths[layer - 1] * widths[layer]).Select(value => (float)value)];
            at += weights.Length;
            float[] biases = [.. Values.Skip(at).Take(widths[layer]).Select(value => (float)value)];
            at += biases.Length;
            layers[layer - 1] = new NetworkLayer(widths[layer - 1], widths[layer], weights, biases);
        }

        return layers;
    }

    /// <summary>Adds penalty · weight to the gradient of each weight, not of biases.</summary>
    public void AddPenalty(double penalty)
    {
        int at = 0;
        for (int layer = 1; layer < widths.Length; layer++)
        {
            for (int i = 0; i < widths[layer - 1] * widths[layer]; i++, at++)
            {
                Gradient[at] += penalty * Values[at];
            }

            at += widths[layer];
        }
    }

    private void Forward()
    {
        int at = 0;
        for (int layer = 1; layer < widths.Length; layer++)
        {
            double[] inputs = values[layer - 1];
            double[] outputs = values[layer];
            int biases = at + (inputs.Length * outputs.Length);
            Values.AsSpan(biases, outputs.Length).CopyTo(outputs);
            for (int i = 0; i < inputs.Length; i++)
            {
                double input = inputs[i];
                ReadOnlySpan<double> weights = Values.AsSpan(at + (i * outputs.Length), outputs.Length);
                for (int j = 0; input != 0 && j < outputs.Length; j++)
                {
                    outputs[j] += input * weights[j];
                }
            }

            for (int j = 0; layer < widths.Length - 1 && j < outputs.Length; j++)
            {
                outputs[j] = hidden[layer - 1].Of(outputs[j]);
            }

            at = biases + outputs.Length;
        }
    }

    private void Backward()
    {
        int end = Values.Length;
        for (int layer = widths.Length - 1; layer > 0; layer--)
        {
            double[] inputs = values[layer - 1];
            double[] above = slopes[layer];
            double[] below = slopes[layer - 1];
            int biases = end - above.Length;
            int start = biases - (inputs.Length * above.Length);
            for (int j = 0; j < above.Length; j++)
            {
                Gradient[biases + j] += above[j];
            }

            for (int i = 0; i < inputs.Length; i++)
            {
                double sum = 0;
                int row = start + (i * above.Length);
                for (int j = 0; j < above.Length; j++)
                {
                    Gradient[row + j] += inputs[i] * above[j];
                    sum += Values[row + j] * above[j];
                }

                // The first layer's inputs are features: nobody asks for their slopes.
                below[i] = layer > 1 ? sum * hidden[layer - 2].Slope(inputs[i]) : 0;
            }

            end = start;
        }
    }
}
