using Governance.Audit.Explanations;

namespace Governance.Audit.Copies;

/// <summary>How control trees are grown.</summary>
/// <param name="Rounds">Trees an output.</param>
/// <param name="Depth">Tests from the root to a leaf, at most.</param>
/// <param name="Rate">How much of each tree's advice is taken; boosting only.</param>
/// <param name="Rows">The share of the rows that each tree sees, drawn without repeats.</param>
/// <param name="Columns">The share of the features that each tree may ask.</param>
/// <param name="Forest">Whether trees are averaged side by side instead of correcting each other.</param>
/// <param name="Seed">Of the draws.</param>
internal sealed record TreeRecipe(int Rounds, int Depth, double Rate, double Rows, double Columns, bool Forest, int Seed);

/// <summary>Boosted or averaged trees, trained on labels: what an independent ensemble of the same data looks like.</summary>
/// <remarks>
/// Second-order boosting on histograms of at most 64 bins a feature (Chen and Guestrin, "XGBoost", KDD 2016, equations
/// 5 to 7 with λ = 1). A forest fits each tree to the targets themselves. Cost O(rounds · outputs · depth · rows · features).
/// Same seed, same bits.
/// </remarks>
internal sealed class ControlTrees
{
    private readonly List<GrownTree>[] trees;
    private readonly double[] start;
    private readonly TreeRecipe recipe;
    private readonly int width;
    private readonly int classes;

    private ControlTrees(TrainingRows rows, TreeRecipe recipe)
    {
        this.recipe = recipe;
        width = rows.Width;
        classes = rows.Classes;
        trees = [.. Enumerable.Range(0, rows.Outputs).Select(_ => new List<GrownTree>())];
        start = new double[rows.Outputs];
    }

    /// <summary>Trains one.</summary>
    public static ControlTrees Train(TrainingRows rows, TreeRecipe recipe, CancellationToken cancellationToken)
    {
        ControlTrees model = new(rows, recipe);
        FeatureBins bins = new(rows);
        int outputs = rows.Outputs;
        double[] scores = new double[rows.Rows * outputs];
        if (rows.Classes == 0)
        {
            model.start[0] = rows.Targets.Average();
            Array.Fill(scores, model.start[0]);
        }

        double[] gradient = new double[rows.Rows * outputs];
        double[] curvature = new double[rows.Rows];
        SeededRandom random = new(recipe.Seed, 2);
        for (int round = 0; round < recipe.Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int row = 0; row < rows.Rows; row++)
            {
                LossGradient.Fill(
                    scores.AsSpan(row * outputs, outputs), rows.Targets[row], rows.Classes, gradient.AsSpan(row * outputs, outputs));
            }

            int[] sample = Draw(rows.Rows, recipe.Rows, ref random);
            int[] columns = Draw(rows.Width, recipe.Columns, ref random);
            for (int output = 0; output < outputs; output++)
            {
                double[] slope = new double[rows.Rows];
                for (int row = 0; row < slope.Length; row++)
                {
                    double g = gradient[(row * outputs) + output];
                    slope[row] = recipe.Forest ? -Target(rows, row, output) : g;
                    curvature[row] = recipe.Forest || rows.Classes == 0 ? 1 : Math.Max(1e-6, Math.Abs(g) * (1 - Math.Abs(g)));
                }

                GrownTree tree = GrownTree.Grow(bins, slope, curvature, sample, columns, recipe.Depth, recipe.Forest ? 0 : 1);
                model.trees[output].Add(tree);
                for (int row = 0; !recipe.Forest && row < rows.Rows; row++)
                {
                    scores[(row * outputs) + output] +=
                        recipe.Rate * tree.Predict(rows.Features.AsSpan(row * rows.Width, rows.Width));
                }
            }
        }

        return model;
    }

    /// <summary>The scores of rows.</summary>
    /// <param name="features">Shape [rows, width].</param>
    public ScoreTable Score(double[] features)
    {
        int rows = features.Length / width;
        double[] scores = new double[rows * trees.Length];
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<double> own = features.AsSpan(row * width, width);
            for (int output = 0; output < trees.Length; output++)
            {
                double sum = 0;
                foreach (GrownTree tree in trees[output])
                {
                    sum += tree.Predict(own);
                }

                scores[(row * trees.Length) + output] = recipe.Forest
                    ? Averaged(sum / trees[output].Count)
                    : start[output] + (recipe.Rate * sum);
            }
        }

        return LossGradient.Table(scores, trees.Length, classes);
    }

    /// <summary>The tests of every tree, for comparison with other ensembles; limits in the scale of the features given.</summary>
    public IReadOnlyList<TreeSplits> Splits() => [.. trees.SelectMany(list => list).Select(tree => tree.Splits())];

    // A forest's mean is a probability; the scores of a control are log-odds, or log probabilities that softmax undoes.
    private double Averaged(double mean)
    {
        double p = Math.Clamp(mean, 1e-3, 1 - 1e-3);
        return classes == 0 ? mean : classes == 2 ? Math.Log(p / (1 - p)) : Math.Log(p);
    }

    private static double Target(TrainingRows rows, int row, int output) =>
        rows.Classes <= 2 ? rows.Targets[row] : rows.Targets[row] == output ? 1 : 0;

    private static int[] Draw(int from, double share, ref SeededRandom random)
    {
        int count = Math.Clamp((int)Math.Ceiling(from * share), 1, from);
        int[] all = [.. Enumerable.Range(0, from)];
        for (int i = 0; i < count && count < from; i++)
        {
            int j = i + random.NextBelow(from - i);
            (all[i], all[j]) = (all[j], all[i]);
        }

        return all[..count];
    }
}
