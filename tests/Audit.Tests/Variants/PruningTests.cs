using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Variants;
using Governance.Tests;
using Xunit.Abstractions;
using Element = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Tests.Variants;

/// <summary>Weights and channels taken out: exact counts, shapes that shrink, and outputs that follow from what was taken.</summary>
public sealed class PruningTests(ITestOutputHelper log)
{
    [Theory]
    [InlineData(PruneScope.Layer, 6, 4)]
    [InlineData(PruneScope.Global, 10, 0)]
    public void Exactly_the_smallest_weights_become_zero(PruneScope scope, int first, int second)
    {
        float[] small = [.. Enumerable.Range(1, 12).Select(i => i / 100f)];
        float[] large = [.. Enumerable.Range(1, 8).Select(i => (float)i)];

        MadeVariant made = MakeVariant.Run(Two(small, large), new VariantRecipe { Kind = VariantKind.Prune, Share = 0.5, Scope = scope }, null, null, default);

        float[][] now = [.. ModelFile.Parse(made.Model).Graph.Initializer.Select(tensor => GraphIndex.Numbers(tensor)!.Select(value => (float)value).ToArray())];
        Assert.Equal([.. small.Select((value, i) => i < first ? 0 : value)], now.Single(values => values.Length == 12));
        Assert.Equal([.. large.Select((value, i) => i < second ? 0 : value)], now.Single(values => values.Length == 8));
        Assert.Equal(0.5, made.Summary.ZeroShare, 1e-12);
    }

    // Units 1 and 3 are never read: taking them out changes no answer.
    [Fact]
    public void Idle_neurons_go_first_and_nothing_else_changes()
    {
        float[] w = [.. Enumerable.Range(0, 12).Select(i => (i % 5) - 2f)];
        float[] v = [1, -2, 0, 0, 3, 1, 0, 0];
        byte[] parent = new GivenModel().Input("x", Element.Float, null, 3).Weights("w", [3, 4], w).Weights("b", [4], [0.5f, 1, -1, 2]).Weights("v", [4, 2], v)
            .Node("MatMul", ["x", "w"], ["xw"]).Node("Add", ["xw", "b"], ["h"]).Node("Tanh", ["h"], ["t"]).Node("Mul", ["t", "h"], ["g"]).Node("MatMul", ["g", "v"], ["y"])
            .Output("y", Element.Float, null, 2).Build();

        MadeVariant made = MakeVariant.Run(parent, new VariantRecipe { Kind = VariantKind.PruneStructured, Share = 0.5 }, null, null, default);

        GraphProto graph = ModelFile.Parse(made.Model).Graph;
        Assert.Equal((long[][])[[2], [2, 2], [3, 2]], graph.Initializer.Select(tensor => tensor.Dims.ToArray()).OrderBy(dims => dims.Length).ThenBy(dims => dims[0]));
        float[] rows = [1, 2, 3, -1, 0.5f, 2];
        Alike(Answers(parent, rows, 3), Answers(made.Model, rows, 3));
    }

    // A picture of two channels through a normalisation and a pool, flattened: 4 places a channel.
    [Fact]
    public void Channels_are_followed_through_pictures_and_behind_their_flattening()
    {
        byte[] parent = new GivenModel().Input("x", Element.Float, null, 1, 4, 4)
            .Weights("k", [2, 1, 1, 1], [1f, 2f]).Weights("kb", [2], [0f, 1f]).Weights("one", [2], [1f, 1f]).Weights("zero", [2], [0f, 0f])
            .Weights("v", [8, 2], [.. Enumerable.Range(0, 16).Select(i => i < 8 ? 0f : i - 7f)])
            .Node("Conv", ["x", "k", "kb"], ["c"]).Node("BatchNormalization", ["c", "one", "zero", "zero", "one"], ["n"]).Node("Relu", ["n"], ["r"])
            .Node("MaxPool", ["r"], ["p"], "", ("kernel_shape", (long[])[2, 2]), ("strides", (long[])[2, 2])).Node("Flatten", ["p"], ["f"]).Node("MatMul", ["f", "v"], ["y"])
            .Output("y", Element.Float, null, 2).Build();

        MadeVariant made = MakeVariant.Run(parent, new VariantRecipe { Kind = VariantKind.PruneStructured, Share = 0.5 }, null, null, default);

        Assert.Contains(ModelFile.Parse(made.Model).Graph.Initializer, tensor => tensor.Dims.SequenceEqual([4, 2]));
        float[] rows = [.. Enumerable.Range(0, 32).Select(i => (float)Math.Sin(i))];
        Alike(Answers(parent, rows, 1, 4, 4), Answers(made.Model, rows, 1, 4, 4));
    }

