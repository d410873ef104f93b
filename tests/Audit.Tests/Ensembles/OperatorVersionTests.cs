using Governance.Audit.Data;
using Governance.Audit.Ensembles;
using Governance.Tests;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Tests.Ensembles;

/// <summary>
/// Members of different opsets. The builder holds every merged graph against its members on made-up rows and refuses what
/// differs, and the runtime refuses old forms under new versions: so a build that succeeds was brought over rightly.
/// </summary>
public sealed class OperatorVersionTests
{
    private static readonly EnsembleOptions Average = new() { Combination = Combination.Average };

    public static TheoryData<string, long, long> Older => new()
    {
        { "Squeeze", 11, 13 }, { "Unsqueeze", 11, 15 }, { "ReduceSum", 11, 18 }, { "ReduceMean", 15, 18 }, { "ReduceL2", 17, 18 },
        { "Softmax", 12, 13 }, { "LogSoftmax", 11, 17 }, { "Split", 11, 13 }, { "Split", 11, 18 }, { "EvenSplit", 13, 18 },
        { "Clip", 9, 13 }, { "Pad", 9, 15 }, { "Slice", 9, 13 }, { "TopK", 9, 15 }, { "Dropout", 10, 15 }, { "BatchNormalization", 8, 15 },
    };

    [Theory]
    [MemberData(nameof(Older))]
    public void An_operator_of_an_older_version_is_brought_to_the_newer_one(string op, long from, long to)
    {
        EnsembleMember old = GivenMembers.Of("old", Old(op).Build(from));
        EnsembleMember newer = GivenMembers.Of("newer", New(to));

        EnsembleModel model = BuildEnsemble.Run([old, newer], Average, _ => { }, default);

        Assert.Equal(to, model.Opset);
        Assert.True(model.ProofRows >= 8);
        Assert.InRange(model.LargestDifference, 0, 1e-6);
        GivenMembers.Dispose(old, newer);
    }

    [Fact]
    public void What_cannot_be_brought_over_is_refused_by_name()
    {
        byte[] resized = new GivenModel().Input("x", DataType.Float, null, 4)
            .Weights("image", [4], new long[] { -1, 1, 2, 2 }).Weights("scales", [4], [1f, 1f, 2f, 2f]).Weights("row", [2], new long[] { -1, 16 })
            .Weights("w", [16, 1], [.. Enumerable.Repeat(0.1f, 16)])
            .Node("Reshape", ["x", "image"], ["i"]).Node("Upsample", ["i", "scales"], ["big"], attributes: [("mode", "nearest")])
            .Node("Reshape", ["big", "row"], ["r"]).Node("MatMul", ["r", "w"], ["z"]).Node("Sigmoid", ["z"], ["prob"])
            .Output("prob", DataType.Float, null, 1).Build(9);
        EnsembleMember[] members = [GivenMembers.Of("old", resized), GivenMembers.Of("newer", New(15))];

        Assert.StartsWith(
            "The member 'old' uses the operator Upsample of version 9 of ai.onnx, which means something else in version 15",
            Assert.Throws<InputException>(() => BuildEnsemble.Run(members, Average, _ => { }, default)).Message);
        GivenMembers.Dispose(members);
    }

    [Fact]
    public void Equal_names_in_two_members_are_kept_apart_in_loops_and_branches_too()
    {
        EnsembleMember[] members = [GivenMembers.Of("a", Branching(2)), GivenMembers.Of("b", Branching(-3))];

        EnsembleModel model = BuildEnsemble.Run(members, Average, _ => { }, default);

        Assert.InRange(model.LargestDifference, 0, 1e-6);
        Assert.Contains(GivenMembers.Predict(model, new Table([new NumberColumn("x", [2])]))[EnsembleOutputs.Disagreement].Numbers!, apart => apart > 0.4);
        GivenMembers.Dispose(members);
    }

