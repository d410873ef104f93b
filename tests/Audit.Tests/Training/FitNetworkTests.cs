using Governance.Audit.Explanations;
using Governance.Audit.Training;
using Governance.Audit.Training.Networks;

namespace Governance.Audit.Tests.Training;

public sealed class FitNetworkTests
{
    // Against central differences of the loss, in every parameter.
    [Theory]
    [InlineData(3, 2)]
    [InlineData(1, 0.7)]
    public void The_gradient_is_the_slope_of_the_loss(int outputs, double target)
    {
        NetworkParameters network = new([4, 5, 3, outputs]);
        network.Draw(9);
        double[] row = [0.3, -1.2, 0.8, 2.1];
        network.AddGradient(row, target, 1.7);
        double[] slopes = [.. network.Gradient];

        for (int i = 0; i < slopes.Length; i++)
        {
            double kept = network.Values[i];
            network.Values[i] = kept + 1e-6;
            double up = network.AddGradient(row, target, 1.7);
            network.Values[i] = kept - 1e-6;
            double down = network.AddGradient(row, target, 1.7);
            network.Values[i] = kept;
            Assert.Equal((up - down) / 2e-6, slopes[i], 1e-6);
        }
    }

    // The same for units of other kinds, by the cross-entropy with given shares or the squared error that fine-tuning learns by.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(2, 1)]
    [InlineData(2, 3)]
    public void The_gradient_is_the_slope_of_the_loss_for_tanh_and_sigmoid_units(int unit, int outputs)
    {
        NetworkParameters network = new([4, 5, 3, outputs], [(NetworkActivation)unit, NetworkActivation.Tanh]);
        network.Draw(9);
        double[] row = [0.3, -1.2, 0.8, 2.1];
        double[] shares = outputs == 1 ? [0.7] : [0.2, 0.5, 0.3];
        network.AddGradient(row, shares.AsSpan(), 1.7);
        double[] slopes = [.. network.Gradient];

        for (int i = 0; i < slopes.Length; i++)
        {
            double kept = network.Values[i];
            network.Values[i] = kept + 1e-6;
            double up = Loss();
            network.Values[i] = kept - 1e-6;
            double down = Loss();
            network.Values[i] = kept;
            Assert.Equal((up - down) / 2e-6, slopes[i], 1e-6);
        }

        Assert.True(slopes.Count(slope => slope != 0) > slopes.Length / 2);

        // The cross-entropy is the mean of the classes' losses, weighted by the shares.
        double Loss() => 1.7 * (outputs == 1 ? network.Loss(row, 0.7) : shares.Select((share, k) => share * network.Loss(row, k)).Sum());
    }

    [Fact]
    public void Ranks_applications_as_well_as_scikit_learns_network()
    {
        (TrainingRows train, double[] denied) = HmdaRows.Read("train");
        (TrainingRows test, double[] truth) = HmdaRows.Read("test");

        NetworkModel model = FitNetwork.Run(train, denied, new NetworkOptions { Classes = 2, Hidden = [16], Seed = 1 }, default);

        (double auc, double loss) = FitTreesTests.Quality(truth, row => model.Predict(test.Row(row))[1]);
        Assert.InRange(auc, (double)HmdaRows.Goldens["network"]!["auc"]! - 0.02, 1);
        Assert.InRange(loss, 0, (double)HmdaRows.Goldens["network"]!["logLoss"]! + 0.01);
    }

    // A network without hidden layers and penalty is a logistic regression; one batch of all rows leaves no noise.
    [Fact]
    public void Without_hidden_layers_it_comes_to_the_logistic_regression()
    {
        (TrainingRows rows, double[] denied) = HmdaRows.Read("validation");
        NetworkOptions options = new() { Classes = 2, Hidden = [], Epochs = 2000, LearningRate = 1e-2, Batch = rows.Count, Penalty = 0, Seed = 1 };

        NetworkModel network = FitNetwork.Run(rows, denied, options, default);
        LogisticModel logistic = FitLogistic.Run(rows, denied, 0);

        double worst = Enumerable.Range(0, rows.Count).Max(row => Math.Abs(network.Predict(rows.Row(row))[1] - logistic.Probability(rows.Row(row))));
        Assert.InRange(worst, 0, 0.02);
    }

    [Fact]
    public void Learns_what_no_line_can_part_and_the_same_seed_gives_the_same_weights()
    {
        SeededRandom random = new(2, 0);
        float[] values = [.. Enumerable.Range(0, 800).Select(_ => (float)((2 * random.NextDouble()) - 1))];
        double[] classes = [.. Enumerable.Range(0, 400).Select(row => values[2 * row] * values[(2 * row) + 1] > 0 ? 1.0 : 0)];
        TrainingRows rows = new(["a", "b"], values);
        NetworkOptions options = new() { Classes = 2, Hidden = [16], Epochs = 150, LearningRate = 1e-2, Seed = 4 };

        NetworkModel model = FitNetwork.Run(rows, classes, options, default);
        NetworkModel again = FitNetwork.Run(rows, classes, options, default);

        int hits = Enumerable.Range(0, 400).Count(row => (model.Predict(rows.Row(row))[1] > 0.5 ? 1 : 0) == (int)classes[row]);
        Assert.InRange(hits, 380, 400);
        Assert.Equal(model.Layers[0].Weights, again.Layers[0].Weights);
    }

    [Fact]
    public void Learns_a_number_in_its_own_unit()
    {
        float[] x = [.. Enumerable.Range(0, 200).Select(row => row / 20f)];
        double[] y = [.. x.Select(value => 1000 + (50 * value))];

        NetworkModel model = FitNetwork.Run(
            new TrainingRows(["x"], x), y, new NetworkOptions { Classes = 1, Hidden = [8], Epochs = 200, LearningRate = 1e-2, Seed = 3 }, default);

        Assert.Equal(1250, model.Predict([5])[0], 10.0);
    }

    // Noise has nothing to teach: after the first epochs held-out rows only get worse.
    [Fact]
    public void Stops_where_held_out_rows_stop_getting_better_and_keeps_the_best()
    {
        SeededRandom random = new(11, 0);
        float[] noise = [.. Enumerable.Range(0, 900).Select(_ => (float)random.NextDouble())];
        double[] coins = [.. Enumerable.Range(0, 300).Select(_ => random.NextDouble() < 0.5 ? 1.0 : 0)];
        TrainingRows rows = new(["a", "b", "c"], noise);
        NetworkOptions options = new() { Classes = 2, Hidden = [32], Epochs = 300, LearningRate = 1e-2, Seed = 4 };

        NetworkModel whole = FitNetwork.Run(rows, coins, options, default);
        NetworkModel early = FitNetwork.Run(rows, coins, options with { HeldOutShare = 0.3 }, default);

        double Sureness(NetworkModel model) => Enumerable.Range(0, rows.Count).Average(row => Math.Abs(model.Predict(rows.Row(row))[1] - 0.5));
        Assert.True(Sureness(early) < Sureness(whole) / 2, $"{Sureness(early)} against {Sureness(whole)}");
        Assert.Throws<ArgumentException>(() => FitNetwork.Run(rows, coins, options with { HeldOutShare = 0.6 }, default));
    }
}
