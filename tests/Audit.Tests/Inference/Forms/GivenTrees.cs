using Governance.Audit.Explanations;
using Governance.Audit.Inference.Graphs;
using Governance.Tests;

namespace Governance.Audit.Tests.Inference.Forms;

/// <summary>Random trees as the attributes of an ensemble operator.</summary>
internal sealed record GivenTrees
{
    public int Trees { get; init; } = 4;

    public int Features { get; init; } = 5;

    public int Depth { get; init; } = 3;

    public int Targets { get; init; } = 1;

    /// <summary>The targets that leaves have weights for; a leaf weighs all of them.</summary>
    public int[] Weighed { get; init; } = [0];

    public string[] Modes { get; init; } = ["BRANCH_LEQ"];

    public bool Missing { get; init; }

    public bool Positive { get; init; }

    /// <summary>How likely a node above the greatest depth is a leaf already.</summary>
    public double EarlyLeaf { get; init; } = 0.2;

    public int Seed { get; init; } = 1;

    /// <summary>The attributes of TreeEnsembleRegressor ("target") or TreeEnsembleClassifier ("class").</summary>
    public (string, object)[] Attributes(string kind)
    {
        SeededRandom random = new(Seed, 5);
        List<long> trees = [], nodes = [], features = [], trueIds = [], falseIds = [], missing = [], leafTrees = [], leafNodes = [], ids = [];
        List<float> values = [], weights = [];
        List<string> modes = [];
        for (int tree = 0; tree < Trees; tree++)
        {
            int next = 1;
            Queue<(int Node, int Depth)> open = new([(0, 0)]);
            while (open.TryDequeue(out (int Node, int Depth) at))
            {
                bool leaf = at.Depth == Depth || (at.Depth > 0 && random.NextDouble() < EarlyLeaf);
                trees.Add(tree);
                nodes.Add(at.Node);
                modes.Add(leaf ? "LEAF" : Modes[random.NextBelow(Modes.Length)]);
                features.Add(leaf ? 0 : random.NextBelow(Features));

                // Few distinct thresholds, so that values meet them exactly.
                values.Add(leaf ? 0 : (random.NextBelow(7) - 3) / 2f);
                missing.Add(!leaf && Missing && random.NextBelow(2) == 0 ? 1 : 0);
                trueIds.Add(leaf ? 0 : next);
                falseIds.Add(leaf ? 0 : next + 1);
                if (leaf)
                {
                    foreach (int target in Weighed)
                    {
                        leafTrees.Add(tree);
                        leafNodes.Add(at.Node);
                        ids.Add(target);
                        weights.Add((float)(random.NextDouble() - (Positive ? 0 : 0.5)) / (Positive ? Trees : 1));
                    }
                }
                else
                {
                    open.Enqueue((next++, at.Depth + 1));
                    open.Enqueue((next++, at.Depth + 1));
                }
            }
        }

        return
        [
            ("nodes_treeids", trees.ToArray()), ("nodes_nodeids", nodes.ToArray()), ("nodes_featureids", features.ToArray()),
            ("nodes_truenodeids", trueIds.ToArray()), ("nodes_falsenodeids", falseIds.ToArray()), ("nodes_values", values.ToArray()),
            ("nodes_modes", modes.ToArray()), ("nodes_missing_value_tracks_true", missing.ToArray()),
            ($"{kind}_treeids", leafTrees.ToArray()), ($"{kind}_nodeids", leafNodes.ToArray()), ($"{kind}_ids", ids.ToArray()),
            ($"{kind}_weights", weights.ToArray()),
        ];
    }

    /// <summary>A model of one regressor, output "y".</summary>
    public byte[] Regressor(params (string, object)[] more) => new GivenModel()
        .Input("x", TensorProto.Types.DataType.Float, null, Features)
        .Node("TreeEnsembleRegressor", ["x"], ["y"], "ai.onnx.ml", [.. Attributes("target"), ("n_targets", (long)Targets), .. more])
        .Output("y", TensorProto.Types.DataType.Float, null, Targets)
        .Build(15, 3);

    /// <summary>A model of one classifier, outputs "label" and "scores".</summary>
    public byte[] Classifier(params (string, object)[] more) => new GivenModel()
        .Input("x", TensorProto.Types.DataType.Float, null, Features)
        .Node("TreeEnsembleClassifier", ["x"], ["label", "scores"], "ai.onnx.ml",
            [.. Attributes("class"), ("classlabels_int64s", Enumerable.Range(0, Targets).Select(k => (long)k).ToArray()), .. more])
        .Output("label", TensorProto.Types.DataType.Int64, (long?)null)
        .Output("scores", TensorProto.Types.DataType.Float, null, null)
        .Build(15, 3);

    /// <summary>Rows whose values are multiples of a quarter, some missing.</summary>
    public float[] Rows(int count, bool missing, int seed)
    {
        SeededRandom random = new(seed, 6);
        float[] values = new float[count * Features];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = missing && random.NextBelow(6) == 0 ? float.NaN : (random.NextBelow(17) - 8) / 4f;
        }

        return values;
    }
}
