using Google.Protobuf;
using Governance.Audit.Inference.Graphs;
using Governance.Tests;
using Element = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Tests.Quarantine;

/// <summary>Models that ask for more than they show, built in code.</summary>
internal static class HostileModels
{
    /// <summary>A Loop around an addition, of so many rounds; null for a number that comes from the rows.</summary>
    public static byte[] Loop(long? rounds)
    {
        GivenModel body = new GivenModel().Input("i", Element.Int64).Input("c", Element.Bool).Input("v", Element.Float, null, 2)
            .Node("Identity", ["c"], ["co"]).Node("Add", ["v", "one"], ["vo"]).Output("co", Element.Bool).Output("vo", Element.Float, null, 2);
        GivenModel model = new GivenModel().Input("x", Element.Float, null, 2).Weights("one", [1], [1f]);
        model = rounds is long known
            ? model.Weights("trips", [], (long[])[known])
            : model.Node("ReduceMax", ["x"], ["most"], "", ("keepdims", 0L)).Node("Cast", ["most"], ["trips"], "", ("to", (long)Element.Int64));
        return model.Node("Loop", ["trips", "", "x"], ["y"], "", ("body", body.Graph)).Output("y", Element.Float, null, 2).Build();
    }

    /// <summary>Functions of which each calls the one before twice: 2^depth operators when written out.</summary>
    public static byte[] Functions(int depth)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(
            new GivenModel().Input("x", Element.Float, null, 2).Node($"f{depth}", ["x"], ["y"], "own").Output("y", Element.Float, null, 2).Build());
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "own", Version = 1 });
        for (int i = 0; i <= depth; i++)
        {
            FunctionProto function = new() { Name = $"f{i}", Domain = "own", Input = { "a" }, Output = { "c" } };
            function.OpsetImport.Add(new OperatorSetIdProto { Version = 15 });
            function.OpsetImport.Add(new OperatorSetIdProto { Domain = "own", Version = 1 });
            foreach ((string from, string to) in ((string, string)[])[("a", "b"), ("b", "c")])
            {
                function.Node.Add(new NodeProto { OpType = i == 0 ? "Relu" : $"f{i - 1}", Domain = i == 0 ? "" : "own", Input = { from }, Output = { to } });
            }

            model.Functions.Add(function);
        }

        return model.ToByteArray();
    }

    /// <summary>If graphs inside each other.</summary>
    public static byte[] Nested(int depth)
    {
        GivenModel inner = new GivenModel().Node("Identity", ["x"], ["r0"]).Output("r0", Element.Float, null, 2);
        for (int i = 1; i < depth; i++)
        {
            inner = new GivenModel().Node("If", ["flag"], [$"r{i}"], "", ("then_branch", inner.Graph), ("else_branch", inner.Graph.Clone())).Output($"r{i}", Element.Float, null, 2);
        }

        return new GivenModel().Input("x", Element.Float, null, 2).Weights("flags", [1], (long[])[1])
            .Node("Cast", ["flags"], ["flag"], "", ("to", (long)Element.Bool))
            .Node("If", ["flag"], ["y"], "", ("then_branch", inner.Graph), ("else_branch", inner.Graph.Clone()))
            .Output("y", Element.Float, null, 2).Build();
    }

    /// <summary>A model with one node on its input, and an output of free form.</summary>
    public static byte[] OneNode(string op, string[] inputs, string domain = "", params (string Name, object Value)[] attributes) =>
        Given().Node(op, inputs, ["y"], domain, attributes).Build();

    /// <summary>Input x [N, 2], output y, and constants that sizes are made of.</summary>
    public static GivenModel Given() => new GivenModel().Input("x", Element.Float, null, 2).Output("y", Element.Float)
        .Weights("huge", [1], (long[])[1L << 40]).Weights("hugePair", [2], (long[])[1L << 20, 1L << 20]).Weights("hugeScalar", [], (long[])[1L << 40])
        .Weights("zero", [], (long[])[0]).Weights("one", [], (long[])[1]).Weights("two", [2], (long[])[0, 1])
        .Weights("pads", [4], (long[])[0, 0, 1L << 20, 1L << 20]).Weights("scales", [2], (float[])[1e5f, 1e5f]).Weights("none", [0], (float[])[]);

    /// <summary>Changes a sound model's messages.</summary>
    public static byte[] Changed(Action<ModelProto> change)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(GivenModel.Logistic([2, -1], 0.5f));
        change(model);
        return model.ToByteArray();
    }
}
