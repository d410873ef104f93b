using System.Text.Json;

namespace Governance.Portal.Tests.Explanations;

/// <summary>How masked rows come to the model: <c>--fusion</c>, <c>--fp16</c>, and what the JSON says of it.</summary>
public sealed partial class ExplainCommandTests
{
    [Fact]
    public async Task Fusion_moves_fewer_bytes_and_gives_the_same_values()
    {
        string[] asked = ["--players", "patches:2", "--method", "kernel", "--samples", "300", "--baseline", "mean", "--no-cache"];
        JsonElement rows = await DigitAsync(asked);
        JsonElement fused = await DigitAsync([.. asked, "--fusion", "on"]);

        JsonElement sent = rows.GetProperty("transport");
        JsonElement masked = fused.GetProperty("transport");
        Assert.Equal(("rows", "fused"), (sent.GetProperty("path").GetString(), masked.GetProperty("path").GetString()));
        Assert.StartsWith("On the CPU the model reads masked rows", sent.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.InRange(masked.GetProperty("bytesPerExplanation").GetInt64(), 1, sent.GetProperty("bytesPerExplanation").GetInt64() / 2);
        double[] values = Numbers(rows.GetProperty("rows")[0].GetProperty("values"));
        Assert.Equal(values, Numbers(fused.GetProperty("rows")[0].GetProperty("values")), (a, b) => Math.Abs(a - b) < 1e-6 * values.Max(Math.Abs));
        Assert.NotEqual(rows.GetProperty("resultKey").GetString(), fused.GetProperty("resultKey").GetString());
    }

    [Fact]
    public async Task Sixteen_bits_are_said_and_give_nearly_the_same()
    {
        string[] asked = ["--players", "patches:4", "--baseline", "mean"];
        JsonElement full = await DigitAsync(asked);
        JsonElement half = await DigitAsync([.. asked, "--fp16"]);

        double[] values = Numbers(full.GetProperty("rows")[0].GetProperty("values"));
        Assert.Contains("fp16", half.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetProperty("code").GetString()));
        Assert.Equal(values, Numbers(half.GetProperty("rows")[0].GetProperty("values")), (a, b) => Math.Abs(a - b) < 2e-2 * values.Max(Math.Abs));
        Assert.NotEqual(full.GetProperty("resultKey").GetString(), half.GetProperty("resultKey").GetString());
    }
}
