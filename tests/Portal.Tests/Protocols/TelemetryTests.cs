using System.Text.Json.Nodes;
using Governance.Registry.Tokens;

namespace Governance.Portal.Tests.Protocols;

/// <summary>What serving measures, where it goes.</summary>
[Collection(InferenceTests.Name)]
public sealed class TelemetryTests(InferencePortal portal)
{
    [Fact]
    public async Task Measurements_reach_a_collector_and_no_cell_of_a_row_does()
    {
        using HttpClient dev = await portal.ProgramAsync("dev");
        (_, JsonNode body) = await OpenInferenceTests.PostAsync(dev, "/v2/models/trees/infer", new JsonObject { ["inputs"] = portal.Columns([30, 31]) }.ToJsonString());
        Assert.NotNull(body["outputs"]);

        Assert.True(await portal.Collector.HasAsync("governance.serving.duration", "governance.serving.batch.rows", "governance.serving.memory", "trees"));
        Assert.True(await portal.Collector.HasAsync("http.server.request.duration"));
        Assert.False(portal.Collector.Holds("pirat"));
    }

    [Fact]
    public async Task The_same_measurements_are_read_by_programs_and_on_pages_by_whoever_sees_the_model()
    {
        using HttpClient dev = await portal.ProgramAsync("dev");
        using HttpClient read = await portal.ProgramAsync("dev", TokenScope.Read);
        using HttpClient stan = await portal.ProgramAsync("stan", TokenScope.Read);
        string row = new JsonObject { ["inputs"] = portal.Columns([33]) }.ToJsonString();
        await OpenInferenceTests.PostAsync(dev, "/v2/models/trees/infer", row);
        await OpenInferenceTests.PostAsync(dev, "/v2/models/trees/infer", row);

        JsonNode served = JsonNode.Parse(await read.GetStringAsync(new Uri("/api/v1/serving", UriKind.Relative)))!;
        JsonNode trees = Assert.Single(served["versions"]!.AsArray(), version => (string?)version!["model"] == "trees")!;

        Assert.True((long)trees["cacheHits"]! >= 1 && (long)trees["requests"]! >= 2 && (long)trees["memoryBytes"]! >= 64_661);
        Assert.True((double)trees["total"]!["p50"]! <= (double)trees["total"]!["p99"]! && (double)trees["loadMilliseconds"]! > 0);
        Assert.Empty(JsonNode.Parse(await stan.GetStringAsync(new Uri("/api/v1/serving", UriKind.Relative)))!["versions"]!.AsArray());
        using SignedInClient otto = await portal.SignInAsync("otto");
        Assert.Contains("trees v1", (await otto.GetAsync("/serving")).QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull((await otto.GetAsync("/models/trees/versions/1/serving")).QuerySelector("form #serving-rows"));
        using SignedInClient rita = await portal.SignInAsync("rita");
        Assert.Null((await rita.GetAsync("/models/trees/versions/1/serving")).QuerySelector("#serving-rows"));
    }
}
