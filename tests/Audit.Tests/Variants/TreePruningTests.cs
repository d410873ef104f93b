using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Ensembles;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Tests.Inference.Forms;
using Governance.Audit.Variants;
using Governance.Audit.Variants.Trees;
using Governance.Tests;
using Xunit.Abstractions;

namespace Governance.Audit.Tests.Variants;

/// <summary>Trees and leaves taken out of ensembles: what goes is what brute force finds, and scores are what follows from it.</summary>
public sealed class TreePruningTests(ITestOutputHelper log)
{
    private const int Rows = 200;

    // What one tree adds is, by the runtime, the first k + 1 trees less the first k.
    [Theory]
    [InlineData("SUM")]
    [InlineData("AVERAGE")]
    public void The_tree_that_goes_is_the_one_whose_removal_moves_the_score_least(string aggregate)
    {
        GivenTrees given = new() { Trees = 6, Depth = 3, Features = 4, Seed = 5 };
        float[] rows = given.Rows(Rows, false, 2);
        double[][] upTo = [new double[Rows], .. Enumerable.Range(1, 6).Select(trees => Answers((given with { Trees = trees }).Regressor(), rows, 4))];
        double[][] added = [.. Enumerable.Range(0, 6).Select(tree => upTo[tree + 1].Zip(upTo[tree], (with, without) => with - without).ToArray())];
        bool mean = aggregate == "AVERAGE";
        double[] whole = [.. Enumerable.Range(0, Rows).Select(row => mean ? added.Average(own => own[row]) : added.Sum(own => own[row]))];
        double[][] without = [.. Enumerable.Range(0, 6).Select(tree => Enumerable.Range(0, Rows).Select(row => mean
            ? added.Where((_, other) => other != tree).Average(own => own[row])
            : added.Where((_, other) => other != tree).Sum(own => own[row]) + added[tree].Average()).ToArray())];
        double[] best = without.MinBy(scores => scores.Zip(whole, (now, then) => (now - then) * (now - then)).Sum())!;

        MadeVariant made = MakeVariant.Run(
            given.Regressor(("aggregate_function", aggregate)), Recipe(TreePart.Trees, 1.0 / 6), new VariantRows(RuntimeAgreement.Batch(rows, 4)), null, default);

        Alike(best, Answers(made.Model, rows, 4));
        Assert.Equal("5 of 6 trees", Assert.Single(made.Summary.Touched).What[..12]);
    }

    // Once one of two trees that cancel each other is gone, the other one is what puts the score back.
    [Fact]
    public void Trees_that_cancel_each_other_go_together()
    {
        GivenTrees given = new() { Trees = 1, Depth = 3, Features = 4, Seed = 8 };
        float[] rows = given.Rows(Rows, false, 3);
        TreeEnsemble one = TreeReach.Read(ModelFile.Parse(given.Regressor()).Graph.Node[0]);
        TreeEnsemble other = TreeReach.Read(ModelFile.Parse((given with { Seed = 9 }).Regressor()).Graph.Node[0]);
        ModelProto model = ModelFile.Parse(given.Regressor());
        WriteTrees.Into(model.Graph.Node[0], new TreeEnsemble(
            [.. DropTrees.Keep(one, [0], 1).Trees, .. DropTrees.Keep(other, [0], 3).Trees, .. DropTrees.Keep(one, [0], -1).Trees], 1, EnsembleAggregate.Sum));

        MadeVariant made = MakeVariant.Run(Google.Protobuf.MessageExtensions.ToByteArray(model), Recipe(TreePart.Trees, 2.0 / 3), new VariantRows(RuntimeAgreement.Batch(rows, 4)), null, default);

        Alike([.. Answers((given with { Seed = 9 }).Regressor(), rows, 4).Select(value => 3 * value)], Answers(made.Model, rows, 4));
        Assert.StartsWith("1 of 3 trees", Assert.Single(made.Summary.Touched).What, StringComparison.Ordinal);
    }

