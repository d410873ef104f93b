namespace Governance.Audit.Copies;

/// <summary>Finds which feature of one ensemble is which of another when names, order or units were changed.</summary>
internal static class FeatureMap
{
    /// <summary>The distinct limits of each feature, ascending.</summary>
    public static Dictionary<int, double[]> Limits(IReadOnlyList<TreeSplits> trees)
    {
        Dictionary<int, SortedSet<double>> sets = [];
        foreach (TreeSplits tree in trees)
        {
            for (int i = 0; i < tree.Features.Length; i++)
            {
                if (tree.Features[i] >= 0)
                {
                    (sets.TryGetValue(tree.Features[i], out SortedSet<double>? set) ? set : sets[tree.Features[i]] = [])
                        .Add(tree.Thresholds[i]);
                }
            }
        }

        return sets.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());
    }

    /// <summary>Whether an ascending list holds a value within a tolerance.</summary>
    public static bool Holds(double[] sorted, double value, double tolerance)
    {
        int at = Array.BinarySearch(sorted, value);
        at = at < 0 ? ~at : at;
        return (at < sorted.Length && Math.Abs(sorted[at] - value) <= tolerance)
            || (at > 0 && Math.Abs(sorted[at - 1] - value) <= tolerance);
    }

    /// <summary>The suspect's trees in the model's numbering and units, as well as they can be told.</summary>
    /// <remarks>
    /// The best pairs first: a pair's worth is how many of the model's limits the suspect's feature hits once its
    /// smallest and largest are laid over each other (a scaler in front moves all limits of a feature by one line).
    /// A feature asked most often is paired before one that is hardly asked.
    /// </remarks>
    public static IReadOnlyList<TreeSplits> Rewrite(IReadOnlyList<TreeSplits> suspect, IReadOnlyList<TreeSplits> model)
    {
        Dictionary<int, double[]> from = Limits(suspect);
        Dictionary<int, double[]> to = Limits(model);
        Dictionary<int, int> asked = Asked(suspect);
        Dictionary<int, int> askedThere = Asked(model);
        List<(double Worth, int From, int To, double Scale, double Shift)> pairs = [];
        foreach ((int a, double[] mine) in from)
        {
            foreach ((int b, double[] theirs) in to)
            {
                // Flags have one limit each; how often each is asked tells them apart.
                double often = -0.01 * Math.Abs(asked[a] - askedThere[b]);
                pairs.Add((Worth(mine, theirs, 1, 0) + often, a, b, 1, 0));
                if (mine.Length > 2 && mine.Length == theirs.Length)
                {
                    double scale = (theirs[^1] - theirs[0]) / (mine[^1] - mine[0]);
                    double shift = theirs[0] - (scale * mine[0]);
                    pairs.Add((Worth(mine, theirs, scale, shift) + often - 0.5, a, b, scale, shift));
                }
            }
        }

        Dictionary<int, (int To, double Scale, double Shift)> chosen = [];
        HashSet<int> taken = [];
        foreach ((double _, int a, int b, double scale, double shift) in pairs.OrderByDescending(pair => pair.Worth)
            .ThenBy(pair => pair.From).ThenBy(pair => pair.To))
        {
            if (!chosen.ContainsKey(a) && taken.Add(b))
            {
                chosen[a] = (b, scale, shift);
            }
        }

        return [.. suspect.Select(tree => Apply(tree, chosen))];
    }

    private static Dictionary<int, int> Asked(IReadOnlyList<TreeSplits> trees) =>
        trees.SelectMany(tree => tree.Features).Where(feature => feature >= 0).CountBy(feature => feature).ToDictionary();

    private static TreeSplits Apply(TreeSplits tree, Dictionary<int, (int To, double Scale, double Shift)> map)
    {
        int[] features = new int[tree.Features.Length];
        double[] limits = new double[features.Length];
        for (int i = 0; i < features.Length; i++)
        {
            (int to, double scale, double shift) = tree.Features[i] < 0
                ? (-1, 1, 0)
                : map.GetValueOrDefault(tree.Features[i], (int.MaxValue, 1, 0));
            features[i] = to;
            limits[i] = (tree.Thresholds[i] * scale) + shift;
        }

        return new TreeSplits(features, limits);
    }

    // Hits that a limit makes by its value; a rare hit among many limits weighs more than the one limit of a flag.
    private static double Worth(double[] mine, double[] theirs, double scale, double shift)
    {
        double tolerance = 1e-5 * Math.Max(theirs[^1] - theirs[0], Math.Abs(theirs[^1]) * 0.01);
        int hits = mine.Count(limit => Holds(theirs, (limit * scale) + shift, tolerance));
        return hits - (0.1 * Math.Abs(mine.Length - theirs.Length));
    }
}
