using Governance.Audit.Data;
using Governance.Audit.Quarantine;
using Governance.Tests;
using Element = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;
using Tensor = Governance.Audit.Inference.Graphs.TensorProto;

namespace Governance.Audit.Tests.Quarantine;

/// <summary>Operators that a few bytes make ask for gigabytes, directly or through sums and products of constants.</summary>
public sealed class SizeTests
{
    [Fact]
    public void Refuses_each_operator_that_makes_a_value_as_large_as_a_number_says()
    {
        Refuses(HostileModels.OneNode("ConstantOfShape", ["huge"]));
        Refuses(HostileModels.OneNode("ConstantOfShape", ["hugePair"]));
        Refuses(HostileModels.OneNode("Expand", ["x", "hugePair"]));
        Refuses(HostileModels.OneNode("Tile", ["x", "hugePair"]));
        Refuses(HostileModels.OneNode("Range", ["zero", "hugeScalar", "one"]));
        Refuses(HostileModels.OneNode("Pad", ["x", "pads"]));
        Refuses(HostileModels.OneNode("Resize", ["x", "none", "scales"]));
        Refuses(HostileModels.OneNode("Resize", ["x", "", "", "hugePair"]));
        Refuses(HostileModels.OneNode("Upsample", ["x", "scales"]));
        Refuses(HostileModels.OneNode("OneHot", ["x", "hugeScalar", "two"]));
        Refuses(HostileModels.OneNode("RandomNormal", [], "", ("shape", (long[])[1L << 20, 1L << 20])));
        Refuses(HostileModels.OneNode("RandomUniform", [], "", ("shape", (long[])[1L << 40])));
        Refuses(HostileModels.OneNode("Multinomial", ["x"], "", ("sample_size", 1L << 40)));
        Refuses(HostileModels.OneNode("HannWindow", ["hugeScalar"]));
        Refuses(HostileModels.OneNode("MaxPool", ["x"], "", ("kernel_shape", (long[])[1, 1]), ("pads", (long[])[1L << 20, 1L << 20, 0, 0])));
    }

    // As the bomb that runs only when rows come: the size hangs on the batch.
    [Fact]
    public void Refuses_sizes_that_are_computed_from_the_batch()
    {
        GivenModel bomb = new GivenModel().Input("x", Element.Float, null, 4).Weights("first", [1], (long[])[0]).Weights("factor", [1], (long[])[1L << 34])
            .Node("Shape", ["x"], ["shape"]).Node("Gather", ["shape", "first"], ["rows"]).Node("Mul", ["rows", "factor"], ["size"])
            .Node("ConstantOfShape", ["size"], ["bomb"]).Node("ReduceMax", ["bomb"], ["most"], "", ("keepdims", 0L)).Node("Add", ["x", "most"], ["y"])
            .Output("y", Element.Float, null, 4);

        Refuses(bomb.Build(), "'bomb' of 17,179,869,184 elements");
    }

    [Theory]
    [InlineData("Add", 1L << 39, 1L << 39)]
    [InlineData("Mul", 1L << 20, 1L << 20)]
    [InlineData("Sub", 1L << 41, 1L << 40)]
    [InlineData("Div", 1L << 60, 1L << 20)]
    [InlineData("Pow", 1L << 20, 2L)]
    [InlineData("Max", 1L << 40, 1L)]
    public void Refuses_sizes_that_are_computed_from_constants(string op, long left, long right) => Refuses(
        HostileModels.Given().Weights("l", [1], (long[])[left]).Weights("r", [1], (long[])[right])
            .Node(op, ["l", "r"], ["size"]).Node("ConstantOfShape", ["size"], ["y"]).Build());

    [Fact]
    public void Refuses_sizes_through_constants_that_move()
    {
        Tensor value = new() { DataType = (int)Element.Int64, Dims = { 1 }, Int64Data = { 1L << 40 } };
        Refuses(HostileModels.Given().Node("Constant", [], ["s"], "", ("value", value)).Node("ConstantOfShape", ["s"], ["y"]).Build());
        Refuses(HostileModels.Given().Node("Constant", [], ["s"], "", ("value_ints", (long[])[1L << 20, 1L << 20])).Node("ConstantOfShape", ["s"], ["y"]).Build());
        Refuses(HostileModels.Given().Node("Constant", [], ["s"], "", ("value_int", 1L << 40)).Node("Range", ["zero", "s", "one"], ["y"]).Build());
        Refuses(HostileModels.Given().Node("Concat", ["hugePair", "hugePair"], ["s"], "", ("axis", 0L)).Node("ConstantOfShape", ["s"], ["y"]).Build());
        Refuses(HostileModels.Given().Node("Cast", ["huge"], ["s"], "", ("to", 7L)).Node("Identity", ["s"], ["t"]).Node("ConstantOfShape", ["t"], ["y"]).Build());
        Refuses(HostileModels.Given().Node("Unsqueeze", ["hugeScalar", "axis"], ["s"]).Weights("axis", [1], (long[])[0]).Node("ConstantOfShape", ["s"], ["y"]).Build());
        Refuses(HostileModels.Given().Node("ReduceProd", ["hugePair"], ["s"]).Node("ConstantOfShape", ["s"], ["y"]).Build());
        Refuses(HostileModels.Given().Node("Slice", ["hugePair", "a", "b"], ["s"]).Weights("a", [1], (long[])[0]).Weights("b", [1], (long[])[2]).Node("ConstantOfShape", ["s"], ["y"]).Build());
    }

