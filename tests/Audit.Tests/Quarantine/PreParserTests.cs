using Google.Protobuf;
using Governance.Audit.Data;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Quarantine;
using Governance.Tests;
using Element = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;
using Tensor = Governance.Audit.Inference.Graphs.TensorProto;

namespace Governance.Audit.Tests.Quarantine;

/// <summary>The rules on a file as it lies, each with a model that breaks only it.</summary>
public sealed class PreParserTests
{
    [Fact]
    public void Reads_what_a_sound_model_holds()
    {
        ModelContent content = PreParser.Read(GivenModel.Logistic([2, -1], 0.5f), ModelLimits.Default);

        Assert.Equal(8, content.IrVersion);
        Assert.Equal(15, content.Opsets["ai.onnx"]);
        Assert.Equal("tensor(float)", content.Inputs["x"]);
        Assert.Equal("prob", content.Outputs.Single().Name);
        Assert.Equal([1], content.Outputs.Single().RowShape!);
        Assert.Equal(new Dictionary<string, int> { ["Add"] = 1, ["MatMul"] = 1, ["Sigmoid"] = 1 }, content.Operators);
        Assert.Equal(3, content.Parameters);
        Assert.All(content.Checks, check => Assert.True(check.Ok, check.Message));
    }

    [SkippableFact]
    public void Accepts_all_reference_models()
    {
        foreach (string file in Directory.EnumerateFiles(Reference.Path("data", "models"), "*.onnx", SearchOption.AllDirectories))
        {
            Assert.All(PreParser.Read(File.ReadAllBytes(file), ModelLimits.Default).Checks, check => Assert.True(check.Ok, $"{file}: {check.Message}"));
        }
    }

    [Fact]
    public void Refuses_what_is_no_model()
    {
        byte[] sound = GivenModel.Logistic([2, -1], 0.5f);
        Refuses([], "The model file is empty.");
        Refuses("hello, this is text, not a model"u8.ToArray(), "no ONNX model");
        Refuses(sound[..^7], "cut off");
        Refuses(ModelProto.Parser.ParseFrom(sound).Graph.ToByteArray(), "no ONNX model");
        Refuses([.. "PK\u0003\u0004"u8, .. sound], "a zip archive");
        Refuses([0x1F, 0x8B, .. sound], "a gzip archive");
        Refuses([0x80, 0x04, .. sound], "a Python pickle");
        Refuses(Changed(model => model.Graph = null), "holds no graph");
        Refuses([.. sound, .. sound], "occurs twice");
        Refuses([.. sound, 0x0B], "no field of its format");
        Refuses([.. sound, 0xFA, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 0x00], "no field of its format");
        Refuses([.. sound, 0x22, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], "cut off");
    }

    // The runtime takes these bytes for its own format, whatever else they are.
    [Fact]
    public void Refuses_a_file_that_two_readers_read_differently()
    {
        byte[] both = Changed(model => { model.IrVersion = 8; model.ProducerName = "ORTMODEL"; });

        Assert.Equal("ORTM"u8.ToArray(), both[4..8]);
        Refuses(both, "the runtime's own format");
    }

    [Fact]
    public void Refuses_formats_and_operators_that_the_runtime_does_not_know_or_must_not_run()
    {
        Refuses(Changed(model => model.IrVersion = 99), "(IR version) 99");
        Refuses(Changed(model => model.IrVersion = -1), "(IR version) -1");
        Refuses(Changed(model => model.OpsetImport[0].Version = 99), "version 99 of the operator set ai.onnx");
        Refuses(Changed(model => model.OpsetImport.Clear()), "does not say which version");
        Refuses(Changed(model => model.OpsetImport.Add(new OperatorSetIdProto { Version = 13 })), "two versions");
        Refuses(Changed(model => model.Graph.Node[0].Domain = "com.other"), "of the domain 'com.other'");
        Refuses(Changed(model => model.Graph.Node[0].OpType = "MatMul2"), "'MatMul2'");
        Refuses(HostileModels.OneNode("EPContext", ["x"], "com.microsoft"), "'com.microsoft::EPContext'");
        Refuses(Changed(model => model.Graph.Node[0].OpType = "Adam"), "'Adam'");
    }

