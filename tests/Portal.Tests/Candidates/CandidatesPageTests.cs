using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Governance.Portal.Tests.Candidates;

[Collection(PortalTests.Name)]
public sealed class CandidatesPageTests(SamplePortal portal)
{
    private const string Board = "/models/hmda_biased/candidates?models=hmda_fair&on=accuracy&on=size&y=accuracy&x=size";

    [Fact]
    public async Task Candidates_of_several_models_stand_side_by_side_with_their_evidence_and_a_plot()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");

        IHtmlDocument page = await dev.GetAsync(Board);

        IElement[] rows = [.. page.QuerySelectorAll("section[aria-labelledby=board] .table-wrap[aria-label=Candidates] tbody tr")];
        Assert.Contains(rows, row => row.QuerySelector("th")!.TextContent.StartsWith("hmda_fair/1", StringComparison.Ordinal));
        IElement biased = rows.Single(row => row.QuerySelector("th")!.TextContent.StartsWith("hmda_biased/1", StringComparison.Ordinal));
        Assert.Matches(@"0\.\d{3} \[0\.\d{3}, 0\.\d{3}\]", biased.TextContent);
        Assert.Equal("First audit", biased.QuerySelector("td:last-child a")!.TextContent);
        Assert.NotNull(page.QuerySelector("gov-plot[name=candidates]"));
        Assert.NotEmpty(page.QuerySelectorAll("figure.plot .twin tbody tr"));
        Assert.Contains("on the front", page.QuerySelector("#board")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_budget_in_the_address_leaves_candidates_out_and_says_why()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");

        IHtmlDocument page = await dev.GetAsync(Board + "&p95=5&size=100");

        string[] places = [.. page.QuerySelectorAll(".table-wrap[aria-label=Candidates] tbody tr").Select(row => row.TextContent)];
        Assert.NotEmpty(places);
        Assert.All(places, place => Assert.Contains("P95 latency is not known", place, StringComparison.Ordinal));
        Assert.Contains("it has not answered lately", (await dev.GetAsync(Board + "&x=latency_p95&on=latency_p95")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_who_may_register_versions_chooses_and_a_reason_is_needed()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument refused = await dev.SubmitAsync(Board, "#chosen", ("Form.Chosen", "hmda_fair/1"), ("Form.Reason", ""));

        Assert.Contains("Say why.", refused.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null((await rita.GetAsync(Board)).QuerySelector("#chosen"));
        Assert.NotNull((await rita.GetAsync("/models/hmda_biased")).QuerySelector("a[href='/models/hmda_biased/candidates']"));
    }
}
