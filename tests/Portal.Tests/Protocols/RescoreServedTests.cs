using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Governance.Audit.Serving;
using Governance.Audit.Traffic;
using Governance.Registry.Deployments;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Protocols;

/// <summary>Logged answers of our own serving are repeated from the version's files, and one that cannot have been its own is found.</summary>
[Collection(InferenceTests.Name)]
public sealed class RescoreServedTests(InferencePortal portal)
{
    [Fact]
    public async Task What_was_answered_and_logged_scores_again_to_the_last_bit_and_a_forged_row_does_not()
    {
        ModelVersionId version = await portal.RegisterAsync("again", GivenModel.Logistic([2, -3], 0.25f), Encoding.UTF8.GetBytes("""
            {"inputs":[{"name":"x","features":[{"name":"a","column":"a","kind":"numeric"},{"name":"b","column":"b","kind":"numeric"}]}]}
            """), null, Stage.Approved);
        DeploymentId deployment = Assert.Single(await portal.Get<DeploymentQueries>().VisibleToAsync(portal["otto"], version, default)).Deployment.Id;
        Assert.Null(await Fresh().OfAsync(version, 100, default));
        using HttpClient coen = await portal.ProgramAsync("coen");
        for (int row = 0; row < 30; row++)
        {
            string a = (row / 7.0).ToString("R", CultureInfo.InvariantCulture);
            (HttpStatusCode status, JsonNode body) = await OpenInferenceTests.PostAsync(coen, "/v2/models/again/infer", $$$"""
                {"id":"again-{{{row}}}","inputs":[{"name":"a","shape":[1],"datatype":"FP64","data":[{{{a}}}]},{"name":"b","shape":[1],"datatype":"FP64","data":[0.5]}],"parameters":{"form":"labelOnly"}}
                """);
            Assert.True(status == HttpStatusCode.OK, body.ToJsonString());
        }

        await portal.Get<TrafficSink>().FlushAsync(default);
        RescoredAnswers? again = await Fresh().OfAsync(version, 20, default);
        Assert.Equal((20, 0, 0.0), (again!.Rows, again.OtherDecisions, again.LargestDifference));

        // σ(2 · 5 − 3 · 1 + 0.25) is near 1: neither this decision nor this score can be the version's.
        string forged = $"id,time,a,b,decision,score_1\nforged,{TimeProvider.System.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ},5,1,0,0.25\n";
        await portal.Get<IngestFile>().RowsAsync(deployment, Encoding.UTF8.GetBytes(forged), new TrafficNames(), null, default);
        RescoredAnswers? found = await Fresh().OfAsync(version, 100, default);
        Assert.Equal((31, 1), (found!.Rows, found.OtherDecisions));
        Assert.Equal((1 / (1 + Math.Exp(-7.25))) - 0.25, found.LargestDifference, 1e-6);
    }

    private RescoreServed Fresh() => ActivatorUtilities.CreateInstance<RescoreServed>(portal.Server.Services);
}