    [Fact]
    public void What_mixes_channels_keeps_them_and_says_so()
    {
        byte[] parent = new GivenModel().Input("x", Element.Float, null, 3).Weights("w", [3, 4], new float[12]).Weights("v", [4, 2], new float[8])
            .Node("MatMul", ["x", "w"], ["h"]).Node("Softmax", ["h"], ["s"]).Node("MatMul", ["s", "v"], ["y"]).Output("y", Element.Float, null, 2).Build();

        string refusal = Assert.Throws<InputException>(
            () => MakeVariant.Run(parent, new VariantRecipe { Kind = VariantKind.PruneStructured }, null, null, default)).Message;

        Assert.Contains("may mix channels", refusal, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("german_credit_mlp")]
    [InlineData("hmda_extracted_copy")]
    public void Half_of_the_neurons_with_fine_tuning_keep_accuracy_within_two_points(string name)
    {
        using ReferenceModel model = new(name);
        VariantRecipe recipe = new() { Kind = VariantKind.PruneStructured, Share = 0.5, FineTune = 40 };

        MadeVariant made = MakeVariant.Run(model.File, recipe, model.Training, null, default);

        double before = model.Accuracy(model.File);
        double after = model.Accuracy(made.Model);
        log.WriteLine($"{name}: accuracy {before:0.0000} to {after:0.0000}, large matrices {made.Summary.LargeMatrices.Ratio:0.000}");
        Assert.InRange(made.Summary.LargeMatrices.Ratio!.Value, 0.2, 0.55);
        Assert.InRange(after, before - 0.02, 1);
    }

    // Half of 24 hidden units, drawn at random: what is left comes nearer to the parent's answers by learning from them.
    [Theory]
    [InlineData("Tanh", "Softmax")]
    [InlineData("Sigmoid", "Softmax")]
    [InlineData("Tanh", "Sigmoid")]
    [InlineData("Relu", "Sigmoid")]
    public void Fine_tuning_brings_pruned_units_of_each_kind_nearer_to_the_parent(string unit, string ending)
    {
        Random random = new(3);
        float[] Drawn(int count, double reach) => [.. Enumerable.Range(0, count).Select(_ => (float)(reach * ((2 * random.NextDouble()) - 1)))];
        int outputs = ending == "Sigmoid" ? 1 : 3;
        byte[] parent = new GivenModel().Input("x", Element.Float, null, 4)
            .Weights("w", [4, 24], Drawn(96, 1.5)).Weights("b", [24], Drawn(24, 1)).Weights("v", [24, outputs], Drawn(24 * outputs, 1)).Weights("c", [outputs], Drawn(outputs, 1))
            .Node("MatMul", ["x", "w"], ["xw"]).Node("Add", ["xw", "b"], ["h"]).Node(unit, ["h"], ["t"])
            .Node("Gemm", ["t", "v", "c"], ["z"]).Node(ending, ["z"], ["y"]).Output("y", Element.Float, null, outputs).Build();
        float[] rows = Drawn(1_200, 2);
        VariantRows learned = new(new InputBatch([new InputTensor("x", rows, 4, [4])]));
        float[] fresh = Drawn(400, 2);
        double[] wanted = Answers(parent, fresh, 4);
        VariantRecipe recipe = new() { Kind = VariantKind.PruneStructured, Share = 0.5 };

        MadeVariant cut = MakeVariant.Run(parent, recipe, learned, null, default);
        MadeVariant tuned = MakeVariant.Run(parent, recipe with { FineTune = 100 }, learned, null, default);

        double before = Distance(Answers(cut.Model, fresh, 4));
        double after = Distance(Answers(tuned.Model, fresh, 4));
        log.WriteLine($"{unit}, {ending}: {before:0.0000} to {after:0.0000}");
        Assert.Equal(cut.Summary.File.After, tuned.Summary.File.After, 100.0);
        Assert.InRange(after, 0, before / 2);

        double Distance(double[] said) => Math.Sqrt(said.Zip(wanted, (mine, theirs) => (mine - theirs) * (mine - theirs)).Average());
    }

    private static void Alike(double[] expected, double[] found) => Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-5));

    private static byte[] Two(float[] first, float[] second) => new GivenModel().Input("x", Element.Float, null, 3)
        .Weights("w", [3, 4], first).Weights("v", [4, 2], second)
        .Node("MatMul", ["x", "w"], ["h"]).Node("MatMul", ["h", "v"], ["y"]).Output("y", Element.Float, null, 2).Build();

    private static double[] Answers(byte[] model, float[] rows, params int[] shape)
    {
        int width = shape.Aggregate(1, (product, size) => product * size);
        using OnnxPredictor predictor = OnnxPredictor.Load(model, new PredictorOptions { Provider = "cpu" }, default);
        return predictor.Predict(new InputBatch([new InputTensor("x", rows, width, shape)]), default).Outputs[0].Numbers!;
    }
}
