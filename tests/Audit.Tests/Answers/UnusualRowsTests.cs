using Governance.Audit.Answers;
using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Tests;

namespace Governance.Audit.Tests.Answers;

public sealed class UsualRowsTests
{
    [Fact]
    public void A_row_off_the_line_that_all_others_lie_on_is_unusual_though_its_cells_are_legal()
    {
        using HostedModel model = Model(3_000);
        Table rows = new([new NumberColumn("a", [0.5, -1.2, 2]), new NumberColumn("b", [0.5, -1.2, -2])]);

        Assert.Null(model.Profile.FaultOf(rows));
        Assert.Equal([false, false, true], model.Unusual(model.Encoder.Encode(rows)));
    }

    [Fact]
    public void With_few_reference_rows_none_is_unusual()
    {
        using HostedModel model = Model(1_000);

        Assert.Equal([false], model.Unusual(model.Encoder.Encode(new Table([new NumberColumn("a", [2]), new NumberColumn("b", [-2])]))));
    }

    // Two columns that agree up to a little noise.
    private static HostedModel Model(int rows)
    {
        Random random = new(11);
        double[] a = [.. Enumerable.Range(0, rows).Select(_ => (random.NextDouble() * 6) - 3)];
        double[] b = [.. a.Select(value => value + (random.NextDouble() * 0.02) - 0.01)];
        Table table = new([new NumberColumn("a", a), new NumberColumn("b", b)]);
        DatasetColumn[] columns = [new("a", ColumnKind.Numeric, ColumnRole.Feature), new("b", ColumnKind.Numeric, ColumnRole.Feature)];
        Dataset dataset = new(
            DatasetId.New(), "line", "A line", new ArtifactDigest(new string('0', 64)), rows, columns, null, null, UserId.New(), DateTimeOffset.UnixEpoch);
        return HostedModel.Load(
            GivenModel.Logistic([1, 1], 0), null, new ReferenceData(dataset, new AuditTable("line", "", table, null, null, null), null), default);
    }
}
