using System.Globalization;
using System.Text.Json.Nodes;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Cases;
using Governance.Portal.Features.Pictures;
using Governance.Portal.Tests.Explanations;

namespace Governance.Portal.Tests.Pictures;

public sealed class PicturePlotTests
{
    [Fact]
    public void A_patch_colours_all_its_pixels_and_has_its_interval_in_the_table()
    {
        ExplanationReport report = Given.Report(0.2, ["left", "right"], [[0.4, -0.1]], 0.05) with
        {
            Groups = new Dictionary<string, IReadOnlyList<string>> { ["left"] = ["p0", "p2"], ["right"] = ["p1", "p3"] },
        };

        PlotDrawing drawing = PicturePlot.Draw(CaseExplanation.Computed(report, null), GivenPicture.Picture(2, 2), PictureLayer.Both, column => column[1..]);

        Assert.Equal(2, drawing.Figure.Data.Count);
        Assert.Equal([[0.0, 1.0], [2.0, 3.0]], Matrix(drawing.Figure.Data[0]!));
        Assert.Equal([[0.4, -0.1], [0.4, -0.1]], Matrix(drawing.Figure.Data[1]!));
        Assert.Equal(0.4, drawing.Figure.Data[1]!["zmax"]!.GetValue<double>());
        Assert.Equal(-0.4, drawing.Figure.Data[1]!["zmin"]!.GetValue<double>());
        Assert.StartsWith("Row 0: left moves the probability of yes most, by +0.400", drawing.Title, StringComparison.Ordinal);
        Assert.Equal(["row 1, column 1", "3", "right", "−0.100", "−0.150", "−0.050"], drawing.Table.Rows[3]);
    }

    [Fact]
    public void Each_layer_can_be_seen_alone()
    {
        CaseExplanation one = CaseExplanation.Computed(Given.Report(0, ["p0", "p1", "p2", "p3"], [[0.4, 0.001, 0, 0]]), null);

        PlotDrawing picture = PicturePlot.Draw(one, GivenPicture.Picture(2, 2), PictureLayer.Picture, _ => "1");
        PlotDrawing alone = PicturePlot.Draw(one, GivenPicture.Picture(2, 2), PictureLayer.Attributions, _ => "1");
        PlotDrawing both = PicturePlot.Draw(one, GivenPicture.Picture(2, 2), PictureLayer.Both, _ => "1");

        Assert.Equal([[1.0, 1], [1, 1]], Matrix(Assert.Single(picture.Figure.Data)!));
        Assert.Equal([[0.4, 0.001], [0, 0]], Matrix(Assert.Single(alone.Figure.Data)!));

        // What hardly matters leaves the picture clear.
        Assert.Null(both.Figure.Data[1]!["z"]![0]![1]);
        Assert.Equal(4, both.Table.Rows.Count);
    }

    [Fact]
    public void Channels_that_are_players_add_up_at_a_pixel()
    {
        CaseExplanation one = CaseExplanation.Computed(Given.Report(0, Names(12), [[.. Enumerable.Range(0, 12).Select(i => 0.1 * i)]]), null);

        PlotDrawing drawing = PicturePlot.Draw(one, GivenPicture.Picture(3, 2, 2), PictureLayer.Both, column => column == "p0" ? "100" : "0");

        Assert.Equal(1.2, Matrix(drawing.Figure.Data[1]!)[0][0], 1e-9);
        Assert.Equal("100, 0, 0", drawing.Table.Rows[0][1]);
        Assert.Equal("p0 and p4 and p8", drawing.Table.Rows[0][2]);
    }

    // One picture of 4 × 4 pixels in both layouts; red grows down, green across, blue stays.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Three_channels_are_drawn_in_their_colours_wherever_the_channels_lie(bool last)
    {
        ShownPicture picture = last ? GivenPicture.Picture(4, 4, 3) : GivenPicture.Picture(3, 4, 4);
        Dictionary<string, string> texts = Texts(picture, (channel, y, x) => channel == 0 ? 80 * y : channel == 1 ? 60 * x : 7);

        JsonNode drawn = Pixels(picture, texts.GetValueOrDefault);

        Assert.Equal("image", drawn["type"]!.GetValue<string>());
        Assert.Equal("rgba256", drawn["colormodel"]!.GetValue<string>());
        Assert.Equal([0, 0, 7, 255], Pixel(drawn, 0, 0));
        Assert.Equal([160, 60, 7, 255], Pixel(drawn, 2, 1));
        Assert.Equal([240, 180, 7, 255], Pixel(drawn, 3, 3));
    }

