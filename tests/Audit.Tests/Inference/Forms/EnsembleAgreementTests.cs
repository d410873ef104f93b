using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using Governance.Tests;

namespace Governance.Audit.Tests.Inference.Forms;

/// <summary>Ensembles read from the graph give what ONNX Runtime gives, quirks included.</summary>
public sealed class EnsembleAgreementTests
{
    private static readonly string[] AllModes = ["BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ"];

    // Float sums of the runtime against double ones here.
    private const double Tolerance = 2e-5;

    // The runtime's inverse error function is steep and in float.
    private const double ProbitTolerance = 5e-4;

    public static TheoryData<int, string, int, bool, string> Classifiers()
    {
        TheoryData<int, string, int, bool, string> cases = [];
        foreach (string transform in (string[])["NONE", "LOGISTIC", "SOFTMAX", "SOFTMAX_ZERO", "PROBIT"])
        {
            foreach (bool positive in (bool[])[true, false])
            {
                foreach (string weighed in (string[])["0", "1", "01"])
                {
                    for (int bases = 0; bases <= 2; bases++)
                    {
                        if (transform != "PROBIT" || weighed != "0" || bases == 2)
                        {
                            cases.Add(2, weighed, bases, positive, transform);
                        }
                    }
                }

                cases.Add(3, "012", 0, positive, transform);
                cases.Add(3, "012", 3, positive, transform);
                cases.Add(4, "02", 0, positive, transform);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Classifiers))]
    public void A_classifier_scores_as_in_the_runtime(int classes, string weighed, int bases, bool positive, string transform)
    {
        GivenTrees trees = new() { Targets = classes, Weighed = [.. weighed.Select(digit => digit - '0')], Positive = positive, Seed = 3 };
        (string, object)[] more = bases == 0 ? [] : [("base_values", new[] { 0.3f, 0.15f, -0.1f }[..bases])];

        byte[] model = trees.Classifier([("post_transform", transform), .. more]);

        Assert.InRange(RuntimeAgreement.Worst(model, "scores", RuntimeAgreement.Batch(trees.Rows(40, false, 2), 5)), 0, transform == "PROBIT" ? ProbitTolerance : Tolerance);
    }

    [Theory]
    [InlineData("BRANCH_LEQ", false)]
    [InlineData("BRANCH_LT", true)]
    [InlineData("BRANCH_GTE", true)]
    [InlineData("BRANCH_GT", true)]
    [InlineData("BRANCH_EQ", true)]
    [InlineData("BRANCH_NEQ", true)]
    [InlineData("", false)]
    [InlineData("", true)]
    public void Every_branch_mode_decides_as_in_the_runtime(string mode, bool missing)
    {
        for (int seed = 0; seed < 6; seed++)
        {
            GivenTrees trees = new() { Trees = 7, Depth = 5, Targets = 2, Weighed = [0, 1], Modes = mode.Length == 0 ? AllModes : [mode], Missing = missing, Seed = seed };
            byte[] model = trees.Regressor(("base_values", new[] { 0.5f, -0.25f }));

            Assert.InRange(RuntimeAgreement.Worst(model, "y", RuntimeAgreement.Batch(trees.Rows(200, true, seed), 5)), 0, Tolerance);
        }
    }

    [Theory]
    [InlineData("SUM")]
    [InlineData("AVERAGE")]
    public void Regressors_sum_and_average_as_in_the_runtime(string aggregate)
    {
        GivenTrees trees = new() { Trees = 5, Targets = 3, Weighed = [0, 2] };
        byte[] model = trees.Regressor(("aggregate_function", aggregate), ("post_transform", "NONE"), ("base_values", new[] { 1f, 2f, 3f }));

        Assert.InRange(RuntimeAgreement.Worst(model, "y", RuntimeAgreement.Batch(trees.Rows(50, false, 2), 5)), 0, Tolerance);
    }

    [Theory]
    [InlineData("MIN", "smallest")]
    [InlineData("MAX", "largest")]
    public void Extremes_of_trees_are_refused_by_name(string aggregate, string words)
    {
        byte[] model = new GivenTrees().Regressor(("aggregate_function", aggregate));

        InputException refusal = Assert.Throws<InputException>(() => RuntimeAgreement.Read(model, "y", RuntimeAgreement.Batch(new float[5], 5)));

        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(aggregate, refusal.Message, StringComparison.Ordinal);
        byte[] single = new GivenTrees { Trees = 1 }.Regressor(("aggregate_function", aggregate));
        Assert.InRange(RuntimeAgreement.Worst(single, "y", RuntimeAgreement.Batch(new GivenTrees().Rows(20, false, 1), 5)), 0, Tolerance);
    }

