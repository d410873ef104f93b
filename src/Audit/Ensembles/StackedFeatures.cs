namespace Governance.Audit.Ensembles;

/// <summary>What a stacked model reads of its members: log-odds of two classes, log-probabilities of more.</summary>
/// <remarks>
/// On this scale a coefficient of 1 gives a member back unchanged, so that no member is out of the model's reach (Ting and
/// Witten, "Issues in Stacked Generalization", JAIR 10, 1999, for class probabilities in place of labels). Probabilities
/// are kept away from 0 and 1, whose logarithm would be infinite.
/// </remarks>
internal static class StackedFeatures
{
    /// <summary>The least probability that is told from 0.</summary>
    public const double Least = 1e-6;

    /// <summary>The greatest that is told from 1.</summary>
    public const double Most = 1 - 1e-6;

    /// <summary>The names of the features.</summary>
    /// <param name="members">The members' names.</param>
    /// <param name="classes">The classes.</param>
    public static IReadOnlyList<string> Names(IReadOnlyList<string> members, IReadOnlyList<string> classes) => classes.Count == 2
        ? members
        : [.. members.SelectMany(member => classes.Select(label => $"{member}: {label}"))];

    /// <summary>The features of all rows.</summary>
    /// <param name="probabilities">Shape [members][rows · classes], row-major.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="positive">Of two classes the place of the one whose log-odds are read.</param>
    /// <returns>Shape [rows, features], row-major.</returns>
    public static float[] Of(IReadOnlyList<double[]> probabilities, int classes, int positive)
    {
        int rows = probabilities[0].Length / classes;
        int width = classes == 2 ? 1 : classes;
        float[] features = new float[rows * width * probabilities.Count];
        int at = 0;
        for (int row = 0; row < rows; row++)
        {
            foreach (double[] member in probabilities)
            {
                ReadOnlySpan<double> own = member.AsSpan(row * classes, classes);
                if (classes == 2)
                {
                    features[at++] = (float)(Log(own[positive]) - Log(own[1 - positive]));
                    continue;
                }

                foreach (double probability in own)
                {
                    features[at++] = (float)Log(probability);
                }
            }
        }

        return features;
    }

    /// <summary>The logarithm of a probability that is kept away from 0 and 1; as float, because the graph clips floats.</summary>
    public static double Log(double probability) => Math.Log(Math.Clamp((float)probability, (float)Least, (float)Most));
}