    // Of a tree of depth 2 one of two pairs of leaves merges: brute force tries both.
    [Fact]
    public void The_leaves_that_merge_are_those_whose_rows_are_told_least_else_and_the_mean_stays()
    {
        GivenTrees given = new() { Trees = 1, Depth = 2, Features = 4, EarlyLeaf = 0, Seed = 4 };
        float[] rows = given.Rows(Rows, false, 5);
        double[] before = Answers(given.Regressor(), rows, 4);

        MadeVariant made = MakeVariant.Run(given.Regressor(), Recipe(TreePart.Leaves, 0.25), new VariantRows(RuntimeAgreement.Batch(rows, 4)), null, default);

        double[] now = Answers(made.Model, rows, 4);
        double[] values = [.. before.Distinct()];
        TreeReach reach = TreeReach.Of(ModelFile.Parse(given.Regressor()), ModelFile.Parse(given.Regressor()).Graph.Node[0], RuntimeAgreement.Batch(rows, 4), default);
        IReadOnlyList<TreeNode> tree = reach.Ensemble.Trees[0];
        double best = tree.Where(node => node.Mode != BranchMode.Leaf && tree[node.TrueChild].Mode == BranchMode.Leaf && tree[node.FalseChild].Mode == BranchMode.Leaf)
            .Min(node =>
            {
                double[] told = [.. before.Where(value => Math.Abs(value - tree[node.TrueChild].Weights[0].Weight) < 1e-6 || Math.Abs(value - tree[node.FalseChild].Weights[0].Weight) < 1e-6)];
                return told.Length == 0 ? 0 : told.Sum(value => (value - told.Average()) * (value - told.Average()));
            });
        Assert.Equal(best, now.Zip(before, (a, b) => (a - b) * (a - b)).Sum(), 1e-5);
        Assert.Equal(before.Average(), now.Average(), 1e-5);
        Assert.True(now.Distinct().Count() < values.Length || best == 0);
        Assert.EndsWith("3 of 4 leaves are left", Assert.Single(made.Summary.Touched).What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TreePart.Trees)]
    [InlineData(TreePart.Leaves)]
    public void Operator_set_5_is_pruned_with_its_sets_of_values(TreePart part)
    {
        byte[] parent = Flat();
        float[] rows = [1, 0, 1, 0.5f, 2.5f, 3, 2, 3, float.NaN, 3, 1, float.NaN, 2.5f, -1, 0, 0, 4, 1];
        double[] before = Answers(parent, rows, 2);

        MadeVariant made = MakeVariant.Run(parent, Recipe(part, part == TreePart.Trees ? 0.34 : 0.2), new VariantRows(RuntimeAgreement.Batch(rows, 2)), null, default);

        double[] now = Answers(made.Model, rows, 2);
        if (part == TreePart.Leaves)
        {
            // The last tree becomes one leaf: what it added on the average.
            double[] last = [.. Enumerable.Range(0, before.Length).Select(row => rows[2 * row] > 2 ? 0.5 : 0.25)];
            Alike([.. before.Zip(last, (whole, own) => whole - own + last.Average())], now);
        }

        Assert.Equal(before.Average(), now.Average(), 1e-5);
        Assert.NotEqual(before, now);
        NodeProto node = Assert.Single(ModelFile.Parse(made.Model).Graph.Node);
        Assert.Equal(part == TreePart.Trees ? 2 : 3, GraphIndex.Attribute(node, "tree_roots")!.Ints.Count);
    }

    [Fact]
    public void Written_trees_answer_to_the_bit_as_the_trees_that_were_read()
    {
        GivenTrees trees = new() { Modes = ["BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ"], Missing = true, Targets = 3, Weighed = [0, 1, 2], Depth = 4 };
        foreach ((byte[] model, float[] rows, int width, string output) in ((byte[], float[], int, string)[])[
            (trees.Regressor(), trees.Rows(300, true, 1), 5, "y"), (trees.Classifier(), trees.Rows(300, true, 2), 5, "scores"),
            (Flat(), [1, 0, 1, 0.5f, 2.5f, 3, 2, 3, float.NaN, 3], 2, "y")])
        {
            ModelProto copy = ModelFile.Parse(model);
            WriteTrees.Into(copy.Graph.Node[0], TreeReach.Read(copy.Graph.Node[0]));

            Assert.Equal(Answers(model, rows, width, output), Answers(Google.Protobuf.MessageExtensions.ToByteArray(copy), rows, width, output));
        }
    }

