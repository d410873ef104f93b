using Governance.Audit.Explanations;
using Governance.Audit.Statistics;
using Governance.Audit.Training;
using Governance.Audit.Training.Trees;

namespace Governance.Audit.Theft.Traffic;

/// <summary>Whether two sets of rows can be told apart.</summary>
/// <param name="Auc">How often a row of the second set gets the higher score than one of the first: 0.5 where nothing tells them apart.</param>
/// <param name="PValue">Of so high an area under equal distributions; small means that they differ.</param>
public readonly record struct TwoSampleTest(double Auc, double PValue)
{
    /// <summary>Tests.</summary>
    /// <remarks>
    /// Boosted trees learn to tell the sets apart on a random half; on the other half the scores of the two sets are
    /// compared by the rank-sum test with correction for ties (Mann and Whitney, Annals of Mathematical Statistics 18,
    /// 1947; the idea: Lopez-Paz and Oquab, "Revisiting classifier two-sample tests", ICLR 2017). Valid whatever the
    /// trees learn, since the tested rows were not learned from. The normal limit needs tens of rows in each half.
    /// </remarks>
    /// <param name="first">Shape [rows, width]; at least 20 rows.</param>
    /// <param name="second">Shape [rows, width]; at least 20 rows.</param>
    /// <param name="width">Features.</param>
    /// <param name="seed">Of halves and trees.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentException">There are too few rows.</exception>
    public static TwoSampleTest Run(float[] first, float[] second, int width, int seed, CancellationToken cancellationToken)
    {
        if (Math.Min(first.Length, second.Length) < 20 * width)
        {
            throw new ArgumentException("Expected at least 20 rows in each set.", nameof(first));
        }

        float[] all = [.. first, .. second];
        int count = all.Length / width;
        SeededRandom random = new(seed, 32);
        List<int> learned = [];
        List<int> tested = [];
        for (int row = 0; row < count; row++)
        {
            (random.NextDouble() < 0.5 ? learned : tested).Add(row);
        }

        TrainingRows rows = new([.. Enumerable.Range(0, width).Select(feature => $"f{feature}")], all);
        double[] targets = [.. learned.Select(row => row * width < first.Length ? 0.0 : 1)];
        BoostedTreesOptions options = new()
        {
            Task = TreesTask.Binary, Rounds = 150, MostLeaves = 15, Bins = 64, HeldOutShare = 0.2, Patience = 15, Seed = seed,
        };
        TreesModel trees = FitTrees.Run(rows.Take([.. learned]), targets, options, cancellationToken);
        double[] scores = [.. tested.Select(row => trees.Predict(rows.Row(row))[1])];
        return Ranks(scores, [.. tested.Select(row => row * width >= first.Length)]);
    }

    private static TwoSampleTest Ranks(double[] scores, bool[] isSecond)
    {
        Array.Sort(scores, isSecond);
        int count = scores.Length;
        double second = isSecond.Count(one => one);
        double first = count - second;
        double sum = 0;
        double ties = 0;
        for (int start = 0; start < count;)
        {
            int end = start;
            while (end < count && scores[end] == scores[start])
            {
                end++;
            }

            double rank = (start + 1 + end) / 2.0;
            sum += rank * isSecond[start..end].Count(one => one);
            double same = end - start;
            ties += (same * same * same) - same;
            start = end;
        }

        double auc = (sum - (second * (second + 1) / 2)) / (first * second);
        double variance = (count + 1 - (ties / ((double)count * (count - 1)))) / (12 * first * second);
        return variance > 0
            ? new TwoSampleTest(auc, Above((auc - 0.5) / Math.Sqrt(variance)))
            : new TwoSampleTest(0.5, 1);
    }

    private static double Above(double z) => z > 0 ? NormalQuantile.TwoSidedP(z) / 2 : 1 - (NormalQuantile.TwoSidedP(z) / 2);
}
