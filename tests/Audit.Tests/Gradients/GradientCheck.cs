using Governance.Audit.Explanations;
using Governance.Audit.Gradients;
using Governance.Audit.Inference;

namespace Governance.Audit.Tests.Gradients;

/// <summary>Gradients against central differences of the model itself.</summary>
internal static class GradientCheck
{
    private static readonly PredictorOptions Run = new() { Provider = "cpu" };

    /// <summary>Loads the gradient of a model's output.</summary>
    public static GradientModel Load(byte[] model, InputBatch rows, string output, string link = "identity") =>
        GradientModel.Load(new ModelGraph(model), rows, output, link, patterns: true, Run, default);

    /// <summary>One batch of random floats in a range for an input "x".</summary>
    public static InputBatch Rows(int rows, int[] shape, double low, double high, int seed)
    {
        SeededRandom random = new(seed, 11);
        int width = shape.Aggregate(1, (product, size) => product * size);
        float[] values = new float[rows * width];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(low + ((high - low) * random.NextDouble()));
        }

        return new InputBatch([new InputTensor("x", values, width, shape)]);
    }

    /// <summary>
    /// The errors of the slopes along random directions, relative to the difference quotient: for each row and column
    /// that many directions. Steps across a kink are left out and counted.
    /// </summary>
    /// <param name="model">The model's gradient.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="directions">Directions a row and column; 0 for the axes.</param>
    /// <param name="step">The length of a step to either side.</param>
    /// <param name="floor">Slopes smaller than this share of the gradient's length are compared with that share.</param>
    public static (double[] Errors, int Crossed) Errors(GradientModel model, InputBatch rows, int directions, double step, double floor)
    {
        double[] points = model.PointsOf(rows, default);
        List<double> errors = [];
        int crossed = 0;
        for (int row = 0; row < rows.Rows; row++)
        {
            InputBatch held = rows.Slice(row, 1);
            double[] point = points[(row * model.Width)..((row + 1) * model.Width)];
            for (int column = 0; column < model.Columns; column++)
            {
                double[] gradient = model.Run(point, held, column, default).Gradients;
                double length = Math.Sqrt(gradient.Sum(value => value * value));
                int count = directions > 0 ? directions : model.Width;
                double[] steps = new double[2 * count * model.Width];
                double[][] along = [.. Enumerable.Range(0, count).Select(i => Direction(model.Width, directions > 0 ? i : ~i))];
                for (int i = 0; i < steps.Length; i++)
                {
                    int side = i / model.Width;
                    steps[i] = (float)(point[i % model.Width] + ((side % 2 == 0 ? step : -step) * along[side / 2][i % model.Width]));
                }

                GradientBatch moved = model.Run(steps, held, column, default);
                for (int i = 0; i < count; i++)
                {
                    if (moved.Patterns is double[] patterns && patterns[2 * i] != patterns[(2 * i) + 1])
                    {
                        crossed++;
                        continue;
                    }

                    double difference = (moved.Values[(2 * i * model.Columns) + column] - moved.Values[(((2 * i) + 1) * model.Columns) + column]) / (2 * step);
                    double slope = gradient.Zip(along[i], (value, part) => value * part).Sum();
                    errors.Add(Math.Abs(slope - difference) / Math.Max(Math.Abs(difference), Math.Max(floor * length, 1e-12)));
                }
            }
        }

        return ([.. errors], crossed);
    }

    // A random direction of length 1, or an axis where the number is the complement of one.
    private static double[] Direction(int width, int number)
    {
        double[] direction = new double[width];
        if (number < 0)
        {
            direction[~number] = 1;
            return direction;
        }

        SeededRandom random = new(5, number);
        for (int i = 0; i < width; i++)
        {
            direction[i] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        }

        double length = Math.Sqrt(direction.Sum(value => value * value));
        return [.. direction.Select(value => value / length)];
    }
}
