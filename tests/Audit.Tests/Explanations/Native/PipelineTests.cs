using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Tests.Inference.Forms;
using Governance.Tests;

namespace Governance.Audit.Tests.Explanations.Native;

/// <summary>Graphs as converters write them, explained natively, against enumeration through the runtime.</summary>
public sealed class PipelineTests
{
    private const TensorProto.Types.DataType Float = TensorProto.Types.DataType.Float;
    private const TensorProto.Types.DataType Text = TensorProto.Types.DataType.String;
    private const double Tolerance = 2e-6;

    private static readonly GivenTrees Trees = new() { Trees = 12, Depth = 4, Features = 7, Modes = ["BRANCH_LEQ", "BRANCH_LT", "BRANCH_EQ"], Missing = true };

    [Theory]
    [InlineData("LOGISTIC", "identity", "tree")]
    [InlineData("LOGISTIC", "logit", "tree")]
    [InlineData("NONE", "identity", "tree")]
    public void Trees_of_two_classes_are_explained(string transform, string link, string method)
    {
        GivenTrees trees = Trees with { Features = 5, Targets = 2 };
        NativeCase given = Numbers(trees.Classifier(("post_transform", transform)), "scores", 5) with { Link = link, Interactions = true };

        given.AgreesWithEnumeration(method, link == "logit" ? 2e-5 : Tolerance);
    }

    [Theory]
    [InlineData("SOFTMAX", "identity")]
    [InlineData("SOFTMAX", "logit")]
    [InlineData("LOGISTIC", "identity")]
    [InlineData("SOFTMAX_ZERO", "identity")]
    public void Trees_of_three_classes_are_explained_for_all_classes(string transform, string link)
    {
        GivenTrees trees = Trees with { Features = 5, Targets = 3, Weighed = [0, 1, 2], Modes = ["BRANCH_LEQ", "BRANCH_GTE", "BRANCH_NEQ"] };
        NativeCase given = Numbers(trees.Classifier(("post_transform", transform)), "scores", 5) with { Link = link, Interactions = true };

        ExplanationReport report = given.AgreesWithEnumeration("tree", link == "logit" ? 2e-5 : Tolerance);

        Assert.Equal(3, report.Rows[0].Values.Count);
    }

    [Fact]
    public void A_class_that_no_leaf_names_is_constant_and_explained_as_such()
    {
        GivenTrees trees = Trees with { Features = 5, Targets = 4, Weighed = [0, 2] };

        ExplanationReport report = Numbers(trees.Classifier(("post_transform", "NONE")), "scores", 5).AgreesWithEnumeration("tree", Tolerance);

        Assert.All(report.Rows[0].Values[1], value => Assert.Equal(0, value));
    }

    // Three numbers scaled, one imputed and two words one-hot: seven columns of the trees, five players.
    [Theory]
    [InlineData("identity")]
    [InlineData("logit")]
    public void Scaling_imputing_and_one_hot_words_lead_back_to_columns(string link)
    {
        GivenModel model = Prepared()
            .Node("TreeEnsembleRegressor", ["features"], ["margin"], "ai.onnx.ml", [.. Trees.Attributes("target"), ("n_targets", 1L)])
            .Node("Sigmoid", ["margin"], ["y"])
            .Output("y", Float, null, 1);
        NativeCase given = Mixed(model.Build(15, 3)) with { Link = link, Interactions = true };

        ExplanationReport report = given.AgreesWithEnumeration("tree", link == "logit" ? 2e-5 : Tolerance);

        Assert.Equal(["numbers[0]", "numbers[1]", "numbers[2]", "gap", "word"], report.Features);
    }

    [Fact]
    public void The_same_preparation_before_a_linear_model_has_a_closed_form()
    {
        GivenModel model = Prepared()
            .Node("LinearClassifier", ["features"], ["label", "scores"], "ai.onnx.ml",
                ("coefficients", (float[])[-1, .5f, .25f, -2, 1, -1, .5f, 1, -.5f, -.25f, 2, -1, 1, -.5f]), ("intercepts", (float[])[-.5f, .5f]),
                ("classlabels_ints", (long[])[0, 1]), ("post_transform", "LOGISTIC"))
            .Node("Normalizer", ["scores"], ["y"], "ai.onnx.ml", ("norm", "L1"))
            .Output("y", Float, null, 2);

        (Mixed(model.Build(15, 3)) with { Link = "logit", Interactions = true }).AgreesWithEnumeration("linear", 2e-5);
    }

