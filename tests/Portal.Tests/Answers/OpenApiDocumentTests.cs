using System.Text.Json.Nodes;
using Governance.Portal.Features.Answers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Answers;

[Collection(AnswerTests.Name)]
public sealed class OpenApiDocumentTests(AnswerPortal portal)
{
    [Fact]
    public async Task Every_route_of_the_api_is_described_and_every_reference_leads_somewhere()
    {
        using SignedInClient coen = await portal.SignInAsync("coen");
        JsonNode document = JsonNode.Parse(await coen.DownloadAsync("/api/v1/openapi.json"))!;

        string[] routes = [.. portal.Server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(OpenApiDocument.PathOf).Where(path => path.StartsWith("/api/v1/", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)];
        Assert.Contains("/api/v1/models/{model}/versions/{version}/predict", routes);
        Assert.Equal(routes, document["paths"]!.AsObject().Select(path => path.Key).Order(StringComparer.Ordinal));
        string[] references = [.. References(document).Distinct()];
        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.NotNull(Follow(document, reference)));
        string[] ids = [.. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(method => (string)method.Value!["operationId"]!)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public async Task Without_a_session_there_is_no_description()
    {
        using HttpClient http = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(portal.Server.Address) };

        HttpResponseMessage response = await http.GetAsync(new Uri("/api/v1/openapi.json", UriKind.Relative));

        Assert.False(response.IsSuccessStatusCode);
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject known => known.SelectMany(pair => pair.Key == "$ref" ? [(string)pair.Value!] : References(pair.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };

    private static JsonNode? Follow(JsonNode document, string reference)
    {
        JsonNode? at = document;
        foreach (string part in reference.TrimStart('#', '/').Split('/'))
        {
            string key = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            at = at is JsonArray list ? list[int.Parse(key, System.Globalization.CultureInfo.InvariantCulture)] : at?[key];
        }

        return at;
    }
}
