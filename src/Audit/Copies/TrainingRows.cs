using Governance.Audit.Data;
using Governance.Audit.Inference;

namespace Governance.Audit.Copies;

/// <summary>Rows to train control models on: features as numbers on one scale, and what is to be predicted.</summary>
/// <param name="Features">Shape [rows, width] row-major, mean 0 and standard deviation 1 a column.</param>
/// <param name="Width">Features a row.</param>
/// <param name="Targets">Shape [rows]: the class by its index, or the value.</param>
/// <param name="Classes">How many classes; 0 for a regression.</param>
internal sealed record TrainingRows(double[] Features, int Width, double[] Targets, int Classes)
{
    /// <summary>How many rows.</summary>
    public int Rows => Targets.Length;

    /// <summary>Outputs a row: one for two classes (log-odds of the second) and for a value, else one a class.</summary>
    public int Outputs => Classes <= 2 ? 1 : Classes;

    /// <summary>These rows only, in this order.</summary>
    public TrainingRows Take(int[] rows)
    {
        double[] features = new double[rows.Length * Width];
        for (int i = 0; i < rows.Length; i++)
        {
            Array.Copy(Features, rows[i] * Width, features, i * Width, Width);
        }

        return this with { Features = features, Targets = [.. rows.Select(row => Targets[row])] };
    }
}

/// <summary>Turns a model's encoded inputs into plain numbers, with the means and levels of the training rows.</summary>
internal sealed class FeatureScale
{
    private const int MostLevels = 16;

    private readonly List<(int Input, int Offset, string? Level, double Mean, double Deviation)> columns = [];

    /// <summary>Learns means, deviations and the frequent levels of text from rows.</summary>
    public FeatureScale(InputBatch batch)
    {
        for (int input = 0; input < batch.Tensors.Count; input++)
        {
            InputTensor tensor = batch.Tensors[input];
            for (int offset = 0; offset < tensor.Width; offset++)
            {
                int at = offset;
                string?[] levels = tensor.Values is string[] texts
                    ? [.. Enumerable.Range(0, tensor.Rows).CountBy(row => texts[(row * tensor.Width) + at], StringComparer.Ordinal)
                        .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(MostLevels).Select(pair => pair.Key)]
                    : [null];
                foreach (string? level in levels)
                {
                    double[] values = [.. Enumerable.Range(0, tensor.Rows).Select(row => Raw(tensor, row, at, level)).Where(double.IsFinite)];
                    double mean = values.Length == 0 ? 0 : values.Average();
                    double deviation = values.Length == 0 ? 0 : Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
                    if (deviation > 1e-12)
                    {
                        columns.Add((input, offset, level, mean, deviation));
                    }
                }
            }
        }
    }

    /// <summary>Features that vary.</summary>
    public int Width => columns.Count;

    /// <summary>Which element of the model's inputs a feature is, counted over all inputs of one tensor.</summary>
    public int OffsetOf(int feature) => columns[feature].Offset;

    /// <summary>A value of a feature in the units of the model's input.</summary>
    public double Unscaled(int feature, double value) => (value * columns[feature].Deviation) + columns[feature].Mean;

    /// <summary>Shape [rows, <see cref="Width"/>]; what is missing stands at the mean.</summary>
    public double[] Apply(InputBatch batch)
    {
        double[] features = new double[batch.Rows * Width];
        for (int column = 0; column < Width; column++)
        {
            (int input, int offset, string? level, double mean, double deviation) = columns[column];
            for (int row = 0; row < batch.Rows; row++)
            {
                double value = Raw(batch.Tensors[input], row, offset, level);
                features[(row * Width) + column] = double.IsFinite(value) ? Math.Clamp((value - mean) / deviation, -10, 10) : 0;
            }
        }

        return features;
    }

    private static double Raw(InputTensor tensor, int row, int offset, string? level)
    {
        int at = (row * tensor.Width) + offset;
        return tensor.Values switch
        {
            string[] texts => texts[at] == level ? 1 : 0,
            float[] values => values[at],
            double[] values => values[at],
            long[] values => values[at],
            int[] values => values[at],
            bool[] values => values[at] ? 1 : 0,
            _ => throw new InputException($"The input '{tensor.Name}' holds no numbers that a control model could learn from."),
        };
    }
}