    // Means and deviations of ImageNet's colours, as many networks want them.
    [Fact]
    public void A_declared_normalisation_is_undone()
    {
        ShownPicture picture = GivenPicture.Picture(3, 4, 4) with { Normalised = new Normalisation([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]) };
        (double[] mean, double[] std, double[] shares) = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225], [0.2, 0.4, 1]);
        Dictionary<string, string> texts = Texts(picture, (channel, _, _) => (shares[channel] - mean[channel]) / std[channel]);
        texts["p0"] = "-100";

        JsonNode drawn = Pixels(picture, texts.GetValueOrDefault);

        Assert.Equal([51, 102, 255, 255], Pixel(drawn, 1, 1));
        Assert.Equal([0, 102, 255, 255], Pixel(drawn, 0, 0));
    }

    [Theory]
    [InlineData(0, 0.5, 1, 128)]
    [InlineData(0, 51, 255, 51)]
    [InlineData(-2, -1, 2, 64)]
    [InlineData(0, 100.5, 402, 64)]
    public void Undeclared_pixels_are_shares_bytes_or_stretched(double least, double between, double most, int shade)
    {
        ShownPicture picture = GivenPicture.Picture(3, 4, 4);
        Dictionary<string, string> texts = Texts(picture, (channel, y, x) => (y, x) == (0, 0) ? least : (y, x) == (0, 1) ? between : most);

        JsonNode drawn = Pixels(picture, texts.GetValueOrDefault);

        Assert.Equal([0, 0, 0, 255], Pixel(drawn, 0, 0));
        Assert.Equal([shade, shade, shade, 255], Pixel(drawn, 0, 1));
        Assert.Equal([255, 255, 255, 255], Pixel(drawn, 3, 3));
    }

    [Fact]
    public void A_coloured_pixel_with_a_masked_channel_is_clear()
    {
        JsonNode drawn = Pixels(GivenPicture.Picture(3, 4, 4), column => column == "p16" ? "masked" : column == "p1" ? null : "1");

        Assert.Equal([0, 0, 0, 0], Pixel(drawn, 0, 0));
        Assert.Equal([0, 0, 0, 0], Pixel(drawn, 0, 1));
        Assert.Equal([255, 255, 255, 255], Pixel(drawn, 0, 2));
    }

    [Fact]
    public void Masked_and_missing_pixels_are_gaps()
    {
        CaseExplanation one = CaseExplanation.Computed(Given.Report(0, ["p0", "p1", "p2", "p3"], [[1, 1, 1, 1]]), null);

        PlotDrawing drawing = PicturePlot.Draw(one, GivenPicture.Picture(2, 2), PictureLayer.Both, column => column switch { "p0" => "masked", "p1" => null, _ => "−2" });

        Assert.Null(drawing.Figure.Data[0]!["z"]![0]![0]);
        Assert.Null(drawing.Figure.Data[0]!["z"]![0]![1]);
        Assert.Equal(-2, drawing.Figure.Data[0]!["z"]![1]![0]!.GetValue<double>());
        Assert.Equal("missing", drawing.Table.Rows[1][1]);
    }

    [Fact]
    public void A_sequence_has_steps_across_and_channels_down_and_tokens_stand_as_words_in_lines()
    {
        CaseExplanation steps = CaseExplanation.Computed(Given.Report(0, [.. Enumerable.Range(0, 6).Select(i => $"p{i}")], [[0, 1, 2, 3, 4, 5]]), null);
        CaseExplanation words = CaseExplanation.Computed(Given.Report(0, [.. Enumerable.Range(0, 20).Select(i => $"p{i}")], [[.. Enumerable.Range(0, 20).Select(i => (double)i)]]), null);

        PlotDrawing sequence = PicturePlot.Draw(steps, GivenPicture.Sequence(3, 2), PictureLayer.Attributions, _ => "0");
        PlotDrawing line = PicturePlot.Draw(words, GivenPicture.Tokens(20), PictureLayer.Picture, column => $"<{column}>");

        Assert.Equal([[0.0, 2, 4], [1, 3, 5]], Matrix(sequence.Figure.Data[0]!));
        Assert.Equal("step 1, channel 0", sequence.Table.Rows[1][0]);
        JsonNode drawn = Assert.Single(line.Figure.Data)!;
        Assert.Equal("&lt;p17&gt;", drawn["text"]![1]![1]!.GetValue<string>());
        Assert.Equal(20, line.Table.Rows.Count);
        Assert.Equal("place 19", line.Table.Rows[19][0]);
    }

    private static JsonNode Pixels(ShownPicture picture, Func<string, string?> text)
    {
        CaseExplanation one = CaseExplanation.Computed(Given.Report(0, Names(picture.Layout.Size), [[.. Enumerable.Range(0, picture.Layout.Size).Select(i => (double)i)]]), null);
        PlotDrawing drawing = PicturePlot.Draw(one, picture, PictureLayer.Both, text);

        Assert.Equal(2, drawing.Figure.Data.Count);
        return drawing.Figure.Data[0]!;
    }

    private static Dictionary<string, string> Texts(ShownPicture picture, Func<int, int, int, double> value) => (
        from channel in Enumerable.Range(0, picture.Layout.Channels)
        from y in Enumerable.Range(0, picture.Layout.Height)
        from x in Enumerable.Range(0, picture.Layout.Width)
        select (picture.Columns[picture.Layout.Offset(channel, y, x)], value(channel, y, x)))
        .ToDictionary(cell => cell.Item1, cell => cell.Item2.ToString("R", CultureInfo.InvariantCulture));

    private static int[] Pixel(JsonNode drawn, int row, int column) => [.. drawn["z"]![row]![column]!.AsArray().Select(shade => shade!.GetValue<int>())];

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(i => $"p{i}")];

    private static double[][] Matrix(JsonNode trace) =>
        [.. trace["z"]!.AsArray().Select(row => row!.AsArray().Select(value => value!.GetValue<double>()).ToArray())];
}
