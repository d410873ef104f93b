namespace Governance.Audit.Training.Networks;

/// <summary>A layer: outputs = inputs · weights + biases, through max(0, ·) unless it is the last.</summary>
/// <param name="Inputs">Its width on the way in.</param>
/// <param name="Outputs">Its width on the way out.</param>
/// <param name="Weights">Shape [inputs, outputs], row-major.</param>
/// <param name="Biases">Shape [outputs].</param>
public sealed record NetworkLayer(int Inputs, int Outputs, float[] Weights, float[] Biases);

/// <summary>A trained network of rectified layers on standardised features.</summary>
/// <param name="Classes">Classes of the target; 1 for a number.</param>
/// <param name="Features">Shape [features]: the names.</param>
/// <param name="Means">Shape [features]: taken off first.</param>
/// <param name="Scales">Shape [features]: divided by next.</param>
/// <param name="Layers">From the features to the logits, or to the number in units of <see cref="TargetScale"/>.</param>
/// <param name="TargetMean">Of a number: added last; 0 for classes.</param>
/// <param name="TargetScale">Of a number: multiplied by before; 1 for classes.</param>
public sealed record NetworkModel(
    int Classes, IReadOnlyList<string> Features, float[] Means, float[] Scales, IReadOnlyList<NetworkLayer> Layers,
    float TargetMean, float TargetScale)
{
    /// <summary>The number predicted, or the probability of each class.</summary>
    /// <param name="row">Shape [features]; no missing values.</param>
    /// <returns>Shape [1] for a number, [classes] else.</returns>
    public double[] Predict(ReadOnlySpan<float> row)
    {
        double[] values = new double[row.Length];
        for (int feature = 0; feature < values.Length; feature++)
        {
            values[feature] = ((double)row[feature] - Means[feature]) / Scales[feature];
        }

        for (int layer = 0; layer < Layers.Count; layer++)
        {
            values = Forward(Layers[layer], values, layer < Layers.Count - 1);
        }

        if (Classes == 1)
        {
            return [(values[0] * TargetScale) + TargetMean];
        }

        LogisticFunction.Softmax(values);
        return values;
    }

    private static double[] Forward(NetworkLayer layer, double[] inputs, bool rectify)
    {
        double[] outputs = new double[layer.Outputs];
        for (int j = 0; j < outputs.Length; j++)
        {
            double sum = layer.Biases[j];
            for (int i = 0; i < inputs.Length; i++)
            {
                sum += inputs[i] * layer.Weights[(i * outputs.Length) + j];
            }

            outputs[j] = rectify ? Math.Max(0, sum) : sum;
        }

        return outputs;
    }
}