    [Fact]
    public void Refuses_values_that_double_step_by_step()
    {
        GivenModel doubling = HostileModels.Given();
        for (int i = 0; i < 30; i++)
        {
            string from = i == 0 ? "x" : $"v{i}";
            doubling.Node("Concat", [from, from], [i == 29 ? "y" : $"v{i + 1}"], "", ("axis", 1L));
        }

        Refuses(doubling.Build());
        Refuses(HostileModels.Given().Node("Reshape", ["w", "column"], ["c"]).Node("Reshape", ["w", "row"], ["r"]).Node("MatMul", ["c", "r"], ["y"])
            .Weights("w", [20_000], new float[20_000]).Weights("column", [2], (long[])[-1, 1]).Weights("row", [2], (long[])[1, -1]).Build());
    }

    [Fact]
    public void Refuses_a_loop_that_collects_more_than_the_limit()
    {
        GivenModel body = new GivenModel().Input("i", Element.Int64).Input("c", Element.Bool).Node("Identity", ["c"], ["co"])
            .Node("ConstantOfShape", ["thousand"], ["collected"]).Output("co", Element.Bool).Output("collected", Element.Float);

        Refuses(
            HostileModels.Given().Weights("thousand", [1], (long[])[1_000]).Weights("rounds", [], (long[])[1_000_000])
                .Node("Loop", ["rounds", ""], ["y"], "", ("body", body.Graph)).Build(),
            "1,000,000,000 elements");
    }

    [Fact]
    public void Refuses_sizes_inside_branches_and_functions()
    {
        GivenModel branch = new GivenModel().Node("ConstantOfShape", ["huge"], ["r"]).Output("r", Element.Float);
        Refuses(HostileModels.Given().Node("Cast", ["one"], ["flag"], "", ("to", (long)Element.Bool))
            .Node("If", ["flag"], ["y"], "", ("then_branch", branch.Graph), ("else_branch", branch.Graph.Clone())).Build());
    }

    [Fact]
    public void Flags_sizes_that_hang_on_the_numbers_in_a_row_and_not_those_that_hang_on_its_dimensions()
    {
        GivenModel numbers = new GivenModel().Input("x", Element.Float, null, 2).Node("ReduceMax", ["x"], ["m"], "", ("keepdims", 0L))
            .Node("Cast", ["m"], ["i"], "", ("to", (long)Element.Int64)).Weights("axis", [1], (long[])[0]).Node("Unsqueeze", ["i", "axis"], ["size"])
            .Node("ConstantOfShape", ["size"], ["made"]).Node("ReduceSum", ["made"], ["s"], "", ("keepdims", 0L)).Node("Add", ["x", "s"], ["y"]).Output("y", Element.Float, null, 2);
        GivenModel dimensions = new GivenModel().Input("x", Element.Float, null, 2).Node("Relu", ["x"], ["r"]).Node("Shape", ["r"], ["size"])
            .Node("ConstantOfShape", ["size"], ["made"]).Node("Add", ["x", "made"], ["y"]).Output("y", Element.Float, null, 2);

        Assert.Equal("The size of 'made' hangs on the numbers in a row: what a row costs cannot be known beforehand.", Sizes(numbers).Message);
        Assert.True(Sizes(dimensions).Ok);
    }

    [Fact]
    public void Accepts_the_same_operators_in_usual_sizes()
    {
        GivenModel usual = new GivenModel().Input("x", Element.Float, null, 2)
            .Weights("shape", [2], (long[])[1, 2]).Weights("pads", [4], (long[])[0, 1, 0, 1]).Weights("repeats", [2], (long[])[1, 3])
            .Weights("zero", [], (long[])[0]).Weights("ten", [], (long[])[10]).Weights("one", [], (long[])[1])
            .Node("ConstantOfShape", ["shape"], ["a"]).Node("Expand", ["a", "shape"], ["b"]).Node("Add", ["x", "b"], ["c"])
            .Node("Pad", ["c", "pads"], ["d"]).Node("Tile", ["d", "repeats"], ["e"]).Node("Range", ["zero", "ten", "one"], ["f"])
            .Node("ReduceSum", ["e"], ["y"], "", ("keepdims", 1L)).Output("y", Element.Float, null, 1).Output("f", Element.Int64, 10L);

        Assert.Equal(7, PreParser.Read(usual.Build(), ModelLimits.Default).Nodes);
    }

    private static Governance.Audit.Inference.ModelCheck Sizes(GivenModel model) =>
        PreParser.Read(model.Build(), ModelLimits.Default).Checks.Single(check => check.Name == "sizes");

    private static void Refuses(byte[] file, string words = "more than the 67,108,864") =>
        Assert.Contains(words, Assert.Throws<InputException>(() => PreParser.Read(file, ModelLimits.Default)).Message, StringComparison.Ordinal);
}
