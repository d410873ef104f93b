using System.Text.Json.Nodes;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Tests.Components;

public sealed class PlotTests
{
    private static readonly PlotDrawing Drawing = new()
    {
        Title = "Debt-to-income carries 31 % of the attribution",
        Description = "Bars of mean absolute attribution, 2 features",
        Figure = new PlotFigure([new JsonObject { ["type"] = "bar", ["x"] = new JsonArray(0.614, 0.447) }], new JsonObject()),
        Table = new PlotTable(["Feature", "Mean", "Rank"], [["Debt-to-income", "0.614", "1"], ["Loan-to-value", "−0.447", "2"]]),
        Height = 280,
    };

    // plotly knows no entity of quotes and would show it as it is.
    [Fact]
    public void Labels_keep_their_quotes_and_lose_their_tags() => Assert.Equal("\"a b\" &lt;b&gt; &amp;", PlotJson.Escape("\"a b\" <b> &"));

    [Fact]
    public async Task The_finding_is_the_title_and_the_drawing_has_a_name()
    {
        ComponentHost host = await ComponentHost.Create().RenderAsync<Plot>(("Drawing", Drawing), ("Name", "global"));

        host.ByRole("heading", Drawing.Title);
        Assert.Equal("0", host.ByRole("img", $"{Drawing.Title}. {Drawing.Description}").GetAttribute("tabindex"));
    }

    [Fact]
    public async Task The_table_is_there_without_script_and_numbers_are_aligned()
    {
        ComponentHost host = await ComponentHost.Create().RenderAsync<Plot>(("Drawing", Drawing), ("Name", "global"));

        Assert.Equal(["0.614", "1", "−0.447", "2"], host.AllByRole("cell").Select(Accessible.Words));
        Assert.All(host.AllByRole("cell"), cell => Assert.Equal("num", cell.ClassName));
    }

    [Fact]
    public async Task The_figure_reaches_the_script_whole()
    {
        ComponentHost host = await ComponentHost.Create().RenderAsync<Plot>(("Drawing", Drawing), ("Name", "global"));

        JsonNode figure = JsonNode.Parse(host.Document.QuerySelector("gov-plot")!.GetAttribute("figure")!)!;
        Assert.Equal(0.614, figure["data"]![0]!["x"]![0]!.GetValue<double>());
        Assert.Equal(280, figure["height"]!.GetValue<int>());
    }

    [Fact]
    public async Task Says_what_it_waits_for_while_there_is_no_drawing()
    {
        ComponentHost host = await ComponentHost.Create().RenderAsync<Plot>(
            ("Drawing", null), ("Title", "Attributions"), ("Name", "global"), ("Waiting", "Explaining 50 rows"));

        Assert.Contains("Explaining 50 rows", Accessible.Words(host.ByRole("status")));
    }

    [Fact]
    public async Task Says_why_it_could_not_be_computed()
    {
        ComponentHost host = await ComponentHost.Create().RenderAsync<Plot>(
            ("Drawing", null), ("Title", "Attributions"), ("Name", "global"), ("Error", "The background has no rows."));

        Assert.Contains("The background has no rows.", Accessible.Words(host.ByRole("alert")));
    }

    [Fact]
    public async Task Says_that_there_is_nothing_to_draw()
    {
        PlotDrawing empty = Drawing with { Figure = new PlotFigure([], new JsonObject()) };

        ComponentHost host = await ComponentHost.Create().RenderAsync<Plot>(("Drawing", empty), ("Name", "global"));

        Assert.Contains("Nothing to draw", host.Text);
        Assert.Empty(host.AllByRole("table"));
    }
}
