using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Privacy;
using Governance.Audit.WhatIf;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Tests;

namespace Governance.Audit.Tests.WhatIf;

public sealed class EditableRowTests : IDisposable
{
    private static readonly DatasetColumn[] Columns =
        [new("age", ColumnKind.Numeric, ColumnRole.Feature), new("debt", ColumnKind.Numeric, ColumnRole.Feature), new("sex", ColumnKind.Categorical, ColumnRole.Protected)];

    private readonly Table table = new([
        new NumberColumn("age", [20, 35, 61]), new NumberColumn("debt", [0.25, 1.5, 0.75]), new NumberColumn("sex", [0, 1, 1]),
    ]);

    private readonly OnnxPredictor predictor = OnnxPredictor.Load(GivenModel.Logistic([0.1f, 0.2f, 0.3f], 0), new PredictorOptions { Provider = "cpu" }, CancellationToken.None);

    [Fact]
    public void Cells_keep_the_range_and_the_grid_of_the_data()
    {
        EditableRow row = Row(RowMask.Of(AccessDecision.Denied, Columns));

        Assert.Equal((20.0, 61.0, 1.0), (row.Columns[0].Low, row.Columns[0].High, row.Columns[0].Step));
        Table edited = row.With(new Dictionary<string, string> { ["age"] = "40", ["debt"] = "1.25" });

        Assert.Equal((40.0, 1.25, 1.0), (edited.Need("age").Number(0), edited.Need("debt").Number(0), edited.Need("sex").Number(0)));
        Assert.Equal(35, row.Original.Need("age").Number(0));
        foreach ((string column, string cell) in ((string, string)[])[("age", "62"), ("age", "40.5"), ("age", "x"), ("debt", "NaN"), ("nobody", "1")])
        {
            Assert.Throws<InputException>(() => row.With(new Dictionary<string, string> { [column] = cell }));
        }
    }

    [Fact]
    public void A_masked_cell_is_not_told_and_does_not_change()
    {
        EditableRow row = Row(RowMask.Of(AccessDecision.Denied, Columns));

        EditableColumn sex = row.Columns[2];

        Assert.Equal((null, true, false), (sex.Own, sex.Masked, sex.MayChange));
        InputException refused = Assert.Throws<InputException>(() => row.With(new Dictionary<string, string> { ["sex"] = "0" }));
        Assert.Contains("masked", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_there_is_not_is_refused() => Assert.Throws<InputException>(
        () => EditableRow.Make(RowEncoder.For(predictor.Signature, null, table), table, 3, RowMask.Of(AccessDecision.Denied, Columns)));

    public void Dispose() => predictor.Dispose();

    private EditableRow Row(RowMask mask) => EditableRow.Make(RowEncoder.For(predictor.Signature, null, table), table, 1, mask);
}
