using System.Text.Json;
using Governance.Portal.Tests.CommandLine;

namespace Governance.Portal.Tests.Explanations;

/// <summary>Parts of a picture as players, on the digits of the samples.</summary>
public sealed partial class ExplainCommandTests
{
    [Fact]
    public async Task Patches_of_a_digit_are_players_with_their_pixels_as_members()
    {
        JsonElement report = await DigitAsync("--players", "patches:4", "--baseline", "mean");

        JsonElement row = report.GetProperty("rows")[0];
        double sum = Numbers(row.GetProperty("values")).Sum() + report.GetProperty("baseValue").GetDouble();
        Assert.Equal("exact", report.GetProperty("method").GetString());
        Assert.Equal("mean", report.GetProperty("reference").GetString());
        Assert.Equal(
            ["rows 0 to 3, columns 0 to 3", "rows 0 to 3, columns 4 to 7", "rows 4 to 7, columns 0 to 3", "rows 4 to 7, columns 4 to 7"], Texts(report.GetProperty("features")));
        Assert.Contains("px_3_7", Texts(report.GetProperty("groups").GetProperty("rows 0 to 3, columns 4 to 7")));
        Assert.Equal(row.GetProperty("prediction").GetDouble(), sum, 1e-6);
    }

    [Fact]
    public async Task Owen_values_of_pixels_against_the_blurred_digit_need_no_hierarchy_file()
    {
        JsonElement report = await DigitAsync("--players", "pixels", "--baseline", "blur:1", "--method", "owen");

        Assert.Equal(64, report.GetProperty("rows")[0].GetProperty("values").GetArrayLength());
        Assert.Equal("blur:1", report.GetProperty("reference").GetString());
        Assert.Equal(1, report.GetProperty("background").GetProperty("rows").GetInt32());
    }

    [Fact]
    public async Task Occlusion_slides_a_window_and_its_values_have_no_residual()
    {
        JsonElement report = await DigitAsync("--players", "patches:2", "--method", "occlusion", "--window", "4", "--baseline", "zero");

        // 4 × 4 patches, windows of 2 × 2 of them at 3 × 3 places, and the picture itself.
        Assert.Equal(10, report.GetProperty("evaluations").GetInt64());
        Assert.Equal(16, report.GetProperty("rows")[0].GetProperty("values").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, report.GetProperty("rows")[0].GetProperty("additivityResidual").ValueKind);
    }

    [Fact]
    public async Task Superpixels_of_several_rows_are_each_rows_own()
    {
        string[] words =
        [
            "explain", Sample("models", "digits_cnn", "model.onnx"), "--encoding", Sample("models", "digits_cnn", "manifest.json"), "--data", Sample("digits", "test.csv"),
            "--players", "superpixels:6", "--baseline", "blur", "--method", "exact", "--no-cache", "--provider", "cpu", "--json", "-",
        ];

        CommandRun run = await CommandRun.OfAsync([.. words, "--row", "0,1,2"]);
        CommandRun quality = await CommandRun.OfAsync([.. words, "--row", "0,1", "--quality"]);

        Assert.Equal(0, run.Code);
        JsonElement[] rows = [.. run.Json.GetProperty("rows").EnumerateArray()];
        Assert.Equal(3, rows.Select(row => row.GetProperty("groups").GetProperty("region 1").GetRawText()).Distinct().Count());
        Assert.Equal(JsonValueKind.Null, run.Json.GetProperty("groups").ValueKind);
        Assert.Equal(2, quality.Code);
        Assert.StartsWith("Superpixels of several rows are each row's own", quality.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Superpixels_of_one_row_are_players_of_the_report()
    {
        JsonElement report = await DigitAsync("--players", "superpixels:8", "--samples", "600");

        Assert.InRange(report.GetProperty("features").GetArrayLength(), 3, 16);
    }
}
