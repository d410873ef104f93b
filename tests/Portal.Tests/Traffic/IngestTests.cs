using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Traffic;
using Governance.Registry.Deployments;
using Governance.Registry.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Traffic;

/// <summary>Rows and labels over HTTP: each counts once, whatever is sent twice and in whatever order.</summary>
[Collection(PortalTests.Name)]
public sealed class IngestTests(SamplePortal portal)
{
    [Fact]
    public async Task The_same_batch_twice_counts_once_and_a_row_twice_counts_once()
    {
        DeploymentId deployment = await GivenTraffic.DeployAsync(portal.Services, "hmda_fair", "hmda-train");
        using HttpClient sender = await GivenTraffic.SenderAsync(portal.Services, portal.Address, portal["otto"], TokenScope.Ingest);
        string path = $"/api/v1/deployments/{deployment}/traffic";

        Assert.Equal((200, (300, 0, 0, false)), await RowsAsync(sender, path, GivenTraffic.Csv(0, 300, 3)));
        Assert.Equal((200, (300, 0, 0, true)), await RowsAsync(sender, path, GivenTraffic.Csv(0, 300, 3)));
        Assert.Equal((200, (300, 0, 0, false)), await RowsAsync(sender, path, GivenTraffic.Csv(1_000, 300, 3), "march"));
        Assert.Equal((200, (300, 0, 0, true)), await RowsAsync(sender, path, GivenTraffic.Csv(1_000, 300, 3), "march"));
        Assert.Equal(422, (await sender.SendAsync(path, GivenTraffic.Csv(5_000, 10, 1), "march")).Status);

        // Half of these were there; one says another thing than before, and the first counts.
        string half = GivenTraffic.Csv(0, 300, 3).Replace("r299,", "r9999,", StringComparison.Ordinal).Replace("r0,2026-03-01T00:00:00Z,0.1,", "r0,2026-03-01T00:00:00Z,0.9,", StringComparison.Ordinal);
        Assert.Equal((200, (1, 298, 1, false)), await RowsAsync(sender, path, half));
        TrafficWindow window = await WindowAsync(deployment);
        Assert.Equal((601, 601), (window.Rows, window.Ids.Distinct().Count()));
        Assert.Equal(0.1, window.Columns!.Need("pirat").Number(window.Ids.ToList().IndexOf("r0")));
        Assert.True(window.Times.SequenceEqual(window.Times.Order()));
    }

    [Fact]
    public async Task Labels_come_before_or_after_their_rows_and_are_corrected()
    {
        DeploymentId deployment = await GivenTraffic.DeployAsync(portal.Services, "hmda_fair");
        using HttpClient sender = await GivenTraffic.SenderAsync(portal.Services, portal.Address, portal["otto"], TokenScope.Ingest);
        string labels = $"/api/v1/deployments/{deployment}/labels";

        Assert.Equal((200, (2, 0, 0, false)), await RowsAsync(sender, labels, "id,label,known_at\nr1,yes,2026-03-06T00:00:00Z\nr500,no,2026-03-06T00:00:00Z\n"));
        await RowsAsync(sender, $"/api/v1/deployments/{deployment}/traffic", GivenTraffic.Csv(0, 10, 1));
        Assert.Equal((200, (2, 1, 1, false)), await RowsAsync(
            sender, labels, "id,label,known_at\nr1,no,2026-03-09T00:00:00Z\nr2,yes,2026-03-09T00:00:00Z\nr500,no,2026-03-09T00:00:00Z\n"));

        Assert.Equal([null, "no", "yes"], await LabelsAsync(deployment, DateTimeOffset.MaxValue));
        Assert.Equal([null, "yes", null], await LabelsAsync(deployment, GivenTraffic.FirstDay.AddDays(6)));
        Assert.Equal([null, null, null], await LabelsAsync(deployment, GivenTraffic.FirstDay.AddDays(4)));
    }