    [Fact]
    public void Several_ensembles_and_a_linear_part_are_added_up()
    {
        GivenModel model = new GivenModel()
            .Input("x", Float, null, 5)
            .Weights("half", [], (float[])[2])
            .Weights("w", [5, 1], (float[])[1, -1, 0, 0.5f, 2])
            .Node("TreeEnsembleRegressor", ["x"], ["a"], "ai.onnx.ml", [.. (Trees with { Features = 5 }).Attributes("target"), ("n_targets", 1L)])
            .Node("TreeEnsembleRegressor", ["x"], ["b"], "ai.onnx.ml",
                [.. (Trees with { Features = 5, Seed = 9 }).Attributes("target"), ("n_targets", 1L), ("aggregate_function", "AVERAGE"), ("base_values", (float[])[3])])
            .Node("Add", ["a", "b"], ["both"])
            .Node("Div", ["both", "half"], ["mean"])
            .Node("MatMul", ["x", "w"], ["line"])
            .Node("Sum", ["mean", "line"], ["y"])
            .Output("y", Float, null, 1);
        NativeCase given = Numbers(model.Build(15, 3), "y", 5, missing: false) with { Interactions = true };

        given.AgreesWithEnumeration("tree", 1e-5);

        InputException refusal = Assert.Throws<InputException>(() => (given with { Method = "tree-path" }).Run());
        Assert.Contains("other terms", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vote_of_two_probabilities_is_a_sum_of_curves()
    {
        GivenModel model = new GivenModel()
            .Input("x", Float, null, 5)
            .Node("TreeEnsembleRegressor", ["x"], ["a"], "ai.onnx.ml", [.. (Trees with { Features = 5 }).Attributes("target"), ("n_targets", 1L)])
            .Node("TreeEnsembleRegressor", ["x"], ["b"], "ai.onnx.ml", [.. (Trees with { Features = 5, Seed = 9 }).Attributes("target"), ("n_targets", 1L)])
            .Node("Sigmoid", ["a"], ["p"])
            .Node("Sigmoid", ["b"], ["q"])
            .Node("Mean", ["p", "q"], ["y"])
            .Output("y", Float, null, 1);

        (Numbers(model.Build(15, 3), "y", 5) with { Interactions = true }).AgreesWithEnumeration("tree", Tolerance);
    }

    [Fact]
    public void Columns_picked_cut_and_put_together_keep_their_owners()
    {
        GivenModel model = new GivenModel()
            .Input("x", Float, null, 6)
            .Weights("some", [3], (long[])[4, 0, 2])
            .Weights("from", [1], (long[])[1]).Weights("to", [1], (long[])[4]).Weights("axis", [1], (long[])[1])
            .Weights("cut", [1, 1], (float[])[0.25f]).Weights("none", [1], (float[])[-9])
            .Node("ArrayFeatureExtractor", ["x", "some"], ["picked"], "ai.onnx.ml")
            .Node("Slice", ["x", "from", "to", "axis"], ["middle"])
            .Node("Greater", ["middle", "cut"], ["above"])
            .Node("Where", ["above", "middle", "none"], ["kept"])
            .Node("Split", ["picked"], ["one", "two", "three"], "", ("axis", 1L))
            .Node("Concat", ["three", "kept", "one", "two"], ["features"], "", ("axis", -1L))
            .Node("TreeEnsembleRegressor", ["features"], ["y"], "ai.onnx.ml", [.. (Trees with { Features = 6 }).Attributes("target"), ("n_targets", 1L)])
            .Output("y", Float, null, 1);

        Numbers(model.Build(15, 3), "y", 6).AgreesWithEnumeration("tree", Tolerance);
    }

    [Fact]
    public void Features_of_several_players_are_refused_and_explained_as_a_group()
    {
        GivenModel model = new GivenModel()
            .Input("x", Float, null, 4)
            .Weights("w", [4, 3], (float[])[1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1])
            .Node("MatMul", ["x", "w"], ["features"])
            .Node("TreeEnsembleRegressor", ["features"], ["y"], "ai.onnx.ml", [.. (Trees with { Features = 3 }).Attributes("target"), ("n_targets", 1L)])
            .Output("y", Float, null, 1);
        NativeCase given = Numbers(model.Build(15, 3), "y", 4, missing: false);

        InputException refusal = Assert.Throws<InputException>(() => (given with { Method = "tree" }).Run());
        Player[] grouped = [new("sum", [new(0, 0), new(0, 1)], ["a", "b"]), new("c", [new(0, 2)]), new("d", [new(0, 3)])];

        Assert.Contains("'x[0]', 'x[1]' together", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("exact", given.Run().Method);
        (given with { Players = grouped }).AgreesWithEnumeration("tree", Tolerance);
    }

    [Fact]
    public void What_the_graph_does_not_say_is_left_to_other_methods()
    {
        GivenModel model = new GivenModel()
            .Input("x", Float, null, 5)
            .Node("TreeEnsembleRegressor", ["x"], ["m"], "ai.onnx.ml", [.. (Trees with { Features = 5 }).Attributes("target"), ("n_targets", 1L)])
            .Node("Cos", ["m"], ["y"])
            .Output("y", Float, null, 1);
        NativeCase given = Numbers(model.Build(15, 3), "y", 5);

        InputException refusal = Assert.Throws<InputException>(() => (given with { Method = "tree" }).Run());

        Assert.Contains("'Cos'", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("exact", given.Run().Method);
    }

    private static GivenModel Prepared() => new GivenModel()
        .Input("numbers", Float, null, 3)
        .Input("gap", Float, null, 1)
        .Input("word", Text, null, 1)
        .Weights("flat", [2], (long[])[-1, 3])
        .Node("Scaler", ["numbers"], ["scaled"], "ai.onnx.ml", ("offset", (float[])[0.25f, 0, -0.5f]), ("scale", (float[])[2, 1, 0.5f]))
        .Node("Imputer", ["gap"], ["filled"], "ai.onnx.ml", ("imputed_value_floats", (float[])[0.5f]), ("replaced_value_float", float.NaN))
        .Node("OneHotEncoder", ["word"], ["hot"], "ai.onnx.ml", ("cats_strings", (string[])["red", "green", "blue"]), ("zeros", 1L))
        .Node("Reshape", ["hot", "flat"], ["levels"])
        .Node("Concat", ["scaled", "filled", "levels"], ["features"], "", ("axis", 1L));

    private static NativeCase Mixed(byte[] model)
    {
        InputBatch Batch(int rows, int seed)
        {
            SeededRandom random = new(seed, 4);
            string[] words = new string[rows];
            for (int row = 0; row < rows; row++)
            {
                words[row] = ((string[])["red", "green", "blue", "mauve"])[random.NextBelow(4)];
            }

            return new InputBatch(
            [
                new InputTensor("numbers", new GivenTrees { Features = 3 }.Rows(rows, false, seed), 3, [3]),
                new InputTensor("gap", new GivenTrees { Features = 1 }.Rows(rows, true, seed + 1), 1, [1]),
                new InputTensor("word", words, 1, [1]),
            ]);
        }

        return new NativeCase { Model = model, Rows = Batch(6, 1), Background = Batch(9, 2) };
    }

    private static NativeCase Numbers(byte[] model, string output, int width, bool missing = true)
    {
        GivenTrees rows = new() { Features = width };
        return new NativeCase
        {
            Model = model,
            Rows = RuntimeAgreement.Batch(rows.Rows(5, missing, 1), width),
            Background = RuntimeAgreement.Batch(rows.Rows(8, missing, 2), width),
            Output = output,
        };
    }
}