    [Fact]
    public void Whole_and_double_inputs_are_compared_as_in_the_runtime()
    {
        GivenTrees trees = new() { Modes = AllModes, Depth = 4 };
        foreach ((TensorProto.Types.DataType type, Array values) in ((TensorProto.Types.DataType, Array)[])[
            (TensorProto.Types.DataType.Int64, Array.ConvertAll(trees.Rows(100, false, 4), value => (long)(4 * value))),
            (TensorProto.Types.DataType.Double, Array.ConvertAll(trees.Rows(100, true, 4), value => (double)value + (value == 0.5f ? 1e-12 : 0)))])
        {
            byte[] model = new GivenModel()
                .Input("x", type, null, 5)
                .Node("TreeEnsembleClassifier", ["x"], ["label", "y"], "ai.onnx.ml", [.. trees.Attributes("class"), ("classlabels_int64s", (long[])[0, 1])])
                .Output("label", TensorProto.Types.DataType.Int64, (long?)null)
                .Output("y", TensorProto.Types.DataType.Float, null, 2)
                .Build();

            Assert.InRange(RuntimeAgreement.Worst(model, "y", new InputBatch([new InputTensor("x", values, 5, [5])])), 0, Tolerance);
        }
    }

    // Tree 0: x0 in {1, 2.5} ? (x1 < 0.5 ? leaf 0 : leaf 1) : leaf 2; tree 1: x1 in {3} ? leaf 3 : leaf 0, missing passes.
    [Theory]
    [InlineData(1L)]
    [InlineData(0L)]
    public void Operator_set_5_with_sets_of_values_decides_as_in_the_runtime(long aggregate)
    {
        static TensorProto Floats(params float[] values) =>
            new() { DataType = (int)TensorProto.Types.DataType.Float, Dims = { values.Length }, FloatData = { values } };
        byte[] model = new GivenModel()
            .Input("x", TensorProto.Types.DataType.Float, null, 2)
            .Node("TreeEnsemble", ["x"], ["y"], "ai.onnx.ml",
                ("aggregate_function", aggregate), ("post_transform", 0L), ("n_targets", 2L),
                ("tree_roots", (long[])[0, 2]),
                ("nodes_featureids", (long[])[0, 1, 1]),
                ("nodes_modes", new TensorProto { DataType = (int)TensorProto.Types.DataType.Uint8, Dims = { 3 }, RawData = Google.Protobuf.ByteString.CopyFrom(6, 1, 6) }),
                ("nodes_splits", Floats(0, 0.5f, 0)),
                ("membership_values", Floats(1, 2.5f, float.NaN, 3, float.NaN)),
                ("nodes_truenodeids", (long[])[1, 0, 3]), ("nodes_trueleafs", (long[])[0, 1, 1]),
                ("nodes_falsenodeids", (long[])[2, 1, 0]), ("nodes_falseleafs", (long[])[1, 1, 1]),
                ("nodes_missing_value_tracks_true", (long[])[0, 0, 1]),
                ("leaf_targetids", (long[])[0, 1, 0, 1]), ("leaf_weights", Floats(1, 20, -3, 4)))
            .Output("y", TensorProto.Types.DataType.Float, null, 2)
            .Build(15, 5);
        float[] rows = [1, 0, 1, 0.5f, 2.5f, 3, 2, 3, float.NaN, 3, 1, float.NaN, 2.5f, -1];

        Assert.InRange(RuntimeAgreement.Worst(model, "y", RuntimeAgreement.Batch(rows, 2)), 0, Tolerance);
    }

    [Fact]
    public void Broken_trees_are_refused_in_words()
    {
        (string, object)[] attributes = new GivenTrees { EarlyLeaf = 0 }.Attributes("target");
        (string Words, string Name, Func<long[], long[]> Change)[] damages =
        [
            ("by two ways", "nodes_truenodeids", ids => [.. ids.Select((id, i) => i == 1 ? 0 : id)]),
            ("has no node 999", "nodes_falsenodeids", ids => [.. ids.Select((id, i) => i == 0 ? 999 : id)]),
            ("twice", "nodes_nodeids", ids => [.. ids.Select((id, i) => i == 2 ? 1 : id)]),
            ("unequal length", "nodes_featureids", ids => ids[1..]),
            ("feature -1", "nodes_featureids", ids => [.. ids.Select((_, _) => -1L)]),
        ];
        foreach ((string words, string name, Func<long[], long[]> change) in damages)
        {
            byte[] model = new GivenModel()
                .Input("x", TensorProto.Types.DataType.Float, null, 5)
                .Node("TreeEnsembleRegressor", ["x"], ["y"], "ai.onnx.ml",
                    [.. attributes.Select(pair => pair.Item1 == name ? (name, change((long[])pair.Item2)) : pair)])
                .Output("y", TensorProto.Types.DataType.Float, null, 1)
                .Build();

            InputException refusal = Assert.Throws<InputException>(() => RuntimeAgreement.Read(model, "y", RuntimeAgreement.Batch(new float[5], 5)));

            Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        }
    }
}
