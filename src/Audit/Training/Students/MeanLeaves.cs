using Governance.Audit.Training.Trees;

namespace Governance.Audit.Training.Students;

/// <summary>Gives one tree's leaves what its rows say on the average, so that each leaf can be read by itself.</summary>
/// <remarks>
/// A step of boosting moves each leaf by one Newton step only; the mean share of the rows in a leaf is what minimises their
/// cross-entropy (and the mean value their squared error), so a tree of one round ends there.
/// </remarks>
internal static class MeanLeaves
{
    // Log-odds of a leaf whose rows all say the same stay finite.
    private const double Least = 1e-4;

    /// <summary>The same splits with mean leaves.</summary>
    /// <param name="grown">One round of growth: one tree, or one a class.</param>
    /// <param name="rows">Shape [rows][features].</param>
    /// <param name="answers">Shape [rows][classes], or [rows][1].</param>
    public static TreesModel Of(TreesModel grown, IReadOnlyList<float[]> rows, IReadOnlyList<double[]> answers) =>
        grown with { Base = [.. grown.Base.Select(_ => 0f)], Trees = [.. grown.Trees.Select(tree => Refilled(tree, grown.Task, rows, answers))] };

    private static TrainedTree Refilled(TrainedTree tree, TreesTask task, IReadOnlyList<float[]> rows, IReadOnlyList<double[]> answers)
    {
        int column = task == TreesTask.Binary ? 1 : tree.Output;
        double[] sums = new double[tree.Value.Length];
        double[] counts = new double[tree.Value.Length];
        for (int row = 0; row < rows.Count; row++)
        {
            for (int node = 0; node >= 0; node = tree.Next(node, rows[row]))
            {
                sums[node] += answers[row][column];
                counts[node]++;
            }
        }

        return tree with
        {
            Cover = counts,
            Value = [.. tree.Value.Select((_, node) => tree.Feature[node] >= 0 || counts[node] == 0 ? 0f : (float)Score(sums[node] / counts[node], task))],
        };
    }

    // Two classes: the log-odds of the second. Several: the logarithm, whose softmax over classes is the shares divided by their sum.
    private static double Score(double mean, TreesTask task) => task switch
    {
        TreesTask.Binary => Math.Log(Math.Clamp(mean, Least, 1 - Least) / (1 - Math.Clamp(mean, Least, 1 - Least))),
        TreesTask.Multiclass => Math.Log(Math.Max(mean, Least)),
        _ => mean,
    };
}
