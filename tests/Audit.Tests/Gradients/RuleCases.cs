namespace Governance.Audit.Tests.Gradients;

/// <summary>Small graphs, together with every operator that has a rule.</summary>
internal static partial class RuleCases
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<RuleCase> All { get; } =
    [
        .. Unary("Relu", "Elu", "Celu", "Selu", "LeakyRelu", "ThresholdedRelu", "HardSigmoid", "HardSwish", "Abs", "Sigmoid", "Tanh",
            "Exp", "Erf", "Softplus", "Softsign", "Neg", "Identity", "Dropout", "Sin", "Cos"),
        .. Unary("Log", "Sqrt", "Reciprocal").Select(one => one with { Low = 0.5, High = 2 }),
        .. Attributed(), .. Arithmetic(), .. Products(), .. Normalizations(), .. Reductions(), .. Spatial(), .. Shapes(), .. Selections(),
        .. Later(), .. Recurrent(),
    ];

    private static IEnumerable<RuleCase> Unary(params string[] operators) =>
        operators.Select(op => new RuleCase(op, [4], 4, m => m.Node(op, ["x"], ["y"])));

    private static IEnumerable<RuleCase> Attributed() =>
    [
        new("Elu 0.5", [4], 4, m => m.Node("Elu", ["x"], ["y"], attributes: ("alpha", 0.5f))),
        new("Celu 0.7", [4], 4, m => m.Node("Celu", ["x"], ["y"], attributes: ("alpha", 0.7f))),
        new("HardSigmoid steep", [4], 4, m => m.Node("HardSigmoid", ["x"], ["y"], attributes: [("alpha", 0.6f), ("beta", 0.4f)])),
        new("Clip", [4], 4, m => m.Weights("low", [], [-0.5f]).Weights("high", [], [0.8f]).Node("Clip", ["x", "low", "high"], ["y"])),
        new("Clip above", [4], 4, m => m.Weights("low", [], [-0.5f]).Node("Clip", ["x", "low"], ["y"])),
        new("PRelu", [2, 4], 8, m => m.Weights("slope", [2, 1], [0.1f, 0.3f]).Node("PRelu", ["x", "slope"], ["y"])),
        new("PRelu of computed slopes", [4], 4, m => m.Node("Sin", ["x"], ["slope"]).Node("PRelu", ["x", "slope"], ["y"])),
        new("Cast there and back", [4], 4, m => m.Node("Cast", ["x"], ["wide"], attributes: ("to", 11L)).Node("Sin", ["wide"], ["sin"])
            .Node("Cast", ["sin"], ["y"], attributes: ("to", 1L))),
        new("Floor beside the identity", [4], 4, m => m.Node("Floor", ["x"], ["steps"]).Node("Ceil", ["x"], ["up"]).Node("Round", ["x"], ["near"])
            .Node("Sign", ["x"], ["sign"]).Node("Sum", ["steps", "up", "near", "sign"], ["flats"]).Weights("tiny", [], [0f]).Node("Mul", ["flats", "tiny"], ["none"])
            .Node("Add", ["none", "x"], ["y"])),
        new("Where", [4], 4, m => m.Weights("zero", [], [0f]).Node("Greater", ["x", "zero"], ["up"]).Node("Sin", ["x"], ["a"]).Node("Exp", ["x"], ["b"])
            .Node("Where", ["up", "a", "b"], ["y"])),
    ];

    private static IEnumerable<RuleCase> Arithmetic() =>
    [
        new("Add broadcast to x", [2, 3], 6, m => m.Weights("c", [3], [1f, 2, 3]).Node("Add", ["x", "c"], ["y"])),
        new("Sub of a row from a table", [3], 6, m => m.Weights("c", [2, 3], RuleCase.Random(6, 1, 2)).Node("Unsqueeze", ["x", "one"], ["u"]).Weights("one", [1], [1L])
            .Node("Sub", ["c", "u"], ["y"])),
        new("Mul of each other", [4], 4, m => m.Node("Sin", ["x"], ["s"]).Node("Mul", ["x", "s"], ["y"])),
        new("Mul over a kept axis", [2, 3], 6, m => m.Node("ReduceMean", ["x"], ["mean"], attributes: [("axes", (long[])[2]), ("keepdims", 1L)])
            .Node("Mul", ["x", "mean"], ["y"])),
        new("Div", [4], 4, m => m.Node("Exp", ["x"], ["e"]).Node("Div", ["x", "e"], ["y"])),
        new("Div of a constant", [4], 4, m => m.Weights("c", [4], [1f, -2, 3, 4]).Node("Div", ["c", "x"], ["y"])) { Low = 0.5, High = 2 },
        new("Pow 3", [4], 4, m => m.Weights("p", [], [3f]).Node("Pow", ["x", "p"], ["y"])),
        new("Pow of whole exponents", [4], 4, m => m.Weights("p", [4], [1L, 2, 3, 2]).Node("Pow", ["x", "p"], ["y"])),
        new("Pow with x above", [4], 4, m => m.Weights("b", [], [1.7f]).Node("Pow", ["b", "x"], ["y"])),
        new("Sum and Mean", [4], 4, m => m.Node("Sin", ["x"], ["s"]).Node("Sum", ["x", "s", "x"], ["a"]).Node("Mean", ["a", "s"], ["y"])),
        new("Max and Min", [4], 4, m => m.Node("Sin", ["x"], ["s"]).Node("Cos", ["x"], ["c"]).Node("Max", ["s", "c", "x"], ["a"]).Node("Min", ["a", "c"], ["y"])),
        new("Max against a bound", [2, 3], 6, m => m.Weights("c", [3], [0f, 0.5f, -0.5f]).Node("Max", ["c", "x"], ["y"])),
    ];

    private static IEnumerable<RuleCase> Products() =>
    [
        new("MatMul", [4], 3, m => m.Weights("w", [4, 3], RuleCase.Random(12, 1, 1)).Node("MatMul", ["x", "w"], ["y"])),
        new("MatMul by batches", [2, 3, 4], 18, m => m.Node("Transpose", ["x"], ["t"], attributes: ("perm", (long[])[0, 1, 3, 2])).Node("MatMul", ["x", "t"], ["y"])),
        new("MatMul broadcast on the left", [3, 4], 32, m => m.Weights("one", [1], [1L])
            .Node("Unsqueeze", ["x", "one"], ["u"]).Weights("w1", [2, 4, 3], RuleCase.Random(24, 1, 1)).Node("MatMul", ["w1", "u"], ["y"])),
        new("MatMul with a vector behind", [3, 4], 3, m => m.Weights("v", [4], RuleCase.Random(4, 1, 1)).Node("MatMul", ["x", "v"], ["y"])),
        new("Gemm", [4], 3, m => m.Weights("w", [3, 4], RuleCase.Random(12, 1, 1)).Weights("c", [3], [1f, 2, 3])
            .Node("Gemm", ["x", "w", "c"], ["y"], attributes: [("alpha", 0.5f), ("beta", 2f), ("transB", 1L)])),
        new("Gemm plain", [4], 3, m => m.Weights("w", [4, 3], RuleCase.Random(12, 1, 1)).Node("Gemm", ["x", "w"], ["y"])),
        new("Gemm of x in the sum", [3], 3, m => m.Weights("w", [3, 3], RuleCase.Random(9, 1, 1)).Node("Sin", ["x"], ["s"])
            .Node("Gemm", ["s", "w", "x"], ["y"], attributes: ("beta", 0.3f))),
    ];

    private static IEnumerable<RuleCase> Normalizations() =>
    [
        new("BatchNormalization", [3, 2, 2], 12, m => m.Weights("s", [3], [1f, 2, -1]).Weights("b", [3], [0f, 1, 2]).Weights("m", [3], [0.1f, 0.2f, 0.3f])
            .Weights("v", [3], [1, 0.5f, 2]).Node("BatchNormalization", ["x", "s", "b", "m", "v"], ["y"])),
        new("LayerNormalization", [3, 4], 12, m => m.Weights("s", [4], [1, 2, -1, 0.5f]).Weights("b", [4], [0f, 1, 2, 3])
            .Node("LayerNormalization", ["x", "s", "b"], ["y"], attributes: [("axis", -1L), ("epsilon", 0.001f)])),
        new("LayerNormalization of two axes", [3, 4], 12, m => m.Weights("s", [3, 4], RuleCase.Random(12, 1, 2))
            .Node("LayerNormalization", ["x", "s"], ["y"], attributes: ("axis", 1L))),
        new("LayerNormalization in parts", [3, 4], 12, m => m.Weights("two", [], [2f]).Weights("eps", [], [0.001f])
            .Node("ReduceMean", ["x"], ["mean"], attributes: ("axes", (long[])[-1])).Node("Sub", ["x", "mean"], ["c"]).Node("Pow", ["c", "two"], ["sq"])
            .Node("ReduceMean", ["sq"], ["var"], attributes: ("axes", (long[])[-1])).Node("Add", ["var", "eps"], ["ve"]).Node("Sqrt", ["ve"], ["sd"])
            .Node("Div", ["c", "sd"], ["y"])),
        new("InstanceNormalization", [2, 3, 3], 18, m => m.Weights("s", [2], [1f, -2]).Weights("b", [2], [0f, 1])
            .Node("InstanceNormalization", ["x", "s", "b"], ["y"])),
        new("Softmax", [2, 4], 8, m => m.Node("Softmax", ["x"], ["y"], attributes: ("axis", -1L))),
        new("Softmax over the middle", [3, 2], 6, m => m.Node("Softmax", ["x"], ["y"], attributes: ("axis", 1L))),
        new("LogSoftmax", [4], 4, m => m.Node("LogSoftmax", ["x"], ["y"], attributes: ("axis", 1L))),
    ];

    private static IEnumerable<RuleCase> Reductions()
    {
        foreach (string op in (string[])["ReduceMean", "ReduceMax", "ReduceMin", "ReduceL1", "ReduceL2", "ReduceSumSquare", "ReduceLogSumExp", "ReduceLogSum"])
        {
            yield return new(op, [3, 4], 3, m => m.Node(op, ["x"], ["y"], attributes: [("axes", (long[])[2]), ("keepdims", 0L)])) { Low = 0.5, High = 2 };
            yield return new($"{op} kept", [3, 4], 4, m => m.Node(op, ["x"], ["y"], attributes: ("axes", (long[])[-2]))) { Low = 0.5, High = 2 };
        }

        yield return new("ReduceSum", [3, 4], 1, m => m.Weights("axes", [2], [1L, 2]).Node("ReduceSum", ["x", "axes"], ["y"], attributes: ("keepdims", 0L)));
        yield return new("ReduceSum kept", [3, 4], 4, m => m.Weights("axes", [1], [1L]).Node("ReduceSum", ["x", "axes"], ["y"]));
    }

    private static IEnumerable<RuleCase> Later() =>
    [
        new("ReduceMax with axes as an input", [3, 4], 3, m => m.Weights("axes", [1], [-1L]).Node("ReduceMax", ["x", "axes"], ["y"], attributes: ("keepdims", 0L))) { Opset = 20 },
        new("Gelu", [4], 4, m => m.Node("Gelu", ["x"], ["y"])) { Opset = 20 },
        new("Gelu by tanh", [4], 4, m => m.Node("Gelu", ["x"], ["y"], attributes: ("approximate", "tanh"))) { Opset = 20 },
        new("Mish", [4], 4, m => m.Node("Mish", ["x"], ["y"])) { Opset = 20 },
        new("Relu of opset 13", [4], 4, m => m.Node("Relu", ["x"], ["y"])) { Opset = 13 },
    ];
}
