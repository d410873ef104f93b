using System.Text.Json.Nodes;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Profiles;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Profiles;

namespace Governance.Portal.Tests.Profiles;

public sealed class LayerPlotTests
{
    private static readonly double[] Numbers = [0, 1, 2];

    [Theory]
    [InlineData(null, null, true, "pdp,ale,ice", false)]
    [InlineData(null, null, false, "pdp,ale", false)]
    [InlineData("ale", "first", true, "ale", true)]
    [InlineData("ice", null, false, "pdp,ale", false)]
    [InlineData("ice, pdp,nothing", "other", true, "pdp,ice", false)]
    public void The_address_says_the_layers_that_a_person_may_see(string? show, string? scale, bool curves, string expected, bool first)
    {
        LayerChoice choice = LayerChoice.Read(show, scale, curves);

        Assert.Equal(expected, string.Join(',', LayerChoice.Layers.Where(layer => choice.Has(layer.Key)).Select(layer => layer.Key)));
        Assert.Equal(first, choice.FromFirst);
        string query = Uri.UnescapeDataString(choice.Query);
        Assert.Equal(choice, LayerChoice.Read(query.Split('&')[0]["show=".Length..], query.Split('&')[1]["scale=".Length..], curves));
    }

    [Fact]
    public void The_last_layer_stays()
    {
        LayerChoice choice = LayerChoice.Read("pdp,ale", null, false);

        Assert.Equal(choice.Toggled("ale"), choice.Toggled("ale").Toggled("pdp"));
    }

    [Fact]
    public void Accumulated_effects_stand_at_the_mean_output_and_the_table_says_what_is_drawn()
    {
        PlotDrawing drawing = LayerPlot.Draw(Layers(), 0, new LayerChoice(true, true, true, false), [0, 0.5, 2]);

        IReadOnlyList<string> last = drawing.Table.Rows[^1];
        Assert.Equal(["a", "Share of rows since the point before"], drawing.Table.Columns.Take(2));
        Assert.Equal(["2", "60.0 %", "0.500", "0.480", "0.520", "0.350", "0.330", "0.370", "0.410", "0.450", "0.490"], last);
        Assert.Equal("The mean probability of yes rises with a: from 0.100 [0.080, 0.120] at 0 to 0.500 [0.480, 0.520] at 2, n = 50", drawing.Title);
        Assert.Contains("The two part most at 2: +0.400 [+0.380, +0.420] from the first point by partial dependence, +0.200 [+0.180, +0.220] by accumulated effects.", drawing.Description, StringComparison.Ordinal);
        Assert.Contains("rises in 100.0 % and falls in 0.0 % of 2 single rows", drawing.Description, StringComparison.Ordinal);
        Assert.Equal(Traces(drawing, "lines+markers").Select(trace => trace!["y"]![2]!.GetValue<double>()), [0.5, 0.35], (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([0, 0.5, 2], Traces(drawing, "markers").Single()!["x"]!.AsArray().Select(at => at!.GetValue<double>()));
    }

    [Fact]
    public void Changes_begin_at_zero_and_layers_that_are_off_are_nowhere()
    {
        PlotDrawing drawing = LayerPlot.Draw(Layers(), 0, new LayerChoice(false, true, false, true), []);

        Assert.Equal("The mean probability of yes rises with a: by +0.200 [+0.180, +0.220] from 0 to 2, n = 50", drawing.Title);
        Assert.Equal(5, drawing.Table.Columns.Count);
        Assert.Equal("0.000", drawing.Table.Rows[0][2]);
        Assert.Single(Traces(drawing, "lines+markers"));
        Assert.Equal(9, Traces(drawing, "markers").Single()!["x"]!.AsArray().Count); // deciles, not rows
    }

    [Fact]
    public void A_number_that_a_model_gives_is_no_class()
    {
        ProfileReport report = Report(ProfileKind.Ice, [-20, -15, -7], null);

        Assert.Equal("output value", ProfileWords.Unit(report with { Output = "value", ClassIndex = 0 }, report.Profiles[0] with { Class = null, ClassIndex = 0, Average = -16 }));
        Assert.Equal("probability of 0", ProfileWords.Unit(report with { ClassIndex = 0 }, report.Profiles[0] with { Class = null, ClassIndex = 0 }));
    }

    private static IEnumerable<JsonNode?> Traces(PlotDrawing drawing, string mode) => drawing.Figure.Data.Where(trace => trace!["mode"]?.GetValue<string>() == mode);

    private static EffectLayers Layers() => new(
        Report(ProfileKind.Ice, [0.1, 0.3, 0.5], [[0.1, 0.2, 0.4], [0, 0.3, 0.5]]),
        Report(ProfileKind.Ice, [0, 0.2, 0.4], [[0, 0.1, 0.3], [0, 0.3, 0.5]]),
        Report(ProfileKind.Ale, [-0.05, 0.05, 0.15], null),
        Report(ProfileKind.Ale, [0, 0.1, 0.2], null));

    private static ProfileReport Report(ProfileKind kind, double[] values, double[][]? curves) => new()
    {
        Kind = kind,
        Output = "probabilities",
        ClassIndex = 1,
        Link = "identity",
        Features = [new ProfileFeature { Feature = "a", Numbers = Numbers, Order = "number", Deciles = [.. Enumerable.Range(1, 9).Select(i => i / 5.0)], Shares = [0.4, 0.6], MissingShare = 0 }],
        Background = new BackgroundSummary(50, new string('0', 64)),
        Weighted = false,
        RowsLeftOut = 0,
        Profiles =
        [
            new ClassProfile
            {
                ClassIndex = 1,
                Class = "yes",
                Average = 0.2,
                Values = [.. values.Select(value => (double[])[value])],
                Interval = [.. values.Select((value, i) => (double[][])[[i == 0 && value == 0 ? 0 : value - 0.02, i == 0 && value == 0 ? 0 : value + 0.02]])],
                Curves = curves is null ? null : [.. curves.Select((curve, row) => new RowCurve(row, curve))],
            },
        ],
        Level = 0.95,
        Resamples = 20,
        ModelRows = 100,
        ModelCalls = 1,
        Provider = "cpu",
        Seed = 0,
    };
}