    [Fact]
    public void Refuses_weights_that_lie_elsewhere_wherever_they_hide()
    {
        Tensor outside = new() { Name = "w2", DataType = (int)Element.Float, Dims = { 1 }, ExternalData = { new StringStringEntryProto { Key = "location", Value = "weights.bin" } }, DataLocation = Tensor.Types.DataLocation.External };
        Tensor unsaid = new() { Name = "w2", DataType = (int)Element.Float, Dims = { 1 }, FloatData = { 1f }, ExternalData = { new StringStringEntryProto { Key = "location", Value = "*/_ORT_MEM_ADDR_/*" } } };
        foreach (Tensor tensor in (Tensor[])[outside, unsaid])
        {
            GraphProto branch = new GivenModel().Node("Constant", [], ["c"], "", ("value", tensor)).Node("Identity", ["c"], ["r"]).Output("r", Element.Float).Graph;
            Refuses(Changed(model => model.Graph.Initializer.Add(tensor)), "external data");
            Refuses(Changed(model => model.Graph.SparseInitializer.Add(new SparseTensorProto { Values = tensor, Indices = new Tensor { DataType = (int)Element.Int64, Dims = { 1 }, Int64Data = { 0 } }, Dims = { 4 } })), "external data");
            Refuses(HostileModels.Given().Node("Constant", [], ["y"], "", ("value", tensor)).Build(), "external data");
            Refuses(HostileModels.Given().Node("Cast", ["one"], ["flag"], "", ("to", (long)Element.Bool)).Node("If", ["flag"], ["y"], "", ("then_branch", branch), ("else_branch", branch.Clone())).Build(), "external data");
            ModelProto functions = ModelProto.Parser.ParseFrom(HostileModels.Functions(1));
            functions.Functions[0].Node.Add(new NodeProto { OpType = "Constant", Output = { "k" }, Attribute = { new AttributeProto { Name = "value", T = tensor, Type = AttributeProto.Types.AttributeType.Tensor } } });
            Refuses(functions.ToByteArray(), "external data");
        }
    }

    [Fact]
    public void Refuses_graphs_that_do_not_hang_together()
    {
        Refuses(Changed(model => model.Graph.Node[0].Input[1] = "nowhere"), "'nowhere', which nothing makes");
        Refuses(Changed(model => model.Graph.Output[0].Name = "nowhere"), "Nothing makes the output 'nowhere'");
        Refuses(Changed(model => model.Graph.Node[1].Output[0] = "xw"), "'xw' is made twice");
        Refuses(Changed(model => model.Graph.Node[1].Output[0] = "x"), "'x' is made twice");
        Refuses(Changed(model => model.Graph.Node[1].Output[0] = "w"), "'w' is made twice");
        Refuses(Changed(model => model.Graph.Node[0].Input[0] = "prob"), "has a cycle");
        Refuses(Changed(model => model.Graph.Node[0].Input[0] = "xw"), "has a cycle");
        Refuses(Changed(model => model.Graph.Initializer.Add(model.Graph.Initializer[0].Clone())), "the weights 'w' twice");
        Refuses(Changed(model => model.Graph.Input.Add(model.Graph.Input[0].Clone())), "the input 'x' twice");
        Refuses(Changed(model => model.Graph.Output.Add(model.Graph.Output[0].Clone())), "the output 'prob' twice");
        Refuses(Changed(model => model.Graph.Node[0].Output[0] = "x\0w"), "zero byte");
        Refuses(Changed(model => model.Graph.Input.Clear()), "no inputs");
        Refuses(Changed(model => model.Graph.Output.Clear()), "no outputs");
        Refuses(Changed(model => model.Graph.Input[0].Type = null), "declares no type");
        Refuses(Changed(model => model.Graph.Input[0].Type.TensorType.ElemType = 77), "element type 77");
        Refuses(Changed(model => model.Graph.Input[0].Type.TensorType.Shape.Dim[1].DimValue = -5), "dimension -5");
        Refuses(Changed(model => model.Graph.Input[0].Type.TensorType.Shape.Dim[1].DimValue = 1L << 40), "more than the 67,108,864");
        Refuses(Changed(model => model.Graph.Node[0].Attribute.AddRange([new AttributeProto { Name = "a", I = 1 }, new AttributeProto { Name = "a", I = 2 }])), "'a' twice");
    }

