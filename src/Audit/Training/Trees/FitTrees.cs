using Governance.Audit.Explanations;

namespace Governance.Audit.Training.Trees;

/// <summary>Gradient-boosted trees on binned features.</summary>
/// <remarks>
/// Friedman, "Greedy function approximation", Annals of Statistics 29 (2001) 1189–1232, with second-order steps and
/// histograms (Chen and Guestrin, KDD 2016; Ke et al., "LightGBM", NeurIPS 2017). The same seed gives the same trees,
/// whatever the number of threads. O(rows · features) a level and tree.
/// </remarks>
public static class FitTrees
{
    /// <summary>Grows the trees.</summary>
    /// <param name="rows">The features; missing values are a value of their own.</param>
    /// <param name="targets">Shape [rows]: the class as 0, 1, …, or the number.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends the growth.</param>
    /// <exception cref="ArgumentException">A target is no class of the options, or an option is outside its range.</exception>
    public static TreesModel Run(
        TrainingRows rows, ReadOnlySpan<double> targets, BoostedTreesOptions options, CancellationToken cancellationToken)
    {
        options.Check();
        if (options.Task == TreesTask.Regression)
        {
            rows.CheckTargets(targets);
        }
        else
        {
            rows.CheckClasses(targets, options.Classes);
        }

        double[] kept = targets.ToArray();
        BoostingState state = new(rows, kept, options);
        BinnedFeatures features = BinnedFeatures.Of(rows, options.Bins);
        TreeGrower grower = new(features, options);
        List<TrainedTree> trees = [];
        double bestLoss = double.PositiveInfinity;
        int bestRound = 0;
        for (int round = 0; round < options.Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            state.Differentiate();
            for (int output = 0; output < options.Outputs; output++)
            {
                SeededRandom random = new(options.Seed, 1 + ((long)round * options.Outputs) + output);
                int[] sample = Sample(state.Rows, options.RowShare, ref random);
                int[] chosen = Choose(features.Features, options.FeatureShare, ref random);
                TrainedTree tree = grower.Grow(output, sample, state.Slopes[output], state.Curves[output], chosen, rows.Weights);
                trees.Add(tree);
                state.Add(tree, grower.Leaf);
            }

            if (options.HeldOutShare > 0)
            {
                double loss = state.HeldOutLoss();
                if (loss < bestLoss)
                {
                    (bestLoss, bestRound) = (loss, round);
                }
                else if (round - bestRound >= options.Patience)
                {
                    break;
                }
            }
        }

        int keep = options.HeldOutShare > 0 ? (bestRound + 1) * options.Outputs : trees.Count;
        int classes = options.Task == TreesTask.Regression ? 1 : options.Classes;
        return new TreesModel(options.Task, classes, rows.Names, state.Base, [.. trees.Take(keep)]);
    }

    private static int[] Sample(int[] rows, double share, ref SeededRandom random)
    {
        if (share >= 1)
        {
            return [.. rows];
        }

        List<int> taken = [];
        foreach (int row in rows)
        {
            if (random.NextDouble() < share)
            {
                taken.Add(row);
            }
        }

        return taken.Count == 0 ? [.. rows] : [.. taken];
    }

    private static int[] Choose(int features, double share, ref SeededRandom random)
    {
        int[] all = [.. Enumerable.Range(0, features)];
        int count = Math.Max(1, (int)Math.Round(share * features));
        for (int i = 0; i < count && count < features; i++)
        {
            int other = i + random.NextBelow(features - i);
            (all[i], all[other]) = (all[other], all[i]);
        }

        int[] chosen = all[..count];
        Array.Sort(chosen);
        return chosen;
    }
}
