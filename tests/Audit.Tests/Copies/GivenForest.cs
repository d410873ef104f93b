using Governance.Audit.Copies;
using Governance.Audit.Inference.Graphs;
using Governance.Tests;

namespace Governance.Audit.Tests.Copies;

/// <summary>Trees for tests.</summary>
internal static class GivenForest
{
    /// <summary>Boosted trees grown on data of a seed: five features, a bent truth with noise.</summary>
    public static IReadOnlyList<TreeSplits> Trees(int count, int seed) =>
        ControlTrees.Train(Rows(600, seed), new TreeRecipe(count, 3, 0.1, 0.8, 1, false, seed), default).Splits();

    /// <summary>Labelled rows: y = 1 where x0·x1 + x2 &gt; noise.</summary>
    public static TrainingRows Rows(int count, int seed, int classes = 2)
    {
        Random random = new(seed);
        double[] features = new double[count * 5];
        double[] targets = new double[count];
        for (int row = 0; row < count; row++)
        {
            for (int i = 0; i < 5; i++)
            {
                features[(row * 5) + i] = (2 * random.NextDouble()) - 1;
            }

            double truth = (3 * features[row * 5] * features[(row * 5) + 1]) + features[(row * 5) + 2] + (0.3 * ((2 * random.NextDouble()) - 1));
            targets[row] = classes switch { 0 => truth, 2 => truth > 0 ? 1 : 0, _ => truth < -0.4 ? 0 : truth < 0.4 ? 1 : 2 };
        }

        return new TrainingRows(features, 5, targets, classes);
    }

    /// <summary>One tree as a file, its sides exchanged where the comparison is turned round.</summary>
    public static byte[] Onnx(string mode, bool turned)
    {
        long[] yes = turned ? [4, 3, 0, 0, 0] : [1, 2, 0, 0, 0];
        long[] no = turned ? [1, 2, 0, 0, 0] : [4, 3, 0, 0, 0];
        return new GivenModel()
            .Input("x", TensorProto.Types.DataType.Float, null, 2)
            .Node("TreeEnsembleRegressor", ["x"], ["y"], "ai.onnx.ml",
                ("nodes_treeids", (long[])[0, 0, 0, 0, 0]),
                ("nodes_nodeids", (long[])[0, 1, 2, 3, 4]),
                ("nodes_featureids", (long[])[0, 1, 0, 0, 0]),
                ("nodes_modes", (string[])[mode, mode, "LEAF", "LEAF", "LEAF"]),
                ("nodes_values", (float[])[3, 1.5f, 0, 0, 0]),
                ("nodes_truenodeids", yes),
                ("nodes_falsenodeids", no),
                ("target_treeids", (long[])[0, 0, 0]),
                ("target_nodeids", (long[])[2, 3, 4]),
                ("target_ids", (long[])[0, 0, 0]),
                ("target_weights", (float[])[1, 2, 3]),
                ("n_targets", 1L))
            .Output("y", TensorProto.Types.DataType.Float, null, 1)
            .Build();
    }
}
