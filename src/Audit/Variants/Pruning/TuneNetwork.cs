using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Runs;
using Governance.Audit.Training;
using Governance.Audit.Training.Networks;

namespace Governance.Audit.Variants.Pruning;

/// <summary>Trains what is left of a pruned network on the answers of the whole one (Hinton et al., "Distilling the Knowledge in a Neural Network", 2015).</summary>
/// <remarks>
/// Shares of classes are learned by cross-entropy with the parent's own shares, numbers by squared error; labels are not
/// needed. A network with one column behind a Sigmoid is one of two classes whose first has the log-odds 0.
/// </remarks>
internal static class TuneNetwork
{
    private const int Batch = 64;
    private const double Rate = 1e-3;

    /// <summary>Trains.</summary>
    /// <param name="given">The parent.</param>
    /// <param name="edit">The pruned model, changed in place.</param>
    /// <param name="rows">Rows in the form of the parent's inputs.</param>
    /// <param name="recipe">How many passes, and the seed.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">The network is not a plain one.</exception>
    public static void Run(
        ModelProto given, GraphEdit edit, InputBatch rows, VariantRecipe recipe, IRunProgress? progress, CancellationToken cancellationToken)
    {
        NetworkChain chain = NetworkChain.Find(edit)
            ?? throw new InputException("Fine-tuning is for plain networks: products with a bias each, and Relu, Tanh or Sigmoid between them. Prune this one without it.");
        double[] features = Look(given, chain.Features, rows, cancellationToken);
        double[] answers = Look(given, chain.Logits, rows, cancellationToken);
        NetworkLayer[] layers = chain.Read(edit);
        bool single = layers[^1].Outputs == 1 && chain.Ending == "Sigmoid";
        double[][] goals = Goals(answers, rows.Rows, single, chain.Ending);
        NetworkLayer[] start = single ? [.. layers[..^1], Doubled(layers[^1])] : layers;
        NetworkParameters network = new([start[0].Inputs, .. start.Select(layer => layer.Outputs)], chain.Hidden);
        network.Take(start);
        Train(network, features, goals, recipe, progress, cancellationToken);
        NetworkLayer[] trained = network.Layers();
        chain.Write(edit, single ? [.. trained[..^1], Joined(trained[^1])] : trained);
    }

    private static double[] Look(ModelProto given, string value, InputBatch rows, CancellationToken cancellationToken)
    {
        if (rows.Tensors.FirstOrDefault(tensor => tensor.Name == value) is { Values: float[] own })
        {
            return Array.ConvertAll(own, number => (double)number);
        }

        List<double> seen = [];
        using ObserveValues observe = new(given, [value], rows, cancellationToken);
        observe.Run((_, numbers, _) => seen.AddRange(numbers), cancellationToken);
        return [.. seen];
    }

    private static double[][] Goals(double[] answers, int rows, bool single, string ending)
    {
        int width = answers.Length / rows;
        return [.. Enumerable.Range(0, rows).Select(row =>
        {
            double[] own = single ? [0, answers[row]] : answers[(row * width)..((row + 1) * width)];
            if (own.Length > 1 && (single || ending is "Softmax" or "LogSoftmax" or ""))
            {
                LogisticFunction.Softmax(own);
            }

            return own;
        })];
    }

    private static void Train(
        NetworkParameters network, double[] features, double[][] goals, VariantRecipe recipe, IRunProgress? progress, CancellationToken cancellationToken)
    {
        AdamSteps adam = new(network, Rate);
        int width = features.Length / goals.Length;
        int[] order = [.. Enumerable.Range(0, goals.Length)];
        for (int pass = 0; pass < recipe.FineTune; pass++)
        {
            progress?.Report("Fine-tuning", pass, recipe.FineTune);
            FitNetwork.Shuffle(order, new SeededRandom(recipe.Seed, pass));
            for (int from = 0; from < order.Length; from += Batch)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int[] batch = order[from..Math.Min(from + Batch, order.Length)];
                Array.Clear(network.Gradient);
                foreach (int row in batch)
                {
                    network.AddGradient(features.AsSpan(row * width, width), goals[row].AsSpan(), 1.0 / batch.Length);
                }

                adam.Move();
            }
        }
    }

    private static NetworkLayer Doubled(NetworkLayer layer)
    {
        float[] weights = new float[2 * layer.Weights.Length];
        for (int i = 0; i < layer.Weights.Length; i++)
        {
            weights[(2 * i) + 1] = layer.Weights[i];
        }

        return new NetworkLayer(layer.Inputs, 2, weights, [0, layer.Biases[0]]);
    }

    // Only the difference of the two counts.
    private static NetworkLayer Joined(NetworkLayer layer) => new(
        layer.Inputs, 1, [.. Enumerable.Range(0, layer.Inputs).Select(i => layer.Weights[(2 * i) + 1] - layer.Weights[2 * i])], [layer.Biases[1] - layer.Biases[0]]);
}
