using System.Text.Json;

namespace Governance.Portal.Tests.Explanations;

/// <summary>The methods that follow gradients, on the digits of the samples.</summary>
public sealed partial class ExplainCommandTests
{
    [Fact]
    public async Task Integrated_gradients_of_a_digit_add_up_and_say_how_closely()
    {
        JsonElement report = await DigitAsync("--method", "integrated-gradients");

        JsonElement row = report.GetProperty("rows")[0];
        JsonElement gap = report.GetProperty("completeness");
        double sum = Numbers(row.GetProperty("values")).Sum() + report.GetProperty("baseValue").GetDouble();
        Assert.Equal("integrated-gradients", report.GetProperty("method").GetString());
        Assert.Equal("mean", report.GetProperty("reference").GetString());
        Assert.Equal(1, report.GetProperty("background").GetProperty("rows").GetInt32());
        Assert.True(report.GetProperty("converged").GetBoolean());
        Assert.InRange(gap.GetProperty("largestShare").GetDouble(), 0, gap.GetProperty("bound").GetDouble());
        Assert.Equal(gap.GetProperty("largestGap").GetDouble(), Math.Abs(row.GetProperty("prediction").GetDouble() - sum), 1e-9);
        Assert.True(gap.GetProperty("seesKinks").GetBoolean());
        Assert.InRange(gap.GetProperty("points").GetInt64(), 20, 20_000);
        Assert.Equal(64, row.GetProperty("values").GetArrayLength());
    }

    [Fact]
    public async Task Slopes_have_no_residual_and_noise_has_errors()
    {
        JsonElement slopes = await DigitAsync("--method", "saliency");
        JsonElement smooth = await DigitAsync("--method", "smoothgrad", "--samples", "20", "--seed", "4");

        Assert.Equal(JsonValueKind.Null, slopes.GetProperty("rows")[0].GetProperty("additivityResidual").ValueKind);
        Assert.Equal(JsonValueKind.Null, slopes.GetProperty("rows")[0].GetProperty("standardErrors").ValueKind);
        Assert.Equal("slopes", slopes.GetProperty("warnings").EnumerateArray().Single(warning => warning.GetProperty("code").GetString() == "slopes").GetProperty("code").GetString());
        Assert.False(slopes.TryGetProperty("completeness", out _));
        Assert.Contains(Numbers(smooth.GetProperty("rows")[0].GetProperty("standardErrors")), error => error > 0);
    }

    private Task<JsonElement> DigitAsync(params string[] flags) => ExplainAsync(
        "digits_cnn", ["--data", Head(Sample("digits", "test.csv"), 12), "--background", Head(Sample("digits", "train.csv"), 20), "--row", "3", "--class", "predicted", .. flags]);
}
