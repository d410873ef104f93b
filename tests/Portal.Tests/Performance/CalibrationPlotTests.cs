using System.Text.Json.Nodes;
using Governance.Audit.Performance;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Performance;

namespace Governance.Portal.Tests.Performance;

public sealed class CalibrationPlotTests
{
    private static readonly PerformanceReport Report = new()
    {
        Task = "binary",
        Positive = "yes",
        Count = 30,
        Metrics = new Dictionary<string, double?> { ["ece"] = 0.0421 },
        Intervals = new Dictionary<string, IReadOnlyList<double>>(),
        Calibration =
        [
            new CalibrationBin(0, 0.5, 20, 0.2, 0.15, [0.05, 0.36]),
            new CalibrationBin(0.5, 0.75, 0, null, null, null),
            new CalibrationBin(0.75, 1, 10, 0.9, 0.4, [0.17, 0.69]),
        ],
        Folds = [],
        Undefined = [],
    };

    [Fact]
    public void Dots_are_the_bins_that_hold_rows()
    {
        JsonNode dots = CalibrationPlot.Draw(Report).Figure.Data[1]!;

        Assert.Equal([0.2, 0.9], dots["x"]!.AsArray().Select(value => value!.GetValue<double>()));
        Assert.Equal([0.15, 0.4], dots["y"]!.AsArray().Select(value => value!.GetValue<double>()));
        Assert.Equal(0.36, 0.15 + dots["error_y"]!["array"]![0]!.GetValue<double>(), 1e-15);
        Assert.Equal(0.17, 0.4 - dots["error_y"]!["arrayminus"]![1]!.GetValue<double>(), 1e-15);
    }

    [Fact]
    public void The_title_states_the_error_and_how_many_bins_are_off_the_line()
    {
        PlotDrawing drawing = CalibrationPlot.Draw(Report);

        Assert.Equal(
            "Scores miss the observed shares by 0.042 on average; 1 of 2 bins lie off the line beyond their interval, n = 30",
            drawing.Title);
        Assert.Equal(["0.000", "0.500", "20", "0.200", "0.150", "0.050", "0.360"], drawing.Table.Rows[0]);
    }
}