    // If the sum of the batch is above 0 the weight counts, else its half; both branches read the outer weight by name.
    private static byte[] Branching(float weight)
    {
        GivenModel Branch(float factor) => new GivenModel().Weights("f", [1], [factor]).Node("Mul", ["w", "f"], ["out"]).Output("out", DataType.Float, 1);
        return new GivenModel().Input("x", DataType.Float, null, 1).Weights("w", [1], [weight]).Weights("zero", [], [0f])
            .Node("ReduceMax", ["x"], ["most"], attributes: [("keepdims", 0L)]).Node("Greater", ["most", "zero"], ["above"])
            .Node("If", ["above"], ["chosen"], attributes: [("then_branch", Branch(1).Graph), ("else_branch", Branch(0.5f).Graph)])
            .Node("Mul", ["x", "chosen"], ["z"]).Node("Sigmoid", ["z"], ["prob"]).Output("prob", DataType.Float, null, 1).Build();
    }

    private static byte[] New(long opset) => new GivenModel().Input("x", DataType.Float, null, 4)
        .Weights("w", [4, 1], [0.3f, -0.2f, 0.1f, 0.4f])
        .Node("MatMul", ["x", "w"], ["z"]).Node("Sigmoid", ["z"], ["prob"]).Output("prob", DataType.Float, null, 1).Build(opset);

    // [N,4] to [N,1] by way of one operator in its old form.
    private static GivenModel Old(string op)
    {
        GivenModel start = new GivenModel().Input("x", DataType.Float, null, 4).Weights("w", [4, 1], [0.5f, 0.25f, -0.5f, 1f])
            .Weights("cube", [3], new long[] { -1, 2, 2 }).Weights("flat", [2], new long[] { -1, 4 })
            .Weights("one", [4], [1f, 1f, 1f, 1f]).Weights("nil", [4], [0.1f, 0.2f, 0.3f, 0.4f]);
        GivenModel middle = op switch
        {
            "Squeeze" => start.Weights("tall", [3], new long[] { -1, 4, 1 }).Node("Reshape", ["x", "tall"], ["t"]).Node(op, ["t"], ["m"], attributes: [("axes", new long[] { 2 })]),
            "Unsqueeze" => start.Node(op, ["x"], ["t"], attributes: [("axes", new long[] { 1 })]).Node("Reshape", ["t", "flat"], ["m"]),
            "ReduceSum" or "ReduceMean" or "ReduceL2" => start.Node(op, ["x"], ["t"], attributes: [("axes", new long[] { 1 }), ("keepdims", 1L)]).Node("Add", ["x", "t"], ["m"]),
            "Softmax" or "LogSoftmax" => start.Node("Reshape", ["x", "cube"], ["t"]).Node(op, ["t"], ["s"], attributes: [("axis", 1L)]).Node("Reshape", ["s", "flat"], ["m"]),
            "Split" => start.Node(op, ["x"], ["s1", "s2"], attributes: [("axis", 1L), ("split", new long[] { 1, 3 })]).Node("Concat", ["s2", "s1"], ["m"], attributes: [("axis", 1L)]),
            "EvenSplit" => start.Node("Split", ["x"], ["s1", "s2"], attributes: [("axis", 1L)]).Node("Concat", ["s2", "s1"], ["m"], attributes: [("axis", 1L)]),
            "Clip" => start.Node(op, ["x"], ["m"], attributes: [("min", -0.25f), ("max", 0.75f)]),
            "Pad" => start.Node(op, ["x"], ["p"], attributes: [("pads", new long[] { 0, 1, 0, 0 }), ("value", 0.5f)])
                .Weights("last", [4], new long[] { 0, 2, 3, 4 }).Node("Gather", ["p", "last"], ["m"], attributes: [("axis", 1L)]),
            "Slice" => start.Node(op, ["x"], ["s"], attributes: [("starts", new long[] { 1 }), ("ends", new long[] { 4 }), ("axes", new long[] { 1 })])
                .Weights("first", [1], new long[] { 0 }).Node("Gather", ["x", "first"], ["g"], attributes: [("axis", 1L)]).Node("Concat", ["s", "g"], ["m"], attributes: [("axis", 1L)]),
            "TopK" => start.Node(op, ["x"], ["m", "places"], attributes: [("k", 4L), ("axis", 1L)]),
            "Dropout" => start.Node(op, ["x"], ["m"], attributes: [("ratio", 0.5f)]),
            _ => start.Node(op, ["x", "one", "nil", "nil", "one"], ["m"], attributes: [("epsilon", 1e-5f)]),
        };
        return middle.Node("MatMul", ["m", "w"], ["z"]).Node("Sigmoid", ["z"], ["prob"]).Output("prob", DataType.Float, null, 1);
    }
}
