using Governance.Audit.Inference.Graphs;
using Governance.Tests;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Tests.Gradients;

/// <summary>Small graphs from "x" [N, 2, 4] to "out", each through one operator, "given", that has no gradient here.</summary>
internal static class RefusedGraphs
{
    /// <summary>The graph of an operator.</summary>
    public static byte[] Of(string op)
    {
        GivenModel model = new GivenModel().Input("x", DataType.Float, null, 2, 4);
        model = op switch
        {
            "GRU" => Recurrent(model, "GRU", 3),
            "RNN" => Recurrent(model, "RNN", 1),
            "Einsum" => model.Weights("w", [4, 3], RuleCase.Random(12, 1, 5)).Node("Einsum", ["x", "w"], ["given"], attributes: ("equation", "ntf,fk->ntk")),
            "Resize" => model.Weights("scales", [3], [1f, 1, 2]).Node("Resize", ["x", "", "scales"], ["given"], attributes: ("mode", "nearest")),
            "CumSum" => model.Weights("axis", [], [2L]).Node("CumSum", ["x", "axis"], ["given"]),
            "TopK" => model.Weights("k", [1], [2L]).Node("TopK", ["x", "k"], ["given", "places"]),
            _ => model.Weights("times", [], [2L]).Node("Loop", ["times", "", "x"], ["given"], attributes: ("body", Body())),
        };
        return model.Node("Flatten", [op is "GRU" or "RNN" ? "rows" : "given"], ["out"]).Output("out", DataType.Float, null, null).Build();
    }

    // Steps first, as the operators want them: [2, N, 4] to [2, 1, N, 3].
    private static GivenModel Recurrent(GivenModel model, string op, int gates) => model
        .Weights("w", [1, 3 * gates, 4], RuleCase.Random(12 * gates, 1, 5)).Weights("r", [1, 3 * gates, 3], RuleCase.Random(9 * gates, 1, 6))
        .Node("Transpose", ["x"], ["steps"], attributes: ("perm", (long[])[1, 0, 2]))
        .Node(op, ["steps", "w", "r"], ["", "given"], attributes: ("hidden_size", 3L))
        .Node("Transpose", ["given"], ["rows"], attributes: ("perm", (long[])[1, 0, 2]));

    // x + x, a given number of times.
    private static GraphProto Body() => new GivenModel()
        .Input("i", DataType.Int64).Input("go", DataType.Bool).Input("v", DataType.Float, null, 2, 4)
        .Node("Identity", ["go"], ["on"]).Node("Add", ["v", "v"], ["twice"])
        .Output("on", DataType.Bool).Output("twice", DataType.Float, null, 2, 4).Graph;
}
