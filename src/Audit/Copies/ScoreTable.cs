using Governance.Audit.Encodings;

namespace Governance.Audit.Copies;

/// <summary>What a model says of a number of rows, on a scale on which differences can be compared.</summary>
/// <param name="Values">
/// Shape [rows, <paramref name="Width"/>] row-major. Two classes: the log-odds of the second, one column. More classes: log
/// probabilities less their mean over the row. A regression: the value. A model that gives labels only: 1 for its
/// label, 0 for the others.
/// </param>
/// <param name="Width">Columns.</param>
/// <param name="Labels">Shape [rows]: the predicted class by its index; empty for a regression.</param>
internal sealed record ScoreTable(double[] Values, int Width, int[] Labels)
{
    // A float's probability of 1 - 1e-7 and one of 1 - 1e-4 are the same certainty to a probe.
    private const double Clamp = 1e-3;

    /// <summary>How many rows.</summary>
    public int Rows => Values.Length / Width;

    /// <summary>The scores of decisions.</summary>
    /// <param name="decisions">What the model's rule made of its outputs.</param>
    /// <param name="classes">The classes in column order; null for a regression.</param>
    public static ScoreTable Of(Decisions decisions, IReadOnlyList<string>? classes)
    {
        if (decisions.Values is double[] values)
        {
            return new ScoreTable(values, 1, []);
        }

        if (decisions.Probabilities is double[] probabilities && probabilities.Length > 0)
        {
            int width = probabilities.Length / decisions.Predicted!.Length;
            return OfProbabilities(probabilities, width);
        }

        string[] predicted = decisions.Predicted ?? [];
        List<string> known = [.. classes ?? [.. predicted.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]];
        int[] labels = [.. predicted.Select(label => known.IndexOf(label))];
        double[] hot = new double[labels.Length * known.Count];
        for (int row = 0; row < labels.Length; row++)
        {
            if (labels[row] >= 0)
            {
                hot[(row * known.Count) + labels[row]] = 1;
            }
        }

        return new ScoreTable(hot, Math.Max(1, known.Count), labels);
    }

    /// <summary>The scores of class probabilities, shape [rows, width].</summary>
    public static ScoreTable OfProbabilities(double[] probabilities, int width)
    {
        int rows = probabilities.Length / width;
        int[] labels = new int[rows];
        double[] scores = new double[width == 2 ? rows : probabilities.Length];
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<double> own = probabilities.AsSpan(row * width, width);
            double mean = 0;
            for (int i = 0; i < width; i++)
            {
                labels[row] = own[i] > own[labels[row]] ? i : labels[row];
                mean += Log(own[i]) / width;
            }

            if (width == 2)
            {
                double p = Math.Clamp(own[1], Clamp, 1 - Clamp);
                scores[row] = Math.Log(p / (1 - p));
                continue;
            }

            for (int i = 0; i < width; i++)
            {
                scores[(row * width) + i] = Log(own[i]) - mean;
            }
        }

        return new ScoreTable(scores, width == 2 ? 1 : width, labels);
    }

    private static double Log(double p) => Math.Log(Math.Max(p, Clamp));
}