    [Fact]
    public void Accepts_operators_in_any_order()
    {
        byte[] file = Changed(model =>
        {
            NodeProto[] nodes = [.. model.Graph.Node.Reverse()];
            model.Graph.Node.Clear();
            model.Graph.Node.AddRange(nodes);
        });

        Assert.Equal(3, PreParser.Read(file, ModelLimits.Default).Nodes);
    }

    [Fact]
    public void Refuses_more_operators_and_deeper_graphs_than_the_limits()
    {
        GivenModel chain = new GivenModel().Input("x", Element.Float, null, 2);
        for (int i = 0; i <= 10_000; i++)
        {
            chain.Node("Relu", [i == 0 ? "x" : $"v{i}"], [i == 10_000 ? "y" : $"v{i + 1}"]);
        }

        Refuses(chain.Output("y", Element.Float, null, 2).Build(), "more than 10,000 operators");
        PreParser.Read(HostileModels.Nested(4), ModelLimits.Default);
        Refuses(HostileModels.Nested(5), "more than 4 levels deep");
        PreParser.Read(HostileModels.Functions(7), ModelLimits.Default);
        Refuses(HostileModels.Functions(8), "more than 8 levels deep");
        Refuses(HostileModels.Functions(40), "more than 8 levels deep");
        Assert.Throws<InputException>(() => PreParser.Read(HostileModels.Functions(7), ModelLimits.Default with { Nodes = 500 }));
        ModelProto calling = ModelProto.Parser.ParseFrom(HostileModels.Functions(2));
        calling.Functions[0].Node[0].OpType = "f2";
        calling.Functions[0].Node[0].Domain = "own";
        Refuses(calling.ToByteArray(), "calls itself");
    }

    [Theory]
    [InlineData(1_000_001L, "1,000,001 rounds")]
    [InlineData(long.MaxValue, "rounds")]
    [InlineData(null, "no constant")]
    public void Refuses_loops_of_many_or_of_unknown_rounds(long? rounds, string words) => Refuses(HostileModels.Loop(rounds), words);

    [Fact]
    public void Accepts_a_loop_of_few_rounds_and_counts_loops_inside_loops()
    {
        PreParser.Read(HostileModels.Loop(1_000_000), ModelLimits.Default);
        ModelProto inner = ModelProto.Parser.ParseFrom(HostileModels.Loop(2_000));
        GraphProto body = new() { Name = "outer", Node = { new NodeProto { OpType = "Identity", Input = { "c" }, Output = { "co" } }, inner.Graph.Node[0] }, Initializer = { inner.Graph.Initializer } };
        body.Input.Add(ModelProto.Parser.ParseFrom(HostileModels.Loop(1)).Graph.Node[0].Attribute[0].G.Input);
        body.Input[2].Name = "x";
        body.Output.Add(new ValueInfoProto { Name = "co" });
        body.Output.Add(new ValueInfoProto { Name = "y" });

        Refuses(
            new GivenModel().Input("start", Element.Float, null, 2).Weights("rounds", [], (long[])[2_000])
                .Node("Loop", ["rounds", "", "start"], ["end"], "", ("body", body)).Output("end", Element.Float, null, 2).Build(),
            "4,000,000 rounds");
    }

    [Fact]
    public void Flags_weights_that_are_no_numbers_but_not_masks()
    {
        Assert.False(Weights(float.NaN, 1).Ok);
        Assert.False(Weights(float.PositiveInfinity, 2).Ok);
        Assert.True(Weights(float.NegativeInfinity, 0).Ok);
        Assert.True(Weights(1, 2).Ok);
        Assert.Contains("'w'", Weights(float.NaN, 1).Message, StringComparison.Ordinal);
    }

    private static Governance.Audit.Inference.ModelCheck Weights(float first, float second) =>
        PreParser.Read(GivenModel.Logistic([first, second], 0), ModelLimits.Default).Checks.Single(check => check.Name == "weights-finite");

    private static byte[] Changed(Action<ModelProto> change) => HostileModels.Changed(change);

    private static void Refuses(byte[] file, string words)
    {
        InputException refusal = Assert.Throws<InputException>(() => PreParser.Read(file, ModelLimits.Default));

        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
    }
}
