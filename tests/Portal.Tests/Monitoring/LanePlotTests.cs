using System.Text.Json.Nodes;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Monitoring;
using Governance.Registry.Monitors;

namespace Governance.Portal.Tests.Monitoring;

public sealed class LanePlotTests
{
    [Fact]
    public void Every_lane_stands_on_the_one_time_axis_above_the_next()
    {
        PlotDrawing plot = LanePlot.Draw(GivenBoard.Of());

        Assert.Equal(
            ["Performance", "Fairness", "Score drift", "Features", "Attribution", "Latency", "Volume"],
            Lanes.Of(GivenBoard.Of()).Select(lane => lane.Name));
        Assert.All(plot.Figure.Data, trace => Assert.Equal("x", (string)trace!["xaxis"]!));
        Assert.Equal(7, plot.Figure.Data.Select(trace => (string)trace!["yaxis"]!).Distinct().Count());
        double[][] domains =
        [
            .. Enumerable.Range(1, 7).Select(at => plot.Figure.Layout[at == 1 ? "yaxis" : $"yaxis{at}"]!["domain"]!.AsArray().Select(value => (double)value!).ToArray()),
        ];
        Assert.All(domains.Zip(domains.Skip(1)), pair => Assert.True(pair.Second[1] < pair.First[0]));
        Assert.Equal((1.0, 0.0), (domains[0][1], Math.Round(domains[^1][0], 9)));
        Assert.Equal("y7", (string)plot.Figure.Layout["xaxis"]!["anchor"]!);
    }

    [Fact]
    public void Each_mark_opens_its_window_and_the_chosen_window_is_shaded()
    {
        MonitoringBoard board = GivenBoard.Of();
        PlotDrawing plot = LanePlot.Draw(board);

        JsonNode line = plot.Figure.Data.First(trace => (string?)trace!["mode"] == "lines" && trace["customdata"] is not null)!;
        Assert.Equal("/deployments/1/monitoring?days=30&from=2026-02-01T00:00:00Z&to=2026-02-02T00:00:00Z#window", (string)line["customdata"]![0]!);
        Assert.Equal("2026-02-01T12:00:00Z", (string)line["x"]![0]!);
        JsonNode shade = plot.Figure.Layout["shapes"]!.AsArray().Single(shape => (string?)shape!["type"] == "rect")!;
        Assert.Equal(("2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z"), ((string)shade["x0"]!, (string)shade["x1"]!));
    }

    [Fact]
    public void Features_are_ranked_by_distance_times_share()
    {
        MonitoringBoard board = GivenBoard.Of(columns: 12);

        Assert.Equal("c0", Lanes.TopFeatures(board, 3)[0]);
        Assert.Equal(["c0", "c1", "c2"], Lanes.TopFeatures(board, 3)); // c11 moved further than c1, but the model does not lean on it
        Assert.Equal(["c0", "c11"], Lanes.TopFeatures(board with { Importance = new Dictionary<string, double>() }, 2));
    }

    [Fact]
    public void Nothing_read_draws_nothing()
    {
        MonitoringBoard board = GivenBoard.Of() with { Readings = [], Window = null };

        Assert.Empty(Lanes.Of(board));
        Assert.Equal("Nothing has been read yet", MonitoringWords.Finding(board));
    }

    [Fact]
    public void The_finding_names_what_sounds_most_and_how_performance_stands()
    {
        MonitoringBoard board = GivenBoard.Of();

        Assert.Equal("C0, drift is past its limit, and nothing else of 11 series", MonitoringWords.Finding(board));
        Assert.Contains("Estimated accuracy 0.757 [0.737, 0.777]", MonitoringWords.Detail(board), StringComparison.Ordinal);
        Assert.StartsWith("2 Mar 2026: ks is 0.200 on day 30.", MonitoringWords.Detail(board), StringComparison.Ordinal);
    }

    [Fact]
    public void The_title_says_how_often_which_series_was_past_its_limit()
    {
        MonitoringBoard board = GivenBoard.Of();
        MonitorReading[] quiet = [.. board.Readings.Where(reading => !MonitoringWords.Sounds(reading))];
        int loud = board.Readings.Count(reading => MonitoringWords.Sounds(reading) && reading is { Column: "c0", Kind: "drift" });

        Assert.StartsWith($"C0, drift was past its limit in {loud} of ", LanePlot.Draw(board).Title, StringComparison.Ordinal);
        Assert.Equal($"No series was past its limit in {board.Windows.Count} windows", LanePlot.Draw(board with { Readings = quiet }).Title);
    }

    [Fact]
    public void What_happened_at_one_moment_shares_a_line_and_its_numbers()
    {
        DateTimeOffset at = GivenBoard.Of().Windows[3].To;
        MonitoringBoard board = GivenBoard.Of() with { Events = [new(at, "one", null), new(at, "two", null), new(at.AddDays(1), "three", null)] };

        JsonArray notes = LanePlot.Draw(board).Figure.Layout["annotations"]!.AsArray();
        Assert.Equal(["1, 2", "3"], notes.Select(note => (string)note!["text"]!).Where(text => char.IsAsciiDigit(text[0])));
    }

    [Fact]
    public void Rows_are_counted_and_times_have_their_unit()
    {
        Assert.Equal("1,740", MonitoringWords.Value(ReadingKind.Volume, 1740));
        Assert.Equal("19.1 ms", MonitoringWords.Value(ReadingKind.Latency, 19.137));
        Assert.Equal("0.163", MonitoringWords.Value(ReadingKind.Drift, 0.1634));
        Assert.Equal("undefined", MonitoringWords.Value(ReadingKind.Volume, double.NaN));
    }

    [Fact]
    public void Drift_stands_against_importance_in_the_chosen_window()
    {
        PlotDrawing plot = ImpactPlot.Draw(GivenBoard.Of());

        Assert.Equal("c0 moved 0.200 and carries 50.0 % of the attribution", plot.Title);
        Assert.Equal(4, plot.Table.Rows.Count);
        Assert.Equal(MonitoringWords.Word(MonitorVerdict.Breach), plot.Table.Rows[0][^1]);
    }

    [Theory]
    [InlineData(0, "below 1")]
    [InlineData(1, "1 to 2.5")]
    [InlineData(2, "from 2.5")]
    public void Bins_are_named_by_their_edges(int bin, string name) => Assert.Equal(name, ColumnShares.Bin([1, 2.5], bin));
}
