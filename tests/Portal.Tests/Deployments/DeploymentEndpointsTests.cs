using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.Portal.Tests.Protocols;
using Governance.Registry.Deployments;
using Governance.Registry.Tokens;
using Governance.Registry.Versions;
using Governance.Tests;

namespace Governance.Portal.Tests.Deployments;

/// <summary>Operators' programs deploy and end over HTTP, and are told why where the stage or what is live forbids it.</summary>
[Collection(InferenceTests.Name)]
public sealed class DeploymentEndpointsTests(InferencePortal portal)
{
    private static readonly byte[] Encoding = System.Text.Encoding.UTF8.GetBytes("""
        {"inputs":[{"name":"x","features":[{"name":"a","column":"a","kind":"numeric"},{"name":"b","column":"b","kind":"numeric"}]}]}
        """);

    [Fact]
    public async Task A_program_replaces_the_champion_and_ends_it_and_the_version_then_answers_nobody_without_its_number()
    {
        ModelVersionId first = await portal.RegisterAsync("by-http", GivenModel.Logistic([1, 1], 0), Encoding, null, Stage.Approved);
        await portal.AddVersionAsync("by-http", GivenModel.Logistic([2, 1], 0), Encoding);
        Guid champion = Assert.Single(await portal.Get<DeploymentQueries>().VisibleToAsync(portal["otto"], first, default)).Deployment.Id.Value;
        using HttpClient otto = await portal.ProgramAsync("otto", TokenScope.Deploy, "by-http");
        const string address = "/api/v1/models/by-http/versions/2/deployments";

        (HttpStatusCode second, JsonElement refused) = await SendAsync(otto, HttpMethod.Post, address, new { environment = "production" });
        (HttpStatusCode made, JsonElement answer) = await SendAsync(otto, HttpMethod.Post, address, new { environment = "production", role = "champion", replaces = champion });
        (HttpStatusCode over, JsonElement taken) = await SendAsync(otto, HttpMethod.Post, address, new { environment = "production", role = "challenger", share = 0.5 });
        string id = answer.GetProperty("id").GetString()!;
        (HttpStatusCode unexplained, _) = await SendAsync(otto, HttpMethod.Delete, $"/api/v1/deployments/{id}", new { });
        (HttpStatusCode ended, JsonElement end) = await SendAsync(otto, HttpMethod.Delete, $"/api/v1/deployments/{id}", new { reason = "A better one comes." });
        (HttpStatusCode again, JsonElement over2) = await SendAsync(otto, HttpMethod.Delete, $"/api/v1/deployments/{id}", new { reason = "Once more." });

        Assert.Equal((HttpStatusCode.Conflict, "two-champions"), (second, refused.GetProperty("code").GetString()));
        Assert.Equal((HttpStatusCode.Created, "by-http", 2, "production", 1.0), (
            made, answer.GetProperty("model").GetString(), answer.GetProperty("version").GetInt32(), answer.GetProperty("environment").GetString(), answer.GetProperty("share").GetDouble()));
        Assert.Equal((HttpStatusCode.Conflict, "over-one"), (over, taken.GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unexplained);
        Assert.Equal((HttpStatusCode.OK, JsonValueKind.String), (ended, end.GetProperty("to").ValueKind));
        Assert.Equal((HttpStatusCode.Conflict, "ended"), (again, over2.GetProperty("code").GetString()));
        Assert.All(await portal.Get<DeploymentQueries>().VisibleToAsync(portal["otto"], first, default), view => Assert.NotNull(view.End));
    }

    [Theory]
    [InlineData(Stage.Draft)]
    [InlineData(Stage.InReview)]
    [InlineData(Stage.Suspended)]
    [InlineData(Stage.Retired)]
    public async Task A_version_whose_stage_forbids_it_is_answered_409_with_the_stage_as_the_reason(Stage stage)
    {
        string name = $"stage-{stage.ToString().ToLowerInvariant()}";
        await portal.RegisterAsync(name, GivenModel.Logistic([1, 1], 0), Encoding, null, Stage.Approved);
        await portal.AddVersionAsync(name, GivenModel.Logistic([3, 1], 0), Encoding, stage);
        using HttpClient otto = await portal.ProgramAsync("otto", TokenScope.Deploy);

        (HttpStatusCode status, JsonElement problem) = await SendAsync(
            otto, HttpMethod.Post, $"/api/v1/models/{name}/versions/2/deployments", new { environment = "test", reference = "nowhere" });

        Assert.Equal((HttpStatusCode.Conflict, "wrong-stage"), (status, problem.GetProperty("code").GetString()));
        Assert.Contains($"This version is {stage.InWords()}.", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_an_operator_of_the_model_with_a_token_for_it_deploys_and_to_strangers_nothing_is_there()
    {
        ModelVersionId version = await portal.RegisterAsync("guarded", GivenModel.Logistic([1, 1], 0), Encoding, null, Stage.Approved);
        Guid live = Assert.Single(await portal.Get<DeploymentQueries>().VisibleToAsync(portal["otto"], version, default)).Deployment.Id.Value;

        foreach ((string user, TokenScope scope, string? model, HttpStatusCode deploys, HttpStatusCode ends) in ((string, TokenScope, string?, HttpStatusCode, HttpStatusCode)[])
        [
            ("otto", TokenScope.Ingest, null, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden),
            ("otto", TokenScope.Deploy, "trees", HttpStatusCode.Forbidden, HttpStatusCode.NotFound),
            ("dev", TokenScope.Deploy, null, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden),
            ("stan", TokenScope.Deploy, null, HttpStatusCode.NotFound, HttpStatusCode.NotFound),
        ])
        {
            using HttpClient client = await portal.ProgramAsync(user, scope, model);
            (HttpStatusCode deployed, _) = await SendAsync(client, HttpMethod.Post, "/api/v1/models/guarded/versions/1/deployments", new { environment = "test" });
            (HttpStatusCode ended, _) = await SendAsync(client, HttpMethod.Delete, $"/api/v1/deployments/{live}", new { reason = "Not mine." });
            Assert.Equal((user, deploys, ends), (user, deployed, ended));
        }

        using HttpClient otto = await portal.ProgramAsync("otto", TokenScope.Deploy);
        (HttpStatusCode unnamed, _) = await SendAsync(otto, HttpMethod.Post, "/api/v1/models/guarded/versions/1/deployments", new { });
        (HttpStatusCode unknown, _) = await SendAsync(
            otto, HttpMethod.Post, "/api/v1/models/guarded/versions/1/deployments", new { environment = "test", reference = "no-such-rows" });
        (HttpStatusCode good, _) = await SendAsync(
            otto, HttpMethod.Post, "/api/v1/models/guarded/versions/1/deployments", new { environment = "test", reference = "hmda-train" });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Created), (unnamed, unknown, good));
    }

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> SendAsync(HttpClient client, HttpMethod method, string address, object body)
    {
        using HttpRequestMessage request = new(method, address) { Content = JsonContent.Create(body) };
        using HttpResponseMessage response = await client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
    }
}
