using System.Text.Json.Nodes;
using Governance.Audit.Explanations;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Explanations;

namespace Governance.Portal.Tests.Explanations;

public sealed class GlobalBarPlotTests
{
    private static readonly AttributionUnit Unit = new("yes", "identity", "probabilities");

    private static readonly FeatureImportance[] Three =
    [
        new("income", 0.1, [0.08, 0.13], 2),
        new("debt", 0.3, [0.28, 0.33], 1),
        new("age", 0.09, [0.07, 0.1], 3),
    ];

    [Fact]
    public void Bars_and_whiskers_are_the_reported_numbers_in_rank_order()
    {
        JsonNode bars = GlobalBarPlot.Draw(Three, Unit, 100).Figure.Data[0]!;

        Assert.Equal(["debt", "income", "age"], bars["y"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.Equal([0.3, 0.1, 0.09], bars["x"]!.AsArray().Select(value => value!.GetValue<double>()));
        double[] up = [.. bars["error_x"]!["array"]!.AsArray().Select(value => value!.GetValue<double>())];
        double[] down = [.. bars["error_x"]!["arrayminus"]!.AsArray().Select(value => value!.GetValue<double>())];
        Assert.Equal(0.33, 0.3 + up[0], 1e-15);
        Assert.Equal(0.28, 0.3 - down[0], 1e-15);
    }

    [Fact]
    public void Ranks_whose_intervals_overlap_are_open_and_pale()
    {
        JsonNode bars = GlobalBarPlot.Draw(Three, Unit, 100).Figure.Data[0]!;

        Assert.Equal(["1", "2 to 3", "2 to 3"], RankedFeature.Rank(Three).Select(feature => feature.Ranks));
        Assert.Equal([1, 0.45, 0.45], bars["marker"]!["opacity"]!.AsArray().Select(value => value!.GetValue<double>()));
    }

    [Fact]
    public void The_title_states_the_share_of_the_first_two_and_what_is_open()
    {
        PlotDrawing drawing = GlobalBarPlot.Draw(Three, Unit, 1_902);

        Assert.Equal(
            "debt and income carry 81.6 % of the attribution; the first place is firm, below it other rows could change the order, n = 1,902", drawing.Title);
    }

    [Fact]
    public void The_table_says_the_same_as_the_bars()
    {
        PlotTable table = GlobalBarPlot.Draw(Three, Unit, 100).Table;

        Assert.Equal(["debt", "0.300", "0.280", "0.330", "1"], table.Rows[0]);
        Assert.Equal(3, table.Rows.Count);
    }
}
