using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Governance.Audit.Serving;
using Governance.Registry.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Protocols;

/// <summary>Large requests behind a 202: progress, result, cancel, and nobody else's business.</summary>
[Collection(InferenceTests.Name)]
public sealed class JobTests(InferencePortal portal)
{
    [Fact]
    public async Task A_request_of_many_rows_is_accepted_worked_off_and_answered_as_a_small_one_is()
    {
        using HttpClient cami = await portal.ProgramAsync("cami");
        int[] rows = [.. Enumerable.Range(100, 120)];
        (HttpStatusCode status, JsonNode job, string? location) = await SendAsync(cami, rows, prefer: false, "job-42", "labelOnly");

        Assert.Equal((HttpStatusCode.Accepted, 120), (status, (int)job["rows"]!));
        JsonNode done = await UntilAsync(cami, location!, state => (string?)state["status"] is "done" or "failed");
        Assert.True((string?)done["status"] == "done", done.ToJsonString());
        JsonNode result = JsonNode.Parse(await cami.GetStringAsync(new Uri($"{location}/result", UriKind.Relative)))!;
        (_, JsonNode one) = await OpenInferenceTests.PostAsync(cami, "/v2/models/trees/infer", new JsonObject
        {
            ["inputs"] = portal.Columns([rows[119]]), ["parameters"] = new JsonObject { ["form"] = "labelOnly" },
        }.ToJsonString());

        Assert.Equal(("job-42", 120), ((string?)result["id"], result["outputs"]![0]!["data"]!.AsArray().Count));
        Assert.Equal((string?)one["outputs"]![0]!["data"]![0], (string?)result["outputs"]![0]!["data"]![119]);
        Assert.Equal(0, (int)one["parameters"]!["units"]!); // paid for by the job
        Assert.Equal(120, (int)done["units"]!);
    }

    [Fact]
    public async Task A_job_is_its_askers_alone_encrypted_and_gone_when_it_is_taken_back()
    {
        using HttpClient dev = await portal.ProgramAsync("dev");
        using HttpClient rita = await portal.ProgramAsync("rita");
        (HttpStatusCode status, _, string? location) = await SendAsync(dev, [40, 41], prefer: true, null, null);
        Assert.Equal(HttpStatusCode.Accepted, status);
        await UntilAsync(dev, location!, state => (string?)state["status"] == "done");

        foreach (string path in (string[])[location!, $"{location}/result"])
        {
            using HttpResponseMessage foreign = await rita.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        }

        string folder = Path.Combine(portal.Server.Services.GetRequiredService<RegistryOptions>().DataFolder, "jobs");
        string[] files = Directory.GetFiles(folder);
        Assert.True(files.Length >= 3);
        Assert.All(files, file => Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf("pirat"u8) < 0, file));
        using HttpResponseMessage erased = await dev.DeleteAsync(new Uri(location!, UriKind.Relative));
        using HttpResponseMessage gone = await dev.GetAsync(new Uri(location!, UriKind.Relative));
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (erased.StatusCode, gone.StatusCode));
        Assert.Null(await portal.Get<JobFiles>().RowsAsync(Guid.Parse(location!.Split('/')[^1]), default));
    }

    [Fact]
    public async Task A_job_that_a_row_stops_says_at_which_and_gives_what_was_answered_before()
    {
        using HttpClient dev = await portal.ProgramAsync("dev");
        JsonArray inputs = portal.Columns([.. Enumerable.Range(250, 101)]);
        JsonNode share = inputs.First(input => (string?)input!["name"] == "pirat")!;
        share["data"]!.AsArray()[100] = 40;
        using HttpRequestMessage request = new(HttpMethod.Post, "/v2/models/trees/infer")
        {
            Content = new StringContent(new JsonObject { ["inputs"] = inputs, ["parameters"] = new JsonObject { ["form"] = "labelOnly" } }.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        using HttpResponseMessage accepted = await dev.SendAsync(request);
        string location = accepted.Headers.Location!.ToString();

        JsonNode state = await UntilAsync(dev, location, now => (string?)now["status"] is "done" or "failed");
        JsonNode result = JsonNode.Parse(await dev.GetStringAsync(new Uri($"{location}/result", UriKind.Relative)))!;

        Assert.Equal(("failed", 100), ((string?)state["status"], (int)state["answered"]!));
        Assert.Contains("'pirat'", (string?)state["reason"], StringComparison.Ordinal);
        Assert.Equal(100, result["outputs"]![0]!["data"]!.AsArray().Count);
        Assert.Contains("ended early", (string?)result["parameters"]!["warnings"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_that_a_process_left_behind_go_on()
    {
        JobFiles files = portal.Get<JobFiles>();
        InferenceJob left = new()
        {
            Id = Guid.CreateVersion7(), Principal = portal["dev"].Value, Model = "trees", Version = 1, Ticket = "{}", Rows = 3, Answered = 1, Status = JobStatus.Running,
            AskedAt = DateTimeOffset.UnixEpoch, ExpiresAt = DateTimeOffset.MaxValue,
        };
        await files.KeepAsync(left, default);
        await files.KeepRowsAsync(left.Id, [new NamedTensor("x", [3, 2], new[] { 1f, 2, float.NaN, 4, 5, 6 }), new NamedTensor("t", [3], new[] { "a", "b", "c" })], default);
        await files.KeepIndexAsync([left.Id], default);

        InferenceJob read = Assert.Single(await files.ReadAsync(default));
        IReadOnlyList<NamedTensor> rows = (await files.RowsAsync(left.Id, default))!;

        Assert.Equal(left, read);
        Assert.Equal(new[] { 1f, 2, float.NaN, 4, 5, 6 }, rows[0].Values);
        Assert.Equal(new[] { "b", "c" }, rows[1].Slice(read.Answered, 2).Values);
        files.Remove(left);
    }

    private async Task<(HttpStatusCode Status, JsonNode Body, string? Location)> SendAsync(HttpClient client, int[] rows, bool prefer, string? id, string? form)
    {
        JsonObject body = new() { ["inputs"] = portal.Columns(rows) };
        if (id is not null)
        {
            body["id"] = id;
        }

        if (form is not null)
        {
            body["parameters"] = new JsonObject { ["form"] = form };
        }

        using HttpRequestMessage request = new(HttpMethod.Post, "/v2/models/trees/infer") { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        if (prefer)
        {
            request.Headers.Add("Prefer", "respond-async");
        }

        using HttpResponseMessage response = await client.SendAsync(request);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!, response.Headers.Location?.ToString());
    }

    private static async Task<JsonNode> UntilAsync(HttpClient client, string location, Func<JsonNode, bool> holds)
    {
        for (int beat = 0; beat < 600; beat++)
        {
            JsonNode state = JsonNode.Parse(await client.GetStringAsync(new Uri(location, UriKind.Relative)))!;
            if (holds(state))
            {
                return state;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException(location);
    }
}
