using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Governance.Portal.Tests.Protocols;
using Governance.Registry.Tokens;
using Governance.Registry.Uploads;

namespace Governance.Portal.Tests.Models;

/// <summary>The table of models under its lenses.</summary>
[Collection(InferenceTests.Name)]
public sealed class ModelLensTests(InferencePortal portal)
{
    [Fact]
    public async Task Under_the_lens_serving_each_model_shows_what_was_measured_and_the_filter_keeps_the_lens()
    {
        using HttpClient dev = await portal.ProgramAsync("dev");
        using HttpClient read = await portal.ProgramAsync("dev", TokenScope.Read);
        await OpenInferenceTests.PostAsync(dev, "/v2/models/trees/infer", new JsonObject { ["inputs"] = portal.Columns([40]) }.ToJsonString());
        using SignedInClient otto = await portal.SignInAsync("otto");
        using SignedInClient stan = await portal.SignInAsync("stan");

        IHtmlDocument page = await otto.GetAsync("/models?lens=serving&q=tree");
        IElement row = Assert.Single(page.QuerySelectorAll("tbody tr"));
        string[] cells = [.. row.Children.Select(cell => cell.TextContent.Trim())];
        string[] heads = [.. page.QuerySelectorAll("thead th").Select(head => head.TextContent.Trim())];

        Assert.Equal(["Model", "Versions asked", "Rows/s", "Requests", "P50", "P95", "Errors", "Memory"], heads.Select(head => head.Split('\n')[0].Trim()));
        Assert.Equal(("trees", "v1"), (cells[0], cells[1]));
        Assert.Matches(@"^\d.* m?s$", cells[5]);
        JsonArray served = (JsonArray)JsonNode.Parse(await read.GetStringAsync(new Uri("/api/v1/serving", UriKind.Relative)))!["versions"]!;
        Assert.Equal(UploadRules.Bytes((long)Assert.Single(served, version => (string?)version!["model"] == "trees")!["memoryBytes"]!), cells[7]);
        Assert.Equal("/models/trees/versions/1/serving", row.QuerySelector("td a")!.GetAttribute("href"));
        Assert.Equal("serving", page.QuerySelector("form.filters input[name=lens]")!.GetAttribute("value"));
        Assert.Equal("Serving", page.QuerySelector("nav.subtabs [aria-current=page]")!.TextContent.Trim());
        Assert.Equal("/models?q=tree", page.QuerySelector("nav.subtabs a:not([aria-current])")!.GetAttribute("href"));
        Assert.DoesNotContain("v1", (await stan.GetAsync("/models?lens=serving")).Body!.TextContent, StringComparison.Ordinal);
    }
}
