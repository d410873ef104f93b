namespace Governance.Audit.Theft.Attacks;

/// <summary>A copy that a thief made.</summary>
/// <param name="Family">How it was made, such as "logistic" or "boosted trees".</param>
/// <param name="Predict">From a row, shape [width of the space], to the probability of each class, or to the value alone.</param>
public sealed record CopiedModel(string Family, Func<float[], double[]> Predict)
{
    /// <summary>The score of the second class from which on it is predicted; a thief who sees labels and scores learns it.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>
    /// The linear form, where the copy is one: shape [classes - 1, or 1 for a value][1 + width], the constant first; the log
    /// of each class's odds against the first class, or the value. Null otherwise.
    /// </summary>
    public double[][]? Form { get; init; }

    /// <summary>The predicted class of scores, from 0; -1 for a value.</summary>
    /// <param name="scores">Shape [classes], or [1] for a value.</param>
    public int Label(double[] scores) => scores.Length switch
    {
        1 => -1,
        2 => scores[1] >= Threshold ? 1 : 0,
        _ => Array.IndexOf(scores, scores.Max()),
    };

    /// <summary>A copy that always says the same.</summary>
    /// <param name="scores">Shape [classes], or [1].</param>
    public static CopiedModel Constant(double[] scores) => new("constant", _ => scores);

    /// <summary>A copy by a linear form.</summary>
    /// <param name="family">How it was made.</param>
    /// <param name="form">As <see cref="Form"/>.</param>
    /// <param name="classes">The number of classes; 1 for a value.</param>
    public static CopiedModel Linear(string family, double[][] form, int classes) => new(family, row => Apply(form, row, classes)) { Form = form };

    private static double[] Apply(double[][] form, float[] row, int classes)
    {
        double[] sums = new double[form.Length];
        for (int k = 0; k < sums.Length; k++)
        {
            sums[k] = form[k][0];
            for (int i = 0; i < row.Length; i++)
            {
                sums[k] += form[k][i + 1] * row[i];
            }
        }

        if (classes == 1)
        {
            return sums;
        }

        double[] scores = [0, .. sums];
        Training.LogisticFunction.Softmax(scores);
        return scores;
    }
}
