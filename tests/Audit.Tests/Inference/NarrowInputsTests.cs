using System.Text;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Tests.Quarantine;
using Governance.Tests;
using Element = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Tests.Inference;

/// <summary>Inputs of element types that rows are not encoded in: they are cast inside the graph.</summary>
public sealed class NarrowInputsTests
{
    public static TheoryData<string, double, double> Types => new()
    {
        { nameof(Element.Float16), -2.5, 65_504 }, { nameof(Element.Bfloat16), -2.5, 1_024 }, { nameof(Element.Uint8), 0, 255 }, { nameof(Element.Int8), -128, 127 },
        { nameof(Element.Uint16), 0, 65_535 }, { nameof(Element.Int16), -32_768, 32_767 }, { nameof(Element.Uint32), 0, 4_294_967_295 },
        { nameof(Element.Uint64), 0, 1L << 40 }, { nameof(Element.Int64), -7, 7 }, { nameof(Element.Int32), -7, 7 }, { nameof(Element.Double), -2.5, 1e300 },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void Rows_reach_the_graph_unchanged_at_both_ends_of_the_type(string type, double least, double most)
    {
        using OnnxPredictor predictor = Load(Enum.Parse<Element>(type));
        Table table = Rows(least, most);

        Prediction prediction = predictor.Predict(RowEncoder.For(predictor.Signature, null, table).Encode(table), CancellationToken.None);

        Assert.Equal([least, most, most, least], prediction["y"].Numbers!);
    }

    [Theory]
    [InlineData(nameof(Element.Uint8), 0, 256)]
    [InlineData(nameof(Element.Uint8), -1, 0)]
    [InlineData(nameof(Element.Int8), 0, 128)]
    [InlineData(nameof(Element.Uint32), -1, 0)]
    [InlineData(nameof(Element.Uint64), -1, 0)]
    [InlineData(nameof(Element.Float16), 0, 65_505)]
    public void A_number_that_the_type_cannot_hold_is_refused_with_its_row(string type, double first, double second)
    {
        using OnnxPredictor predictor = Load(Enum.Parse<Element>(type));
        Table table = Rows(first, second);

        InputException refusal = Assert.Throws<InputException>(() => RowEncoder.For(predictor.Signature, null, table).Encode(table));

        Assert.Contains("the model's input", refusal.Message, StringComparison.Ordinal);
        Assert.InRange(refusal.Line!.Value, 2, 3);
    }

    [Fact]
    public async Task The_inspection_shows_the_types_that_the_file_declares()
    {
        byte[] file = Model(Element.Uint8);

        InspectionReport report = InspectModel.Report(await GivenQuarantine.AdmitAsync(file), default);

        Assert.Equal("tensor(uint8)", report.Inputs[0].Type);
        Assert.All(report.Checks.Where(check => check.Name != "probabilities"), check => Assert.True(check.Ok, check.Message));
    }

    private static OnnxPredictor Load(Element type) => OnnxPredictor.Load(Model(type), new PredictorOptions { Provider = "cpu" }, CancellationToken.None);

    // Read at the top and inside a branch, so that both uses are looked at.
    private static byte[] Model(Element type)
    {
        GivenModel branch = new GivenModel().Node("Cast", ["x"], ["r"], "", ("to", (long)Element.Double)).Output("r", Element.Double, null, 2);
        return new GivenModel().Input("x", type, null, 2).Weights("one", [1], (long[])[1])
            .Node("Cast", ["one"], ["flag"], "", ("to", (long)Element.Bool))
            .Node("Cast", ["x"], ["top"], "", ("to", (long)Element.Double))
            .Node("If", ["flag"], ["same"], "", ("then_branch", branch.Graph), ("else_branch", branch.Graph.Clone()))
            .Node("Add", ["top", "same"], ["twice"]).Node("Sub", ["twice", "top"], ["y"])
            .Output("y", Element.Double, null, 2).Build();
    }

    private static Table Rows(double first, double second)
    {
        FormattableString csv = $"a,b\n{first:R},{second:R}\n{second:R},{first:R}\n";
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(FormattableString.Invariant(csv)));
        return CsvTable.Read(stream, CancellationToken.None);
    }
}
