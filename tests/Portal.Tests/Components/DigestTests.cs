using Governance.Portal.Components.Parts;

namespace Governance.Portal.Tests.Components;

public sealed class DigestTests
{
    private const string Hex = "7c1e90abd41f6632";

    [Fact]
    public async Task Shows_eight_digits_and_copies_all()
    {
        ComponentHost host = await ComponentHost.Create().RenderAsync<Digest>(("Hex", Hex));

        Assert.Equal("7c1e90ab", host.Text);
        Assert.Equal(Hex, host.ByRole("button", "Copy the full digest 7c1e90ab").GetAttribute("data-copy"));
    }

    [Fact]
    public async Task Draws_a_bar_a_digit_from_2_to_12_units_high()
    {
        ComponentHost host = await ComponentHost.Create().RenderAsync<Digest>(("Hex", "0f7c1e90"));

        string[] heights = [.. host.Document.QuerySelectorAll("rect").Select(bar => bar.GetAttribute("height")!)];
        Assert.Equal(8, heights.Length);
        Assert.Equal(["2", "12", "6.67"], heights[..3]);
    }
}
