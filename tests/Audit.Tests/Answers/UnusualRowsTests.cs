using Governance.Audit.Answers;
using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Audit.Theft.Detection;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Serving;
using Governance.Tests;

namespace Governance.Audit.Tests.Answers;

public sealed class UnusualRowsTests
{
    [Fact]
    public void A_row_off_the_line_that_all_others_lie_on_is_unusual_though_its_cells_are_legal()
    {
        using HostedModel model = Model(3_000);
        Table rows = new([new NumberColumn("a", [0.5, -1.2, 2]), new NumberColumn("b", [0.5, -1.2, -2])]);

        Assert.Null(model.Profile.FaultOf(rows));
        Assert.Equal([false, false, true], model.Place(model.Encoder.Encode(rows)).Select(row => row!.IsOutside));
    }

    [Fact]
    public void Of_few_reference_rows_only_what_is_farther_than_all_of_them_is_unusual()
    {
        using HostedModel model = Model(400);
        Table rows = new([new NumberColumn("a", [0.5, 2]), new NumberColumn("b", [0.505, -2])]);

        Assert.Equal([false, true], model.Place(model.Encoder.Encode(rows)).Select(row => row!.IsOutside));
    }

    [Fact]
    public void Without_a_calibration_no_row_has_a_place()
    {
        using HostedModel model = Model(400);
        model.Calibration = null;

        Assert.Equal([null], model.Place(model.Encoder.Encode(new Table([new NumberColumn("a", [2]), new NumberColumn("b", [-2])]))));
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
        HostedModel model = HostedModel.Load(
            GivenModel.Logistic([1, 1], 0), null, new ReferenceData(dataset, new AuditTable("line", "", table, null, null, null), null, columns), ServingSettings.Default, default);
        double[] margins = new double[rows];
        Array.Fill(margins, double.NaN);
        model.Calibration = WatchCalibration.Fit(new WatchReference([.. a.Zip(b).SelectMany(pair => (float[])[(float)pair.First, (float)pair.Second])], 2, margins), 1, default);
        return model;
    }
}
