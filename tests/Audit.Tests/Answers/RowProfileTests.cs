using Governance.Audit.Answers;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Tests;

namespace Governance.Audit.Tests.Answers;

public sealed class RowProfileTests
{
    private static readonly Table Reference = new(
    [
        new NumberColumn("income", [10, 20.5, 30, double.NaN]), new NumberColumn("children", [0, 1, 4, 2]), TextColumn.Of("job", ["yes", "no", "yes", "no"]),
    ]);

    [Theory]
    [InlineData(32, 4, "yes", null)] // a tenth beyond the range
    [InlineData(32.1, 4, "yes", "income")]
    [InlineData(7.9, 4, "yes", "income")]
    [InlineData(double.NaN, 0, "no", null)] // a reference row lacks it too
    [InlineData(20, double.NaN, "no", "children")]
    [InlineData(20, 1.5, "no", "children")]
    [InlineData(20, -0.3, "no", "children")] // not below zero where none of theirs is
    [InlineData(20, 1, "maybe", "job")]
    [InlineData(20, 1, null, "job")]
    public void A_cell_is_legal_as_in_the_reference_rows(double income, double children, string? job, string? fault)
    {
        Table row = new([new NumberColumn("income", [income]), new NumberColumn("children", [children]), TextColumn.Of("job", [job])]);

        Assert.Equal(fault, Profile(Reference).FaultOf(row)?.Column);
    }

    [Fact]
    public void The_first_illegal_row_is_named()
    {
        RowFault? fault = Profile(Reference).FaultOf(new Table(
            [new NumberColumn("income", [20, 20, 99]), new NumberColumn("children", [1, 1, 1]), TextColumn.Of("job", ["no", "no", "no"])]));

        Assert.Equal((2, "income"), (fault!.Row, fault.Column));
    }

    [Fact]
    public void Without_reference_rows_the_encoding_judges()
    {
        RowProfile profile = Profile(null);

        Assert.Null(profile.FaultOf(new Table([new NumberColumn("income", [1e9]), new NumberColumn("children", [0.5]), TextColumn.Of("job", ["no"])])));
        Assert.Equal("job", profile.FaultOf(new Table([new NumberColumn("income", [1]), new NumberColumn("children", [1]), TextColumn.Of("job", ["maybe"])]))!.Column);
    }

    private static RowProfile Profile(Table? reference)
    {
        using OnnxPredictor predictor = OnnxPredictor.Load(GivenModel.Logistic([1, 2, 3], 0), new PredictorOptions { Provider = "cpu" }, default);
        EncodedFeature Number(string name) => new()
        {
            Name = name, Column = name, Kind = FeatureKind.Numeric, Missing = CellRule.Error, Unseen = CellRule.Error,
        };
        EncodedFeature job = new()
        {
            Name = "job", Column = "job", Kind = FeatureKind.Map, Map = new Dictionary<string, double> { ["no"] = 0, ["yes"] = 1 },
            Missing = CellRule.Error, Unseen = CellRule.Error,
        };
        return RowProfile.Of(
            new RowEncoder(predictor.Signature, new ModelEncoding { Inputs = [new EncodedInput("x", null, [Number("income"), Number("children"), job])] }), reference);
    }
}
