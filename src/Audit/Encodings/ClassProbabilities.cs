using Governance.Audit.Data;
using Governance.Audit.Inference;

namespace Governance.Audit.Encodings;

/// <summary>Brings what a classifier gives into one form: a probability for each class.</summary>
internal static class ClassProbabilities
{
    /// <summary>The probability of each class.</summary>
    /// <param name="output">Probabilities, scores or logits: one column a class, or for two classes one column, that of the second.</param>
    /// <param name="role">What the numbers are; logits go through the softmax or the logistic function, scores stay.</param>
    /// <param name="classes">The classes in the wanted order.</param>
    /// <returns>Shape [rows, classes], row-major.</returns>
    /// <exception cref="InputException">The columns do not fit the classes.</exception>
    public static double[] Of(OutputValues output, OutputRole role, IReadOnlyList<string> classes)
    {
        double[] numbers = output.Numbers ?? throw new InputException($"The output '{output.Name}' is text, not scores.");
        int width = output.Width;
        if (width == 1 && classes.Count == 2)
        {
            double[] both = new double[numbers.Length * 2];
            for (int row = 0; row < numbers.Length; row++)
            {
                double second = role == OutputRole.Logits ? 1 / (1 + Math.Exp(-numbers[row])) : numbers[row];
                both[2 * row] = 1 - second;
                both[(2 * row) + 1] = second;
            }

            return both;
        }

        if (width != classes.Count)
        {
            throw new InputException($"The output '{output.Name}' has {width} columns for {classes.Count} classes.");
        }

        double[] inOrder = Ordered(numbers, output.Classes, classes);
        return role == OutputRole.Logits ? Softmax(inOrder, width) : inOrder;
    }

    // A graph may list its classes in another order than the encoding; they are matched by name where the names agree.
    private static double[] Ordered(double[] numbers, IReadOnlyList<string>? from, IReadOnlyList<string> to)
    {
        int[]? order = from is null ? null : ClassOrder.Between(from, to);
        return order is null ? (double[])numbers.Clone() : ClassOrder.Move(numbers, order);
    }

    private static double[] Softmax(double[] logits, int width)
    {
        double[] probabilities = new double[logits.Length];
        for (int row = 0; row < logits.Length; row += width)
        {
            double largest = double.NegativeInfinity;
            for (int i = row; i < row + width; i++)
            {
                largest = Math.Max(largest, logits[i]);
            }

            double sum = 0;
            for (int i = row; i < row + width; i++)
            {
                sum += probabilities[i] = Math.Exp(logits[i] - largest);
            }

            for (int i = row; i < row + width; i++)
            {
                probabilities[i] /= sum;
            }
        }

        return probabilities;
    }
}