    [Fact]
    public async Task What_cannot_be_taken_is_refused_in_words_and_nothing_is_kept()
    {
        DeploymentId deployment = await GivenTraffic.DeployAsync(portal.Services, "hmda_fair");
        using HttpClient sender = await GivenTraffic.SenderAsync(portal.Services, portal.Address, portal["otto"], TokenScope.Ingest);
        string path = $"/api/v1/deployments/{deployment}/traffic";
        foreach ((string body, string told) in ((string, string)[])
        [
            ("time,a\n2026-03-01T00:00:00Z,1\n", "ids of the rows"), ("id,a\nr1,1\n", "times of the rows"), ("id,time\nr1,yesterday\n", "line 2"),
            ("id,time\nr1,2026-03-01T00:00:00Z\n,2026-03-01T00:00:00Z\n", "line 3"), ("id,time,score\nr1,2026-03-01T00:00:00Z,high\n", "no number"), ("", "data"),
            ("id,time\nr1,12\n", "of 1970-01-01: rows may lie 10 years back at most"), // windows begin with the first row: one such row makes 20,000 days
        ])
        {
            (int status, JsonElement answer) = await sender.SendAsync(path, body);
            Assert.Equal(422, status);
            Assert.Contains(told, answer.GetProperty("detail").GetString(), StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal(0, (await WindowAsync(deployment)).Rows);
    }

    [Fact]
    public async Task Operators_send_with_a_token_of_the_scope_and_others_do_not()
    {
        DeploymentId deployment = await GivenTraffic.DeployAsync(portal.Services, "hmda_fair");
        string path = $"/api/v1/deployments/{deployment}/traffic";
        foreach ((string user, TokenScope scope, int status) in ((string, TokenScope, int)[])
        [
            ("otto", TokenScope.Read, 403), ("dev", TokenScope.Ingest, 403), ("rita", TokenScope.Ingest, 403), ("coen", TokenScope.Ingest, 404), ("ada", TokenScope.Ingest, 404),
        ])
        {
            using HttpClient sender = await GivenTraffic.SenderAsync(portal.Services, portal.Address, portal[user], scope);
            Assert.Equal((user, status), (user, (await sender.SendAsync(path, GivenTraffic.Csv(0, 5, 1))).Status));
        }

        using HttpClient operatorClient = await GivenTraffic.SenderAsync(portal.Services, portal.Address, portal["otto"], TokenScope.Ingest);
        Assert.Equal(404, (await operatorClient.SendAsync($"/api/v1/deployments/{Guid.CreateVersion7()}/traffic", GivenTraffic.Csv(0, 5, 1))).Status);
    }

    [Fact]
    public async Task Rows_of_our_own_serving_are_written_behind_the_answers()
    {
        DeploymentId deployment = await GivenTraffic.DeployAsync(portal.Services, "hmda_fair");
        TrafficSink sink = portal.Services.GetRequiredService<TrafficSink>();
        for (int row = 0; row < 40; row++)
        {
            Assert.True(sink.TryAppend(new ServedRow(
                deployment, $"s{row}", GivenTraffic.FirstDay.AddSeconds(row), new Dictionary<string, object?> { ["pirat"] = row / 40.0, ["phist"] = row % 2 == 0 ? "yes" : null })
            {
                Scores = new Dictionary<string, double> { ["yes"] = 0.25 }, Decision = "no", LatencyMs = 3,
            }));
        }

        await sink.FlushAsync(default);
        TrafficWindow window = await WindowAsync(deployment);
        Assert.Equal((40, 20, "no", 3.0), (window.Rows, Enumerable.Range(0, 40).Count(window.Columns!.Need("phist").IsMissing), window.Decisions!.Text(0), window.Latency![39]));
        Assert.Equal(0.25, window.ScoreOf("yes")!.Values[7]);
    }

    private static async Task<(int Status, (int, int, int, bool))> RowsAsync(HttpClient sender, string path, string csv, string? key = null)
    {
        (int status, JsonElement answer) = await sender.SendAsync(path, csv, key);
        return (status, (answer.GetProperty("rows").GetInt32(), answer.GetProperty("repeated").GetInt32(), answer.GetProperty("conflicts").GetInt32(), answer.GetProperty("acceptedBefore").GetBoolean()));
    }

    private Task<TrafficWindow> WindowAsync(DeploymentId deployment) => portal.Services.GetRequiredService<ReadTraffic>().WindowAsync(
        deployment, GivenTraffic.FirstDay, GivenTraffic.FirstDay.AddDays(40), null, default);

    private async Task<IEnumerable<string?>> LabelsAsync(DeploymentId deployment, DateTimeOffset until)
    {
        TrafficWindow window = await portal.Services.GetRequiredService<ReadTraffic>().WindowAsync(
            deployment, GivenTraffic.FirstDay, GivenTraffic.FirstDay.AddDays(1), [], until, default);
        Column labels = window.Labels;
        return Enumerable.Range(0, 3).Select(row => labels.Text(row));
    }
}
