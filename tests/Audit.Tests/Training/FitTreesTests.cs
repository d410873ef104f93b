using Governance.Audit.Explanations;
using Governance.Audit.Training;
using Governance.Audit.Training.Trees;

namespace Governance.Audit.Tests.Training;

public sealed class FitTreesTests
{
    private static readonly BoostedTreesOptions Options = new() { Task = TreesTask.Binary, MostDepth = 3, Seed = 7 };

    // One stump at full rate without penalty is the best split by squared error, found here by trying them all.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_first_stump_is_the_best_of_all_stumps(int seed)
    {
        (TrainingRows rows, double[] y) = Drawn(60, seed, missing: false);
        BoostedTreesOptions stump = new()
        {
            Task = TreesTask.Regression, Rounds = 1, LearningRate = 1, MostLeaves = 2, MostDepth = 1, LeastRows = 1, Penalty = 0, Seed = 1,
        };

        TreesModel model = FitTrees.Run(rows, y, stump, default);

        double best = double.PositiveInfinity;
        for (int feature = 0; feature < rows.Features; feature++)
        {
            foreach (float cut in Enumerable.Range(0, rows.Count).Select(row => rows.Row(row)[feature]).Distinct())
            {
                double[] left = [.. Enumerable.Range(0, rows.Count).Where(row => rows.Row(row)[feature] <= cut).Select(row => y[row])];
                double[] right = [.. Enumerable.Range(0, rows.Count).Where(row => rows.Row(row)[feature] > cut).Select(row => y[row])];
                best = Math.Min(best, Spread(left) + Spread(right));
            }
        }

        double reached = Enumerable.Range(0, rows.Count).Sum(row => Math.Pow(y[row] - model.Predict(rows.Row(row))[0], 2));
        Assert.Equal(best, reached, 1e-4);
    }

    [Fact]
    public void Ranks_applications_as_well_as_scikit_learns_trees()
    {
        (TrainingRows train, double[] denied) = HmdaRows.Read("train");
        (TrainingRows test, double[] truth) = HmdaRows.Read("test");

        TreesModel model = FitTrees.Run(train, denied, Options, default);

        (double auc, double loss) = Quality(truth, row => model.Predict(test.Row(row))[1]);
        Assert.InRange(auc, (double)HmdaRows.Goldens["trees"]!["auc"]! - 0.02, 1);
        Assert.InRange(loss, 0, (double)HmdaRows.Goldens["trees"]!["logLoss"]! + 0.01);
    }

    [Fact]
    public void Threads_and_repetition_do_not_change_a_bit()
    {
        (TrainingRows once, double[] answers) = HmdaRows.Read("train");
        int[] often = [.. Enumerable.Range(0, 20 * once.Count).Select(row => row % once.Count)]; // so many that threads are worth their while
        (TrainingRows train, double[] denied) = (once.Take(often), [.. often.Select(row => answers[row])]);
        BoostedTreesOptions options = Options with { RowShare = 0.7, FeatureShare = 0.5, HeldOutShare = 0.2, Rounds = 10 };

        TreesModel one = FitTrees.Run(train, denied, options, default);
        TreesModel two = FitTrees.Run(train, denied, options with { Threads = 2 }, default);

        Assert.Equal(one.Trees.Count, two.Trees.Count);
        Assert.All(one.Trees.Zip(two.Trees), pair =>
        {
            Assert.Equal(pair.First.Feature, pair.Second.Feature);
            Assert.Equal(pair.First.Threshold, pair.Second.Threshold);
            Assert.Equal(pair.First.Value, pair.Second.Value);
        });
    }

