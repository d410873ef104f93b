using Governance.Audit.Copies;

namespace Governance.Audit.Tests.Copies;

public sealed class ControlModelsTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Networks_and_trees_learn_what_there_is_to_learn(int classes)
    {
        TrainingRows rows = GivenForest.Rows(800, 1, classes);
        TrainingRows fresh = GivenForest.Rows(400, 2, classes);

        ScoreTable network = ControlNetwork.Train(rows, new NetworkRecipe([32], 1e-4, 60, 3, true), default).Score(fresh.Features);
        ScoreTable trees = ControlTrees.Train(rows, new TreeRecipe(80, 3, 0.1, 1, 1, false, 3), default).Score(fresh.Features);
        ScoreTable forest = ControlTrees.Train(rows, new TreeRecipe(60, 8, 1, 0.6, 0.8, true, 3), default).Score(fresh.Features);

        // The noise leaves about 4 % (two classes) and 17 % (three) undecidable.
        double least = classes == 2 ? 0.85 : 0.65;
        Assert.All((ScoreTable[])[network, trees, forest], scores => Assert.True(Right(scores, fresh) > least, $"{Right(scores, fresh)}"));
    }

    [Fact]
    public void Values_are_followed_too()
    {
        TrainingRows rows = GivenForest.Rows(800, 1, 0);
        TrainingRows fresh = GivenForest.Rows(400, 2, 0);

        foreach (ScoreTable scores in (ScoreTable[])
            [
                ControlNetwork.Train(rows, new NetworkRecipe([32], 1e-5, 60, 3, false), default).Score(fresh.Features),
                ControlTrees.Train(rows, new TreeRecipe(150, 4, 0.1, 1, 1, false, 3), default).Score(fresh.Features),
                ControlTrees.Train(rows, new TreeRecipe(60, 8, 1, 0.6, 1, true, 3), default).Score(fresh.Features),
            ])
        {
            Assert.True(ScoreAgreement.Correlate(scores.Values, fresh.Targets) > 0.85);
        }
    }

    // y = 2 x0 - x1: the linear recipe recovers the weights' ratio.
    [Fact]
    public void The_linear_recipe_is_a_logistic_regression()
    {
        Random random = new(4);
        double[] features = [.. Enumerable.Range(0, 2 * 3_000).Select(_ => (2 * random.NextDouble()) - 1)];
        double[] targets = [.. Enumerable.Range(0, 3_000).Select(row =>
            random.NextDouble() < 1 / (1 + Math.Exp(-((2 * features[2 * row]) - features[(2 * row) + 1]))) ? 1.0 : 0)];

        ScoreTable scores = ControlNetwork.Train(new TrainingRows(features, 2, targets, 2), new NetworkRecipe([], 1e-5, 60, 1, false), default)
            .Score([1, 0, 0, 1, 0, 0]);

        Assert.Equal(2, scores.Values[0] - scores.Values[2], 0.3);
        Assert.Equal(-1, scores.Values[1] - scores.Values[2], 0.3);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits()
    {
        TrainingRows rows = GivenForest.Rows(200, 1);
        NetworkRecipe recipe = new([8], 1e-4, 5, 3, true);

        Assert.Equal(
            ControlNetwork.Train(rows, recipe, default).Score(rows.Features).Values,
            ControlNetwork.Train(rows, recipe, default).Score(rows.Features).Values);
    }

    // Central differences of the loss by every score.
    [Theory]
    [InlineData(0, 0.7)]
    [InlineData(2, 1)]
    [InlineData(2, 0)]
    [InlineData(3, 2)]
    public void The_gradient_is_the_derivative_of_the_loss(int classes, double target)
    {
        double[] scores = classes == 3 ? [0.3, -1.2, 0.8] : [0.4];
        double[] gradient = new double[scores.Length];
        double[] ignored = new double[scores.Length];
        LossGradient.Fill(scores, target, classes, gradient);

        for (int i = 0; i < scores.Length; i++)
        {
            double[] up = [.. scores];
            double[] down = [.. scores];
            up[i] += 1e-6;
            down[i] -= 1e-6;
            double slope = (LossGradient.Fill(up, target, classes, ignored) - LossGradient.Fill(down, target, classes, ignored)) / 2e-6;
            Assert.Equal(slope, gradient[i], 1e-6);
        }
    }

    private static double Right(ScoreTable scores, TrainingRows rows) =>
        Enumerable.Range(0, rows.Rows).Count(row => scores.Labels[row] == (int)rows.Targets[row]) / (double)rows.Rows;
}
