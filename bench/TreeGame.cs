using System.Text.Json;
using Governance.Audit.Explanations;

namespace Governance.Bench;

/// <summary>The boosted trees of <c>bench/train</c> as games: the mean margin over the background.</summary>
internal sealed class TreeGame
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Trained trained;
    private readonly double[] row;

    private TreeGame(Trained trained, double[] row)
    {
        this.trained = trained;
        this.row = row;
    }

    /// <summary>A trained model with its rows and their exact values.</summary>
    /// <param name="name">breast_cancer or friedman.</param>
    public static SampledCase Read(string name)
    {
        Trained trained = JsonSerializer.Deserialize<Trained>(File.ReadAllText(Path.Combine(Folders.Training, $"{name}.json")), Json)!;
        return new SampledCase(name.Replace('_', ' '), trained.Features, [.. trained.Rows.Zip(trained.Shapley, (row, exact) =>
        {
            TreeGame game = new(trained, row);
            double[] ends = game.Value(Ends(trained.Features));
            return new SampledCase.Row(ends[0], ends[1], game.Value, exact);
        })]);
    }

    private static CoalitionSet Ends(int players)
    {
        CoalitionSet ends = new(players, 2);
        for (int player = 0; player < players; player++)
        {
            ends.Add(1, player);
        }

        return ends;
    }

    private double[] Value(CoalitionSet coalitions)
    {
        double[] values = new double[coalitions.Count];
        for (int coalition = 0; coalition < values.Length; coalition++)
        {
            double sum = 0;
            ulong known = coalitions.Bits(coalition)[0];
            foreach (double[] other in trained.Background)
            {
                foreach (Tree tree in trained.Trees)
                {
                    sum += Leaf(tree, known, other);
                }
            }

            values[coalition] = trained.Start + (sum / trained.Background.Length);
        }

        return values;
    }

    private double Leaf(Tree tree, ulong known, double[] other)
    {
        int node = 0;
        while (tree.Left[node] >= 0)
        {
            int feature = tree.Feature[node];
            double value = (known >> feature & 1) != 0 ? row[feature] : other[feature];
            node = value <= tree.Threshold[node] ? tree.Left[node] : tree.Right[node];
        }

        return tree.Value[node];
    }

    // The file as train.py writes it.
    private sealed record Trained(double Start, int Features, Tree[] Trees, double[][] Background, double[][] Rows, double[][] Shapley);

    private sealed record Tree(int[] Feature, double[] Threshold, int[] Left, int[] Right, double[] Value);
}
