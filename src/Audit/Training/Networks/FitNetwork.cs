using Governance.Audit.Explanations;

namespace Governance.Audit.Training.Networks;

/// <summary>Trains a small network by Adam on mini-batches.</summary>
/// <remarks>
/// Kingma and Ba, "Adam", ICLR 2015, algorithm 1, with β 0.9 and 0.999; rows are shuffled anew each epoch. One thread,
/// so the same seed gives the same weights. O(epochs · rows · parameters).
/// </remarks>
public static class FitNetwork
{
    /// <summary>Trains the network.</summary>
    /// <param name="rows">Features without missing values.</param>
    /// <param name="targets">Shape [rows]: the class as 0, 1, …, or the number.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    /// <exception cref="ArgumentException">A feature is missing, a target is no class, or an option is outside its range.</exception>
    public static NetworkModel Run(
        TrainingRows rows, ReadOnlySpan<double> targets, NetworkOptions options, CancellationToken cancellationToken)
    {
        options.Check();
        rows.CheckTargets(targets);
        ScaledFeatures scaled = ScaledFeatures.Of(rows);
        (double[] goals, double mean, double scale) = Goals(rows, targets, options.Classes);
        NetworkParameters network = new([rows.Features, .. options.Hidden, options.Classes]);
        network.Draw(options.Seed);
        AdamSteps adam = new(network, options.LearningRate);
        double[] row = new double[rows.Features];
        (int[] order, int[] heldOut) = Split(rows.Count, options);
        double meanWeight = order.Sum(index => rows.Weights[index]) / order.Length;
        EarlyStop best = new(options.Patience);
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            Shuffle(order, new SeededRandom(options.Seed, 1 + epoch));
            for (int start = 0; start < order.Length; start += options.Batch)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int end = Math.Min(start + options.Batch, order.Length);
                Array.Clear(network.Gradient);
                for (int i = start; i < end; i++)
                {
                    scaled.Fill(order[i], row);
                    network.AddGradient(row, goals[order[i]], rows.Weights[order[i]] / (meanWeight * (end - start)));
                }

                network.AddPenalty(options.Penalty);
                adam.Move();
            }

            if (heldOut.Length > 0 && best.Ends(HeldOutLoss(network, scaled, goals, heldOut), network.Values))
            {
                break;
            }
        }

        best.Restore(network.Values);
        return new NetworkModel(
            options.Classes, rows.Names, [.. scaled.Means.Select(value => (float)value)], [.. scaled.Scales.Select(value => (float)value)],
            network.Layers(), (float)mean, (float)scale);
    }

    private static (int[] Train, int[] HeldOut) Split(int rows, NetworkOptions options)
    {
        List<int> train = [];
        List<int> rest = [];
        SeededRandom random = new(options.Seed, -1);
        for (int row = 0; row < rows; row++)
        {
            (options.HeldOutShare > 0 && random.NextDouble() < options.HeldOutShare ? rest : train).Add(row);
        }

        return train.Count == 0 ? ([.. rest], []) : ([.. train], [.. rest]);
    }

    private static double HeldOutLoss(NetworkParameters network, ScaledFeatures scaled, double[] goals, int[] heldOut)
    {
        double[] row = new double[scaled.Means.Length];
        double sum = 0;
        double total = 0;
        foreach (int index in heldOut)
        {
            scaled.Fill(index, row);
            sum += scaled.Rows.Weights[index] * network.Loss(row, goals[index]);
            total += scaled.Rows.Weights[index];
        }

        return total > 0 ? sum / total : 0;
    }

    private static (double[] Goals, double Mean, double Scale) Goals(TrainingRows rows, ReadOnlySpan<double> targets, int classes)
    {
        double[] goals = targets.ToArray();
        if (classes > 1)
        {
            rows.CheckClasses(targets, classes);
            return (goals, 0, 1);
        }

        double total = rows.Weights.Sum();
        double mean = goals.Zip(rows.Weights, (goal, weight) => goal * weight).Sum() / total;
        double variance = goals.Zip(rows.Weights, (goal, weight) => weight * (goal - mean) * (goal - mean)).Sum() / total;
        double scale = variance > 0 ? Math.Sqrt(variance) : 1;
        return ([.. goals.Select(goal => (goal - mean) / scale)], mean, scale);
    }

    /// <summary>Brings rows into another order (Fisher and Yates).</summary>
    internal static void Shuffle(int[] order, SeededRandom random)
    {
        for (int i = order.Length - 1; i > 0; i--)
        {
            int other = random.NextBelow(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }
    }
}
