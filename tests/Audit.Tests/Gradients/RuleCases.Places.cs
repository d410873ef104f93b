namespace Governance.Audit.Tests.Gradients;

/// <summary>Images, places and steps.</summary>
internal static partial class RuleCases
{
    private static IEnumerable<RuleCase> Spatial() =>
    [
        new("Conv", [2, 5, 5], 27, m => m.Weights("w", [3, 2, 3, 3], RuleCase.Random(54, 0.5, 1)).Weights("b", [3], [1f, 2, 3]).Node("Conv", ["x", "w", "b"], ["y"])),
        new("Conv in strides", [2, 6, 5], 27, m => m.Weights("w", [3, 2, 3, 2], RuleCase.Random(36, 0.5, 1))
            .Node("Conv", ["x", "w"], ["y"], attributes: [("strides", (long[])[2, 2]), ("pads", (long[])[1, 0, 0, 1])])),
        new("Conv dilated in groups", [4, 7, 7], 100, m => m.Weights("w", [4, 2, 3, 3], RuleCase.Random(72, 0.5, 1))
            .Node("Conv", ["x", "w"], ["y"], attributes: [("dilations", (long[])[2, 2]), ("pads", (long[])[1, 1, 1, 1]), ("group", 2L)])),
        new("Conv over time, padded to the same", [2, 7], 12, m => m.Weights("w", [3, 2, 4], RuleCase.Random(24, 0.5, 1))
            .Node("Conv", ["x", "w"], ["y"], attributes: [("strides", (long[])[2]), ("auto_pad", "SAME_UPPER")])),
        new("ConvTranspose", [2, 3, 3], 150, m => m.Weights("w", [2, 6, 3, 3], RuleCase.Random(108, 0.5, 1))
            .Node("ConvTranspose", ["x", "w"], ["y"], attributes: [("strides", (long[])[2, 2]), ("pads", (long[])[1, 1, 1, 1])])),
        new("MaxPool", [2, 4, 4], 8, m => m.Node("MaxPool", ["x"], ["y"], attributes: [("kernel_shape", (long[])[2, 2]), ("strides", (long[])[2, 2])])),
        new("MaxPool overlapping", [2, 5, 5], 18, m => m.Node("MaxPool", ["x"], ["y"], attributes: [("kernel_shape", (long[])[3, 3]), ("strides", (long[])[2, 2]), ("pads", (long[])[1, 1, 1, 1])])),
        new("AveragePool", [2, 4, 4], 8, m => m.Node("AveragePool", ["x"], ["y"], attributes: [("kernel_shape", (long[])[2, 2]), ("strides", (long[])[2, 2])])),
        new("AveragePool padded", [2, 5, 5], 18, m => m.Node("AveragePool", ["x"], ["y"], attributes: [("kernel_shape", (long[])[3, 3]), ("strides", (long[])[2, 2]), ("pads", (long[])[1, 1, 1, 1])])),
        new("AveragePool counting padding", [2, 5, 5], 18, m => m.Node("AveragePool", ["x"], ["y"], attributes: [("kernel_shape", (long[])[3, 3]), ("strides", (long[])[2, 2]), ("pads", (long[])[1, 1, 1, 1]), ("count_include_pad", 1L)])),
        new("AveragePool over the edge", [1, 5, 5], 9, m => m.Node("AveragePool", ["x"], ["y"], attributes: [("kernel_shape", (long[])[2, 2]), ("strides", (long[])[2, 2]), ("ceil_mode", 1L)])),
        new("GlobalAveragePool", [3, 3, 2], 3, m => m.Node("GlobalAveragePool", ["x"], ["y"])),
        new("GlobalMaxPool", [3, 3, 2], 3, m => m.Node("GlobalMaxPool", ["x"], ["y"])),
        new("Pad", [1, 3, 3], 25, m => m.Weights("p", [8], [0L, 0, 1, 0, 0, 0, 1, 2]).Node("Pad", ["x", "p"], ["y"])),
        new("Pad by mirror", [1, 3, 3], 25, m => m.Weights("p", [8], [0L, 0, 1, 0, 0, 0, 1, 2]).Node("Pad", ["x", "p"], ["y"], attributes: ("mode", "reflect"))),
    ];

