using System.Text.Json;
using Governance.Audit.Traffic;
using Governance.Registry.Deployments;
using Governance.Registry.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Traffic;

/// <summary>CloudEvents of KServe's inference logger, as an HTTP client sends them.</summary>
[Collection(PortalTests.Name)]
public sealed class EventTests(SamplePortal portal)
{
    private const string Request = "org.kubeflow.serving.inference.request";
    private const string Response = "org.kubeflow.serving.inference.response";

    [Fact]
    public async Task Halves_are_joined_whichever_comes_first_and_count_once()
    {
        (DeploymentId deployment, HttpClient sender) = await SenderAsync();
        using HttpClient _ = sender;

        Assert.Equal((0, 1), await BinaryAsync(sender, deployment, "a", Request, """{"instances":[{"pirat":0.3,"phist":"no"}]}"""));
        Assert.Equal((1, 0), await BinaryAsync(sender, deployment, "a", Response, """{"predictions":[0.7]}"""));
        Assert.Equal((0, 1), await BinaryAsync(sender, deployment, "b", Response, """{"outputs":[{"name":"label","datatype":"BYTES","shape":[2],"data":["yes","no"]},{"name":"p","datatype":"FP32","shape":[2,1],"data":[0.9,0.2]}]}"""));
        Assert.Equal((1, 0), await BinaryAsync(
            sender, deployment, "b", Request,
            """{"inputs":[{"name":"pirat","datatype":"FP32","shape":[2,1],"data":[0.1,0.2]},{"name":"phist","datatype":"BYTES","shape":[2,1],"data":["yes","no"]}]}"""));

        // The logger sends again what it does not know to have arrived.
        await BinaryAsync(sender, deployment, "a", Request, """{"instances":[{"pirat":0.3,"phist":"no"}]}""");
        await BinaryAsync(sender, deployment, "a", Response, """{"predictions":[0.7]}""");
        TrafficWindow window = await WindowAsync(deployment);
        Assert.Equal(["a", "b/0", "b/1"], window.Ids.Order());
        int two = window.Ids.ToList().IndexOf("b/0");
        Assert.Equal(("yes", "yes", 0.1, 0.9), (window.Decisions!.Text(two), window.Columns!.Need("phist").Text(two), window.Columns.Need("pirat").Number(two), window.Scores[0].Values[two]));
        Assert.Equal(0.7, window.Scores[0].Values[window.Ids.ToList().IndexOf("a")]);
        Assert.Equal("yes", window.Scores[0].Class); // the positive class of the version's label
        Assert.Equal(GivenTraffic.FirstDay.AddHours(6), window.Times[0]);
    }

    [Fact]
    public async Task Structured_events_and_batches_of_them_are_taken_too()
    {
        (DeploymentId deployment, HttpClient sender) = await SenderAsync();
        using HttpClient _ = sender;
        string batch = JsonSerializer.Serialize(Enumerable.Range(0, 20).SelectMany(i => new[]
        {
            Structured($"e{i}", Response, new { predictions = new[] { i / 20.0 } }), Structured($"e{i}", Request, new { instances = new[] { new { pirat = i } } }),
        }));

        (int status, JsonElement answer) = await sender.SendAsync(Path(deployment), batch, null, ("content-type", "application/cloudevents-batch+json"));
        Assert.Equal(200, status);
        Assert.Equal(0, (await sender.SendAsync(
            Path(deployment), JsonSerializer.Serialize(Structured("alone", Request, new { instances = new[] { new { pirat = 1 } } })), null, ("content-type", "application/cloudevents+json")))
            .Answer.GetProperty("joined").GetInt32());

        Assert.Equal(20, (await WindowAsync(deployment)).Rows);
        Assert.True(answer.GetProperty("joined").GetInt32() >= 20);
    }

    [Fact]
    public async Task What_is_no_such_event_is_refused_in_words()
    {
        (DeploymentId deployment, HttpClient sender) = await SenderAsync();
        using HttpClient _ = sender;
        foreach ((string id, string type, string body, string told) in ((string, string, string, string)[])
        [
            ("x", "com.example.other", "{}", "type"), ("x", Request, "not json", "JSON"), ("x", Request, "{}", "inputs"), ("x", Response, """{"outputs":[]}""", "rows"),
            ("x", Request, """{"inputs":[{"name":"a","shape":[3],"data":[1,2]}]}""", "shape"), (new string('x', 300), Request, "{}", "id"),
        ])
        {
            (int status, JsonElement answer) = await sender.SendAsync(Path(deployment), body, null, ("ce-id", id), ("ce-type", type), ("content-type", "application/json"));
            Assert.Equal(422, status);
            Assert.Contains(told, answer.GetProperty("detail").GetString(), StringComparison.OrdinalIgnoreCase);
        }

        await BinaryAsync(sender, deployment, "odd", Request, """{"instances":[{"pirat":0.3}]}""");
        (int misfit, JsonElement why) = await sender.SendAsync(
            Path(deployment), """{"predictions":[0.7,0.8]}""", null, ("ce-id", "odd"), ("ce-type", Response), ("content-type", "application/json"));
        Assert.Equal(422, misfit);
        Assert.Contains("1 rows", why.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static string Path(DeploymentId deployment) => $"/api/v1/deployments/{deployment}/events";

    private static object Structured(string id, string type, object data) => new
    {
        specversion = "1.0", id, type, source = "http://server/", time = "2026-03-01T06:00:00Z", datacontenttype = "application/json", data,
    };

    private static async Task<(int Joined, int Waiting)> BinaryAsync(HttpClient sender, DeploymentId deployment, string id, string type, string body)
    {
        (int status, JsonElement answer) = await sender.SendAsync(
            Path(deployment), body, null, ("ce-specversion", "1.0"), ("ce-id", id), ("ce-type", type), ("ce-source", "http://server/"),
            ("ce-time", "2026-03-01T06:00:00Z"), ("content-type", "application/json"));
        Assert.True(status == 200, $"{status}: {answer}");
        return (answer.GetProperty("joined").GetInt32(), answer.GetProperty("waiting").GetInt32());
    }

    private async Task<(DeploymentId Deployment, HttpClient Sender)> SenderAsync() => (
        await GivenTraffic.DeployAsync(portal.Services, "hmda_fair"),
        await GivenTraffic.SenderAsync(portal.Services, portal.Address, portal["otto"], TokenScope.Ingest));

    private Task<TrafficWindow> WindowAsync(DeploymentId deployment) => portal.Services.GetRequiredService<ReadTraffic>().WindowAsync(
        deployment, GivenTraffic.FirstDay, GivenTraffic.FirstDay.AddDays(40), null, default);
}
