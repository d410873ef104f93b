using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Google.Protobuf;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Registrations;
using Governance.Portal.Tests.CommandLine;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Tokens;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Equivalence;

/// <summary>Programs and the command line start a battery of registered versions and read it; who may is the same as on the page.</summary>
[Collection(PortalTests.Name)]
public sealed class BatteryApiTests(SamplePortal portal)
{
    private const string Model = "battery_api";
    private const string Parentless = "/api/v1/models/hmda_biased/versions/1/batteries";

    [SkippableFact]
    public async Task A_program_starts_a_battery_follows_it_and_the_board_and_the_command_line_tell_the_same()
    {
        await RegisterAsync();
        const string address = $"/api/v1/models/{Model}/versions/2/batteries";
        using HttpClient dev = await ProgramAsync("dev", TokenScope.Audit);
        using HttpClient reader = await ProgramAsync("aude", TokenScope.Read);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "bad-parent"), Code(await SendAsync(dev, HttpMethod.Post, address, new { parent = "hmda_biased/1" })));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "bad-data"), Code(await SendAsync(dev, HttpMethod.Post, address, new { data = "no-such-rows" })));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "bad-data"), Code(await SendAsync(dev, HttpMethod.Post, address, new { background = "no-such-rows" })));
        (HttpStatusCode status, JsonElement queued) = await SendAsync(dev, HttpMethod.Post, address, new { background = "hmda-train" });

        Assert.Equal((HttpStatusCode.Accepted, $"{Model}/2", $"{Model}/1", "hmda-test"), (
            status, queued.GetProperty("version").GetString(), queued.GetProperty("parent").GetString(), queued.GetProperty("data").GetString()));
        string run = queued.GetProperty("run").GetString()!;
        JsonElement battery = await SealedAsync(reader, $"{address}/{run}");
        JsonElement result = battery.GetProperty("result");
        Assert.Equal(($"{Model}/1", $"{Model}/2", "default 3"), (result.GetProperty("a").GetString(), result.GetProperty("b").GetString(), result.GetProperty("policy").GetString()));
        Assert.NotEqual("breaches", result.GetProperty("verdict").GetString()); // the same graph, written anew
        JsonElement speed = result.GetProperty("speed").GetProperty("sizes")[0];
        Assert.Equal((1, 2), (speed.GetProperty("rows").GetInt32(), speed.GetProperty("b").GetProperty("p95Interval").GetArrayLength()));
        Assert.False(battery.GetProperty("inherits").GetProperty("may").GetBoolean());
        Assert.Contains("is a draft", battery.GetProperty("inherits").GetProperty("why").GetString(), StringComparison.Ordinal);
        JsonElement listed = Assert.Single((await SendAsync(reader, HttpMethod.Get, address, null)).Answer.EnumerateArray());
        Assert.Equal((run, "sealed", false), (listed.GetProperty("run").GetString(), listed.GetProperty("status").GetString(), listed.TryGetProperty("result", out _)));

        // Who only reads starts and stops nothing; nobody stops what is over, or by the address of another version.
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(reader, HttpMethod.Post, address, new { })).Status);
        Assert.Equal((HttpStatusCode.Conflict, "over"), Code(await SendAsync(dev, HttpMethod.Delete, $"{address}/{run}", null)));
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(dev, HttpMethod.Delete, $"/api/v1/models/{Model}/versions/1/batteries/{run}", null)).Status);

        await BoardAsync(1_000 * speed.GetProperty("b").GetProperty("p95").GetDouble(), result.GetProperty("verdict").GetString()!);
    }

    [Fact]
    public async Task A_battery_is_asked_for_by_whoever_may_run_audits_and_a_version_without_parents_has_none()
    {
        foreach ((string user, TokenScope scope, string? limited, HttpStatusCode starts, HttpStatusCode reads) in ((string, TokenScope, string?, HttpStatusCode, HttpStatusCode)[])
        [
            ("dev", TokenScope.Audit, null, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Forbidden),
            ("rita", TokenScope.Audit, null, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Forbidden),
            ("rita", TokenScope.Read, null, HttpStatusCode.Forbidden, HttpStatusCode.OK),
            ("rita", TokenScope.Audit, "hmda_fair", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden),
            ("aude", TokenScope.Audit, null, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden),
            ("coen", TokenScope.Audit, null, HttpStatusCode.NotFound, HttpStatusCode.Forbidden),
            ("coen", TokenScope.Read, null, HttpStatusCode.Forbidden, HttpStatusCode.NotFound),
        ])
        {
            using HttpClient program = await ProgramAsync(user, scope, limited);
            HttpStatusCode started = (await SendAsync(program, HttpMethod.Post, Parentless, new { })).Status;
            HttpStatusCode read = (await SendAsync(program, HttpMethod.Get, Parentless, null)).Status;
            Assert.Equal((user, scope, limited, starts, reads), (user, scope, limited, started, read));
        }

        using HttpClient dev = await ProgramAsync("dev", TokenScope.Audit);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "no-parent"), Code(await SendAsync(dev, HttpMethod.Post, Parentless, new { })));
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(dev, HttpMethod.Delete, $"{Parentless}/{Guid.CreateVersion7()}", null)).Status);
    }

    // What the battery timed stands on the board, within a budget or left out by it; in the browser and on the command line.
    private async Task BoardAsync(double milliseconds, string verdict)
    {
        using SignedInClient rita = await portal.SignInAsync("rita");
        string board = (await rita.GetAsync($"/models/{Model}/candidates?on=latency_p95&on=size&p95=0.0001")).Body!.TextContent;
        Assert.Contains("timed", board, StringComparison.Ordinal);
        Assert.Contains($"calls of one row in turns with {Model}/1", board, StringComparison.Ordinal);
        Assert.Contains($"calls of one row in turns with {Model}/2", board, StringComparison.Ordinal);
        Assert.Contains("ms is over 0.", board, StringComparison.Ordinal);

        RegistryOptions options = portal.Services.GetRequiredService<RegistryOptions>();
        Skip.If(options.ConnectionString is not null, "The command would need the connection string of PostgreSQL.");
        CommandRun run = await CommandRun.OnAsync(options, "candidates", Model, "--same-purpose", "--on", "accuracy,latency_p95,size", "--as", "rita", "--json", "-");
        Assert.True(run.Code == 0, run.Error);
        JsonElement[] candidates = [.. run.Json.GetProperty("candidates").EnumerateArray()];
        JsonElement variant = candidates.Single(row => row.GetProperty("name").GetString() == $"{Model}/2");
        JsonElement latency = variant.GetProperty("figures").GetProperty("latency_p95");
        Assert.Equal(("governance/candidates/1", "hmda-test"), (run.Json.GetProperty("schema").GetString(), run.Json.GetProperty("data").GetString()));
        Assert.Contains(candidates, row => row.GetProperty("name").GetString() == "hmda_fair/1"); // registered with the same purpose
        Assert.Equal(milliseconds, latency.GetProperty("value").GetDouble(), 1e-9);
        Assert.StartsWith("battery of ", latency.GetProperty("source").GetString(), StringComparison.Ordinal);
        Assert.True(latency.GetProperty("beside").TryGetProperty($"{Model}/1", out _));
        Assert.Equal("incomplete", variant.GetProperty("place").GetString()); // nobody audited it
        Assert.Contains("latency from battery of", run.Error, StringComparison.Ordinal);

        CommandRun left = await CommandRun.OnAsync(options, "candidates", Model, "--on", "size", "--size", "10", "--as", "rita", "--json", "-");
        Assert.All(left.Json.GetProperty("candidates").EnumerateArray(), row => Assert.Contains("is over 10.", row.GetProperty("left").GetString(), StringComparison.Ordinal));
        Assert.Contains("There is no metric 'luck'", (await CommandRun.OnAsync(options, "candidates", Model, "--on", "luck", "--as", "rita")).Error, StringComparison.Ordinal);
        Assert.Contains("or not for this person", (await CommandRun.OnAsync(options, "candidates", Model, "--as", "coen")).Error, StringComparison.Ordinal);
        Assert.Contains("No candidate has evidence on 'elsewhere'", (await CommandRun.OnAsync(options, "candidates", Model, "--dataset", "elsewhere", "--as", "rita")).Error, StringComparison.Ordinal);

        CommandRun shown = await CommandRun.OnAsync(options, "battery", "show", $"{Model}/2", "--as", "aude", "--json", "-");
        Assert.Equal(verdict == "breaches" ? 1 : 0, shown.Code);
        Assert.Equal(verdict, shown.Json.GetProperty("result").GetProperty("verdict").GetString());
        Assert.Contains("Equivalence:", shown.Error, StringComparison.Ordinal);
        Assert.Contains("No battery of this version is sealed yet", (await CommandRun.OnAsync(options, "battery", "show", $"{Model}/1", "--as", "aude")).Error, StringComparison.Ordinal);
        Assert.Contains("does not run audits", (await CommandRun.OnAsync(options, "battery", "start", $"{Model}/1", $"{Model}/2", "--as", "aude")).Error, StringComparison.Ordinal);
        Assert.Contains("was not made from", (await CommandRun.OnAsync(options, "battery", "start", "hmda_fair/1", $"{Model}/2", "--as", "dev")).Error, StringComparison.Ordinal);
        CommandRun again = await ProgramRun.OfAsync(
            options, "battery", "start", $"{Model}/1", $"{Model}/2", "--on", "hmda-test", "--background", "hmda-train", "--wait", "--strict", "--as", "dev", "--json", "-", "--limit-seconds", "180");
        Assert.True(again.Code is 0 or 1, again.Error);
        Assert.Equal("sealed", again.Json.GetProperty("status").GetString());
        Assert.Equal(again.Json.GetProperty("result").GetProperty("verdict").GetString() == "meets" ? 0 : 1, again.Code);
    }

    private async Task RegisterAsync()
    {
        ModelVersionId parent = await portal.RegisterAsync(Model, "hmda_fair");
        string folder = Path.Combine(Reference.Repository, "samples", "models", "hmda_fair");
        ModelProto copy = ModelProto.Parser.ParseFrom(await File.ReadAllBytesAsync(Path.Combine(folder, "model.onnx")));
        copy.DocString = "The same graph, written anew.";
        Assert.IsType<RegisterVersionOutcome.Registered>(await portal.Services.GetRequiredService<AdmitVersion>().RunAsync(
            Actor.Person(portal["dev"]), Model, copy.ToByteArray(), await File.ReadAllBytesAsync(Path.Combine(folder, "manifest.json")), null,
            [(parent, ParentKind.OptimisedFrom)], default));
    }

    private static async Task<JsonElement> SealedAsync(HttpClient client, string address)
    {
        for (int beat = 0; beat < 900; beat++)
        {
            JsonElement now = (await SendAsync(client, HttpMethod.Get, address, null)).Answer;
            if (now.GetProperty("status").GetString() is not ("queued" or "running"))
            {
                Assert.True(now.GetProperty("status").GetString() == "sealed", now.ToString());
                return now;
            }

            await Task.Delay(200);
        }

        throw new TimeoutException("The battery did not end.");
    }

    private async Task<HttpClient> ProgramAsync(string user, TokenScope scope, string? model = null)
    {
        IssueTokenOutcome outcome = await portal.Services.GetRequiredService<IssueToken>().RunAsync(
            Actor.System, new NewToken(portal[user], $"program {Guid.CreateVersion7()}", [scope]) { Models = model is null ? [] : [model] }, default);
        HttpClient client = new() { BaseAddress = portal.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Assert.IsType<IssueTokenOutcome.Issued>(outcome).Text);
        return client;
    }

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> SendAsync(HttpClient client, HttpMethod method, string address, object? body)
    {
        using HttpRequestMessage request = new(method, address) { Content = body is null ? null : JsonContent.Create(body) };
        using HttpResponseMessage response = await client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
    }

    private static (HttpStatusCode, string?) Code((HttpStatusCode Status, JsonElement Answer) answered) => (answered.Status, answered.Answer.GetProperty("code").GetString());
}