    private static IEnumerable<RuleCase> Shapes() =>
    [
        new("Reshape", [2, 6], 12, m => m.Weights("s", [3], [0L, 3, 4]).Node("Reshape", ["x", "s"], ["r"]).Node("Softmax", ["r"], ["y"])),
        new("Flatten", [2, 3], 6, m => m.Node("Flatten", ["x"], ["r"]).Node("Softmax", ["r"], ["y"])),
        new("Squeeze and Unsqueeze", [1, 4], 4, m => m.Weights("a", [1], [1L]).Weights("b", [1], [2L]).Node("Squeeze", ["x", "a"], ["s"]).Node("Unsqueeze", ["s", "b"], ["y"])),
        new("Transpose", [2, 3], 6, m => m.Node("Transpose", ["x"], ["t"], attributes: ("perm", (long[])[0, 2, 1])).Node("Softmax", ["t"], ["y"])),
        new("Transpose of the rows", [2, 3], 6, m => m.Node("Transpose", ["x"], ["t"]).Node("Relu", ["t"], ["r"]).Node("Transpose", ["r"], ["y"])),
        new("Concat", [3], 10, m => m.Node("Sin", ["x"], ["s"]).Weights("z", [1], [1L]).Weights("e", [1], [2L]).Weights("ax", [1], [1L])
            .Node("Slice", ["x", "z", "e", "ax"], ["one"]).Node("Concat", ["s", "one", "x", "s"], ["y"], attributes: ("axis", -1L))),
        new("Split", [7], 5, m => m.Weights("n", [3], [2L, 3, 2]).Node("Split", ["x", "n"], ["a", "b", "c"], attributes: ("axis", 1L))
            .Node("Mul", ["a", "c"], ["p"]).Node("Concat", ["p", "b"], ["y"], attributes: ("axis", 1L))),
        new("Split of which a part is unused", [4], 2, m => m.Weights("n", [2], [2L, 2]).Node("Split", ["x", "n"], ["a", "y"], attributes: ("axis", 1L))),
        new("Expand", [1, 3], 12, m => m.Weights("s", [3], [1L, 4, 3]).Node("Expand", ["x", "s"], ["y"])),
    ];

    private static IEnumerable<RuleCase> Selections() =>
    [
        new("Slice in steps backwards", [2, 6], 6, m => m.Weights("from", [1], [5L]).Weights("to", [1], [-100L]).Weights("ax", [1], [2L]).Weights("by", [1], [-2L])
            .Node("Slice", ["x", "from", "to", "ax", "by"], ["y"])),
        new("Gather of one step", [3, 4], 4, m => m.Weights("i", [], [-1L]).Node("Gather", ["x", "i"], ["y"], attributes: ("axis", 1L))),
        new("Gather with repeats", [4], 5, m => m.Weights("i", [5], [0L, 2, 2, 3, 0]).Node("Gather", ["x", "i"], ["y"], attributes: ("axis", 1L))),
        new("GatherElements", [2, 3], 2, m => m.Weights("shape", [2], [0L, 6]).Node("Reshape", ["x", "shape"], ["r"])
            .Node("ArgMax", ["r"], ["best"], attributes: ("axis", 1L)).Node("GatherElements", ["r", "best"], ["top"], attributes: ("axis", 1L))
            .Node("Concat", ["top", "top"], ["y"], attributes: ("axis", 1L))),
        new("GatherND", [2, 3], 2, m => m.Weights("i", [2, 2], [0L, 2, 1, 0]).Node("Shape", ["x"], ["s"]).Weights("z", [], [0L]).Node("Gather", ["s", "z"], ["n"])
            .Weights("pair", [1], [0L]).Node("Unsqueeze", ["n", "pair"], ["n1"]).Weights("two", [2], [2L, 2]).Node("Concat", ["n1", "two"], ["to"], attributes: ("axis", 0L))
            .Node("Expand", ["i", "to"], ["each"]).Node("GatherND", ["x", "each"], ["y"], attributes: ("batch_dims", 1L))),
        new("Tile", [2, 2], 12, m => m.Weights("r", [3], [1L, 3, 1]).Node("Tile", ["x", "r"], ["y"])),
    ];

    private static IEnumerable<RuleCase> Recurrent() =>
    [
        Lstm("LSTM", "forward", 1, true), Lstm("LSTM backwards", "reverse", 1, false), Lstm("LSTM in both directions", "bidirectional", 2, true),
    ];

    // Three steps of two features, a state of two: all of its three outputs are read.
    private static RuleCase Lstm(string name, string direction, int directions, bool bias)
    {
        string[] inputs = bias ? ["t", "w", "r", "b"] : ["t", "w", "r"];
        return new RuleCase(name, [3, 2], directions * 10, m => m
            .Weights("w", [directions, 8, 2], RuleCase.Random(directions * 16, 1, 4)).Weights("r", [directions, 8, 2], RuleCase.Random(directions * 16, 1, 5))
            .Weights("b", [directions, 16], RuleCase.Random(directions * 16, 0.5, 6))
            .Node("Transpose", ["x"], ["t"], attributes: ("perm", (long[])[1, 0, 2]))
            .Node("LSTM", inputs, ["all", "last", "cell"], attributes: [("hidden_size", 2L), ("direction", direction)])
            .Node("Transpose", ["all"], ["rows"], attributes: ("perm", (long[])[2, 0, 1, 3])).Node("Flatten", ["rows"], ["f1"])
            .Node("Transpose", ["last"], ["l"], attributes: ("perm", (long[])[1, 0, 2])).Node("Flatten", ["l"], ["f2"])
            .Node("Transpose", ["cell"], ["c"], attributes: ("perm", (long[])[1, 0, 2])).Node("Flatten", ["c"], ["f3"])
            .Node("Concat", ["f1", "f2", "f3"], ["y"], attributes: ("axis", 1L)));
    }
}