    // Followed through the finished tree by its thresholds, each row must come to the leaf that it was counted in.
    [Fact]
    public void Cover_is_the_weight_of_the_rows_that_come_by()
    {
        (TrainingRows drawn, double[] y) = Drawn(300, 3, missing: true);
        SeededRandom random = new(9, 0);
        double[] weights = [.. Enumerable.Range(0, drawn.Count).Select(_ => random.NextDouble())];
        TrainingRows rows = new(drawn.Names, drawn.Values, weights);

        TreesModel model = FitTrees.Run(rows, y, Options with { Task = TreesTask.Regression, Classes = 1, Rounds = 3, LeastRows = 5 }, default);

        Assert.All(model.Trees, tree =>
        {
            double[] came = new double[tree.Cover.Length];
            for (int row = 0; row < rows.Count; row++)
            {
                for (int node = 0; node >= 0; node = tree.Next(node, rows.Row(row)))
                {
                    came[node] += weights[row];
                }
            }

            Assert.All(came.Zip(tree.Cover), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        });
    }

    // Half the rows are left out of each tree; if their errors of before were kept, the next trees would correct them again.
    [Fact]
    public void Rows_that_a_tree_did_not_see_are_moved_by_it_too()
    {
        (TrainingRows rows, double[] y) = Drawn(400, 4, missing: true);
        BoostedTreesOptions options = Options with
        {
            Task = TreesTask.Regression, Classes = 1, Rounds = 300, LearningRate = 0.5, RowShare = 0.5, LeastRows = 1, Penalty = 0, MostDepth = 8,
        };

        TreesModel model = FitTrees.Run(rows, y, options, default);

        double error = Enumerable.Range(0, rows.Count).Sum(row => Math.Pow(y[row] - model.Predict(rows.Row(row))[0], 2));
        Assert.InRange(error / Spread(y), 0, 1e-3);
    }

    // The label is whether the cell is missing: nothing else can tell.
    [Fact]
    public void A_missing_cell_is_a_value_to_learn_from()
    {
        SeededRandom random = new(5, 0);
        float[] values = new float[400];
        double[] missing = new double[400];
        for (int row = 0; row < values.Length; row++)
        {
            missing[row] = random.NextDouble() < 0.5 ? 1 : 0;
            values[row] = missing[row] == 1 ? float.NaN : (float)random.NextDouble();
        }

        TreesModel model = FitTrees.Run(new TrainingRows(["x"], values), missing, Options, default);

        Assert.InRange(model.Predict([float.NaN])[1], 0.95, 1);
        Assert.All([0.1f, 0.5f, 0.9f], x => Assert.InRange(model.Predict([x])[1], 0, 0.05));
    }

    [Fact]
    public void Learns_three_classes_and_their_probabilities_add_up()
    {
        SeededRandom random = new(3, 0);
        float[] values = new float[2 * 600];
        double[] classes = new double[600];
        for (int row = 0; row < classes.Length; row++)
        {
            (values[2 * row], values[(2 * row) + 1]) = ((float)random.NextDouble(), (float)random.NextDouble());
            classes[row] = values[2 * row] > 0.6f ? 2 : values[(2 * row) + 1] > 0.5f ? 1 : 0;
        }

        TrainingRows rows = new(["a", "b"], values);
        TreesModel model = FitTrees.Run(rows, classes, Options with { Task = TreesTask.Multiclass, Classes = 3 }, default);

        int hits = 0;
        for (int row = 0; row < classes.Length; row++)
        {
            double[] shares = model.Predict(rows.Row(row));
            Assert.Equal(1, shares.Sum(), 1e-12);
            hits += Array.IndexOf(shares, shares.Max()) == (int)classes[row] ? 1 : 0;
        }

        Assert.InRange(hits, 594, 600);
    }

    [Fact]
    public void Stops_where_held_out_rows_stop_getting_better()
    {
        SeededRandom random = new(11, 0);
        float[] noise = [.. Enumerable.Range(0, 500).Select(_ => (float)random.NextDouble())];
        double[] coins = [.. Enumerable.Range(0, 500).Select(_ => random.NextDouble() < 0.5 ? 1.0 : 0)];

        TreesModel model = FitTrees.Run(new TrainingRows(["x"], noise), coins, Options with { HeldOutShare = 0.3, Rounds = 500 }, default);

        Assert.InRange(model.Trees.Count, 1, 40);
    }

    [Fact]
    public void Constant_features_and_one_class_give_the_base_rate()
    {
        TreesModel constant = FitTrees.Run(new TrainingRows(["x"], [1, 1, 1, 1]), [0, 1, 1, 1], Options, default);
        TreesModel single = FitTrees.Run(new TrainingRows(["x"], [1, 2, 3, 4]), [1, 1, 1, 1], Options with { LeastRows = 1 }, default);

        Assert.Equal(0.75, constant.Predict([1])[1], 1e-6);
        Assert.InRange(single.Predict([2])[1], 0.89, 1);
    }

    [Fact]
    public void Refuses_classes_that_are_none_and_options_outside_their_range()
    {
        TrainingRows rows = new(["x"], [1, 2]);

        Assert.Throws<ArgumentException>(() => FitTrees.Run(rows, [0, 2], Options, default));
        Assert.Throws<ArgumentException>(() => FitTrees.Run(rows, [0, 0.5], Options, default));
        Assert.Throws<ArgumentException>(() => FitTrees.Run(rows, [0, 1], Options with { MostLeaves = 1 }, default));
        Assert.Throws<ArgumentException>(() => new TrainingRows(["x"], [1, float.PositiveInfinity]));
    }

    internal static (TrainingRows Rows, double[] Y) Drawn(int count, int seed, bool missing)
    {
        SeededRandom random = new(seed, 0);
        float[] values = new float[count * 3];
        double[] y = new double[count];
        for (int row = 0; row < count; row++)
        {
            for (int feature = 0; feature < 3; feature++)
            {
                values[(row * 3) + feature] = missing && random.NextDouble() < 0.1 ? float.NaN : (float)(random.NextDouble() * 10);
            }

            float first = values[row * 3];
            y[row] = (float.IsNaN(first) ? 4 : first) + Math.Sin(float.IsNaN(values[(row * 3) + 1]) ? 0 : values[(row * 3) + 1]) + random.NextDouble();
        }

        return (new TrainingRows(["a", "b", "c"], values), y);
    }

    internal static (double Auc, double LogLoss) Quality(double[] truth, Func<int, double> probability)
    {
        double[] p = [.. Enumerable.Range(0, truth.Length).Select(probability)];
        double pairs = 0;
        double won = 0;
        for (int i = 0; i < p.Length; i++)
        {
            for (int j = 0; j < p.Length; j++)
            {
                if (truth[i] == 1 && truth[j] == 0)
                {
                    pairs++;
                    won += p[i] > p[j] ? 1 : p[i] == p[j] ? 0.5 : 0;
                }
            }
        }

        return (won / pairs, p.Select((value, row) => -Math.Log(truth[row] == 1 ? value : 1 - value)).Average());
    }

    private static double Spread(double[] values) => values.Length == 0 ? 0 : values.Sum(value => Math.Pow(value - values.Average(), 2));
}