    // Boosted trees, and forests written as sums of shares and as a mean: what half of the trees or leaves costs on unseen rows.
    [SkippableTheory]
    [InlineData("hmda_gbt", TreePart.Trees, TreeFamily.Boosting)]
    [InlineData("hmda_gbt", TreePart.Leaves, TreeFamily.Boosting)]
    [InlineData("adult_gbt", TreePart.Trees, TreeFamily.Boosting)]
    [InlineData("adult_gbt", TreePart.Leaves, TreeFamily.Boosting)]
    [InlineData("digits_rf", TreePart.Trees, TreeFamily.Bagging)]
    [InlineData("digits_rf", TreePart.Leaves, TreeFamily.Bagging)]
    [InlineData("hmda_pipeline", TreePart.Trees, TreeFamily.Boosting)]
    public void Half_of_real_trees_or_leaves_keeps_accuracy_within_two_points_in_a_much_smaller_file(string name, TreePart part, TreeFamily family)
    {
        using ReferenceModel model = new(name);
        ModelProto parent = ModelFile.Parse(model.File);

        MadeVariant made = MakeVariant.Run(model.File, Recipe(part, 0.5), model.Calibration, null, default);

        double before = model.Accuracy(model.File);
        double after = model.Accuracy(made.Model);
        log.WriteLine($"{name}, {part}: accuracy {before:0.0000} to {after:0.0000}, file {made.Summary.File.Ratio:0.000}; {made.Summary.Touched[0].What}");
        Assert.InRange(after, before - 0.02, 1);
        Assert.InRange(made.Summary.File.Ratio!.Value, 0.2, 0.7);
        Assert.Equal(family, TellFamily.Of(TreeReach.Of(parent, TreeReach.Nodes(parent.Graph)[0], model.Calibration.Batch, default)));
    }

    [Fact]
    public void What_is_no_sum_of_trees_and_what_has_none_is_refused_in_words()
    {
        GivenTrees given = new();
        VariantRows rows = new(RuntimeAgreement.Batch(given.Rows(20, false, 1), 5));

        string smallest = Assert.Throws<InputException>(() => MakeVariant.Run(given.Regressor(("aggregate_function", "MIN")), Recipe(TreePart.Trees, 0.5), rows, null, default)).Message;
        string none = Assert.Throws<InputException>(() => MakeVariant.Run(GivenModel.Logistic([1, 2, 3, 4, 5], 0), Recipe(TreePart.Trees, 0.5), rows, null, default)).Message;
        string blind = Assert.Throws<InputException>(() => MakeVariant.Run(given.Regressor(), Recipe(TreePart.Trees, 0.5), null, null, default)).Message;

        Assert.Contains("no sum", smallest, StringComparison.Ordinal);
        Assert.Contains("nothing in this model", none, StringComparison.Ordinal);
        Assert.Equal("The recipe prune-trees needs rows to learn from.", blind);
    }

    private static VariantRecipe Recipe(TreePart part, double share) => new() { Kind = VariantKind.PruneTrees, Part = part, Share = share };

    // Tree 0: x0 in {1, 2.5} ? (x1 < 0.5 ? a : b) : c; tree 1: x1 in {3} ? d : a, missing passes; tree 2: x0 > 2 ? e : f.
    private static byte[] Flat()
    {
        static TensorProto Floats(params float[] values) =>
            new() { DataType = (int)TensorProto.Types.DataType.Float, Dims = { values.Length }, FloatData = { values } };
        return new GivenModel()
            .Input("x", TensorProto.Types.DataType.Float, null, 2)
            .Node("TreeEnsemble", ["x"], ["y"], "ai.onnx.ml",
                ("aggregate_function", 1L), ("post_transform", 0L), ("n_targets", 1L),
                ("tree_roots", (long[])[0, 2, 3]),
                ("nodes_featureids", (long[])[0, 1, 1, 0]),
                ("nodes_modes", new TensorProto { DataType = (int)TensorProto.Types.DataType.Uint8, Dims = { 4 }, RawData = Google.Protobuf.ByteString.CopyFrom(6, 1, 6, 3) }),
                ("nodes_splits", Floats(0, 0.5f, 0, 2)),
                ("membership_values", Floats(1, 2.5f, float.NaN, 3, float.NaN)),
                ("nodes_truenodeids", (long[])[1, 0, 3, 4]), ("nodes_trueleafs", (long[])[0, 1, 1, 1]),
                ("nodes_falsenodeids", (long[])[2, 1, 0, 5]), ("nodes_falseleafs", (long[])[1, 1, 1, 1]),
                ("nodes_missing_value_tracks_true", (long[])[0, 0, 1, 0]),
                ("leaf_targetids", (long[])[0, 0, 0, 0, 0, 0]), ("leaf_weights", Floats(1, 20, -3, 4, 0.5f, 0.25f)))
            .Output("y", TensorProto.Types.DataType.Float, null, 1)
            .Build(15, 5);
    }

    private static void Alike(double[] expected, double[] found) => Assert.Equal(expected.Select(value => Math.Round(value, 4)), found.Select(value => Math.Round(value, 4)));

    private static double[] Answers(byte[] model, float[] rows, int width, string output = "y")
    {
        using OnnxPredictor predictor = OnnxPredictor.Load(model, new PredictorOptions { Provider = "cpu" }, default);
        return predictor.Predict(RuntimeAgreement.Batch(rows, width), default)[output].Numbers!;
    }
}
