using AngleSharp.Html.Dom;

namespace Governance.Portal.Tests.Explanations.Summaries;

[Collection(PortalTests.Name)]
public sealed class SummaryPagesTests(SamplePortal portal)
{
    private const string Version = "/models/hmda_biased/versions/1";

    [Fact]
    public async Task Dependence_shows_the_feature_of_the_address_with_its_measure()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument page = await rita.GetAsync(Version + "/dependence?of=pirat");

        Assert.StartsWith("The attribution of pirat", page.QuerySelector("figure.plot h2")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("additivity residual", page.QuerySelector("figure.plot .prov")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dependence_draws_no_masked_feature_and_colours_by_none()
    {
        using SignedInClient carl = await portal.SignInAsync("carl");

        IHtmlDocument offered = await carl.GetAsync(Version + "/dependence");
        IHtmlDocument asked = await carl.GetAsync(Version + "/dependence?of=afam");
        IHtmlDocument coloured = await carl.GetAsync(Version + "/dependence?of=pirat&by=single");

        Assert.DoesNotContain("afam", offered.QuerySelectorAll("#of option, #by option").Select(option => option.TextContent));
        Assert.Contains("'afam' are masked", asked.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Null(asked.QuerySelector("gov-plot"));
        Assert.Contains("masked for your role", coloured.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Null(coloured.QuerySelector("gov-plot"));
    }

    [Theory]
    [InlineData("/dependence")]
    [InlineData("/instances")]
    public async Task An_auditor_sees_no_single_row(string path)
    {
        using SignedInClient aude = await portal.SignInAsync("aude");

        IHtmlDocument page = await aude.GetAsync(Version + path);

        Assert.Null(page.QuerySelector("gov-plot"));
        Assert.Contains("Your role sees no single rows", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_map_keeps_its_order_in_the_address()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument similar = await rita.GetAsync(Version + "/instances");
        IHtmlDocument byOutput = await rita.GetAsync(Version + "/instances?order=output");

        Assert.Equal("By similarity", similar.QuerySelector("nav[aria-label='Order of the rows'] [aria-current=page]")!.TextContent);
        Assert.Equal("By output", byOutput.QuerySelector("nav[aria-label='Order of the rows'] [aria-current=page]")!.TextContent);
        Assert.StartsWith("From the lowest outputs", byOutput.QuerySelector("figure.plot h2")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bars_say_how_firmly_each_stays_ahead_of_the_next()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument page = await rita.GetAsync(Version + "/explain");

        Assert.Contains(page.QuerySelectorAll("figure.plot th[scope=col]"), head => head.TextContent == "Stays ahead of the next");
    }

    [Fact]
    public async Task A_cohort_stands_beside_the_other_rows_with_the_difference()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument page = await rita.GetAsync(Version + "/explain?cohort=" + Uri.EscapeDataString("pirat >= 0.33"));

        Assert.Contains(page.QuerySelectorAll("figure.plot th[scope=col]"), head => head.TextContent == "High, all together");
        Assert.Contains("these figures are not sealed", page.Body!.TextContent, StringComparison.Ordinal);
    }
}
