using System.Net;
using System.Text.Json.Nodes;
using Governance.Audit.Traffic;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Versions;
using Governance.Tests;

namespace Governance.Portal.Tests.Protocols;

/// <summary>Requests that name no version: champion, challenger and shadow, and what is kept of them.</summary>
[Collection(InferenceTests.Name)]
public sealed class SplitTests(InferencePortal portal)
{
    [Fact]
    public async Task A_request_comes_to_the_same_deployment_again_and_shadows_get_copies_that_nobody_sees()
    {
        ModelVersionId champion = await portal.RegisterAsync("split", GivenModel.Logistic([1, 1], 0), Encoding, null, Stage.Approved);
        ModelVersionId challenger = await portal.AddVersionAsync("split", GivenModel.Logistic([-1, -1], 0), Encoding);
        ModelVersionId shadow = await portal.AddVersionAsync("split", GivenModel.Logistic([5, 5], 1), Encoding);
        IReadOnlyList<DeploymentView> live = await portal.Get<DeploymentQueries>().VisibleToAsync(portal["otto"], champion, default);
        DeploymentId first = Assert.Single(live).Deployment.Id;
        DeploymentId second = await DeployAsync(new NewDeployment(challenger, "production", DeploymentRole.Challenger) { Share = 0.4 }, first, champion);
        DeploymentId third = await DeployAsync(new NewDeployment(shadow, "production", DeploymentRole.Shadow), null, default);
        using HttpClient coen = await portal.ProgramAsync("coen");

        Dictionary<string, string> answeredBy = [];
        foreach (int round in (int[])[0, 1])
        {
            for (int request = 0; request < 24; request++)
            {
                (HttpStatusCode status, JsonNode body) = await OpenInferenceTests.PostAsync(coen, "/v2/models/split/infer", Row($"id-{request}", request / 40.0));
                Assert.True(status == HttpStatusCode.OK, body.ToJsonString());
                string version = (string)body["model_version"]!;
                Assert.Equal(answeredBy.GetValueOrDefault($"id-{request}", version), version);
                answeredBy[$"id-{request}"] = version;
            }
        }

        Assert.Equal(["1", "2"], answeredBy.Values.Distinct().Order());
        Assert.InRange(answeredBy.Values.Count(version => version == "2"), 3, 18); // 40 % of 24; outside with p < 0.001
        await portal.Get<TrafficSink>().FlushAsync(default);
        await UntilAsync(async () => (await ReadAsync(third)).Rows >= 24);
        TrafficWindow copies = await ReadAsync(third);
        Assert.Equal(answeredBy.Keys.Order(StringComparer.Ordinal), copies.Ids.Distinct().Order(StringComparer.Ordinal));
        DeploymentId now = (await portal.Get<DeploymentQueries>().VisibleToAsync(portal["otto"], champion, default)).First(view => view.End is null).Deployment.Id;
        Assert.Equal(24, (await ReadAsync(now)).Ids.Concat((await ReadAsync(second)).Ids).Distinct().Count());
    }

    private static readonly byte[] Encoding = System.Text.Encoding.UTF8.GetBytes("""
        {"inputs":[{"name":"x","features":[{"name":"a","column":"a","kind":"numeric"},{"name":"b","column":"b","kind":"numeric"}]}]}
        """);

    private static string Row(string id, double a) => $$$"""
        {"id":"{{{id}}}","inputs":[{"name":"a","shape":[1],"datatype":"FP64","data":[{{{a.ToString(System.Globalization.CultureInfo.InvariantCulture)}}}]},{"name":"b","shape":[1],"datatype":"FP64","data":[0.5]}],"parameters":{"form":"labelOnly"}}
        """;

    private Task<TrafficWindow> ReadAsync(DeploymentId deployment) =>
        portal.Get<ReadTraffic>().WindowAsync(deployment, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, null, default);

    // The champion makes room for the challenger's share.
    private async Task<DeploymentId> DeployAsync(NewDeployment wish, DeploymentId? champion, ModelVersionId version)
    {
        if (champion is not null)
        {
            Assert.IsType<DeploymentOutcome.Deployed>(await portal.Get<DeployVersion>().RunAsync(
                Actor.System, new NewDeployment(version, "production", DeploymentRole.Champion) { Share = 0.6, Replaces = champion }, default));
        }

        return Assert.IsType<DeploymentOutcome.Deployed>(await portal.Get<DeployVersion>().RunAsync(Actor.System, wish, default)).Deployment.Id;
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (int beat = 0; beat < 200 && !await holds(); beat++)
        {
            await Task.Delay(50);
        }
    }
}
