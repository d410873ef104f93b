namespace Governance.Audit.Copies;

/// <summary>How many trees and limits two ensembles share.</summary>
/// <param name="Suspect">Trees of the suspect.</param>
/// <param name="Model">Trees of the registered model.</param>
/// <param name="Exact">Pairs of trees with the same tests in the same places, limits equal to seven digits.</param>
/// <param name="Near">Pairs with the same features in the same places and limits close by (the exact ones included).</param>
/// <param name="SharedLimits">The share of the model's distinct limits that the suspect has too, per feature; 0 to 1.</param>
/// <param name="Rewritten">Whether the suspect's features had to be renumbered or rescaled to find the pairs.</param>
internal sealed record TreeMatch(int Suspect, int Model, int Exact, int Near, double SharedLimits, bool Rewritten)
{
    /// <summary>Paired trees against the smaller ensemble, so that a cut or an extended copy is found; 0 to 1.</summary>
    public double Share => Math.Min(Suspect, Model) == 0 ? 0 : (double)Near / Math.Min(Suspect, Model);
}

/// <summary>Pairs the trees of two ensembles.</summary>
/// <remarks>
/// Greedy learners put their limits at the midpoints between data values, so independent ensembles of the same data
/// share many limits (about 60 % for boosted trees of the Boston mortgages) and hardly a whole tree (at most 4 %).
/// Whole trees are therefore the evidence, limits only the illustration.
/// </remarks>
internal static class TreePairs
{
    // A limit counts as close within this share of the feature's own range of limits: noise and rounding pass,
    // another split of the data rarely does.
    private const double Close = 0.02;
    private const double Equal = 1e-6;

    /// <summary>Pairs each tree at most once.</summary>
    public static TreeMatch Compare(IReadOnlyList<TreeSplits> suspect, IReadOnlyList<TreeSplits> model)
    {
        // A stump is too little to be anyone's own.
        IReadOnlyList<TreeSplits> ours = [.. model.Where(tree => tree.Tests > 1)];
        IReadOnlyList<TreeSplits> theirs = [.. suspect.Where(tree => tree.Tests > 1)];
        TreeMatch plain = Count(theirs, ours, rewritten: false);
        if (plain.Share >= 0.5 || theirs.Count == 0 || ours.Count == 0)
        {
            return plain;
        }

        TreeMatch moved = Count(FeatureMap.Rewrite(theirs, ours), ours, rewritten: true);
        return moved.Near > (2 * plain.Near) + 2 ? moved : plain;
    }

    private static TreeMatch Count(IReadOnlyList<TreeSplits> suspect, IReadOnlyList<TreeSplits> model, bool rewritten)
    {
        Dictionary<int, double> range = FeatureMap.Limits(model).ToDictionary(
            pair => pair.Key, pair => Math.Max(pair.Value[^1] - pair.Value[0], Math.Abs(pair.Value[0]) * 0.1));
        ILookup<string, int> byShape = Enumerable.Range(0, model.Count).ToLookup(i => model[i].Shape, StringComparer.Ordinal);
        HashSet<int> taken = [];
        int exact = 0;
        int near = 0;
        foreach (TreeSplits tree in suspect)
        {
            int[] free = [.. byShape[tree.Shape].Where(i => !taken.Contains(i))];
            int same = Array.FindIndex(free, i => Fits(tree, model[i], (_, limit) => Equal * Math.Max(1e-12, Math.Abs(limit))));
            int found = same >= 0 ? same : Array.FindIndex(free, i => Fits(tree, model[i], (feature, _) => Close * range[feature]));
            if (found >= 0)
            {
                taken.Add(free[found]);
                near++;
                exact += same >= 0 ? 1 : 0;
            }
        }

        return new TreeMatch(suspect.Count, model.Count, exact, near, Shared(suspect, model), rewritten);
    }

    private static bool Fits(TreeSplits a, TreeSplits b, Func<int, double, double> tolerance)
    {
        for (int i = 0; i < a.Features.Length; i++)
        {
            if (a.Features[i] >= 0 && !(Math.Abs(a.Thresholds[i] - b.Thresholds[i]) <= tolerance(b.Features[i], b.Thresholds[i])))
            {
                return false;
            }
        }

        return true;
    }

    private static double Shared(IReadOnlyList<TreeSplits> suspect, IReadOnlyList<TreeSplits> model)
    {
        Dictionary<int, double[]> theirs = FeatureMap.Limits(suspect);
        int all = 0;
        int shared = 0;
        foreach ((int feature, double[] limits) in FeatureMap.Limits(model))
        {
            double[] other = theirs.GetValueOrDefault(feature, []);
            all += limits.Length;
            shared += limits.Count(limit => FeatureMap.Holds(other, limit, Equal * Math.Max(1e-12, Math.Abs(limit))));
        }

        return all == 0 ? 0 : (double)shared / all;
    }
}
