using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.Portal.Tests.CommandLine;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.MonitorPlans;

/// <summary>
/// The recorded stream through the real program over HTTP, as docs/monitoring.md tells it: the commands set it up, then each
/// day's rows and labels are sent, the monitors read up to that day's end, and alerts are read back.
/// </summary>
public sealed class StreamOverHttpTests
{
    private const int Days = 30;
    private const int LabelDays = 5;

    private static readonly DateTimeOffset First = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [SkippableFact]
    public async Task Each_planted_event_is_told_on_its_days_and_the_same_rows_without_events_raise_none()
    {
        string stream = Reference.Path("data", "stream");
        Skip.If(TimeProvider.System.GetUtcNow() < First.AddDays(Days + LabelDays + 1), "The clock is before the stream's last labels.");
        await using ServedPortal portal = await ServedPortal.MakeAsync("adult");
        await PrepareAsync(portal);
        string plan = await File.ReadAllTextAsync(Path.Combine(Reference.Repository, "samples", "monitors", "adult-stream.yaml"));
        (string watched, string control) = (await DeployAsync(portal, "production"), await DeployAsync(portal, "control"));
        string token = (await RunAsync(portal, "token", "add", "otto", "--scope", "ingest,read,audit")).GetProperty("token").GetString()!;
        await portal.StartAsync();
        using HttpClient client = new() { BaseAddress = portal.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        Dictionary<string, int> first = [];
        await PostAsync(client, $"{watched}/monitors/", JsonContent.Create(new { plan }));
        for (int day = 1; day <= Days + LabelDays; day++)
        {
            await SendAsync(client, $"{watched}/traffic", Path.Combine(stream, "requests", $"day_{day:00}.jsonl"));
            await SendAsync(client, $"{watched}/labels", Path.Combine(stream, "labels", $"arrived_day_{day:00}.jsonl"));
            await PostAsync(client, $"{watched}/monitors/run", JsonContent.Create(new { upTo = First.AddDays(day) }));
            foreach (JsonElement alert in await AlertsAsync(client, watched))
            {
                first.TryAdd($"{alert.GetProperty("monitor")} {alert.GetProperty("column")}".TrimEnd(), day);
            }
        }

        Assert.InRange(Least(first, "inputs age", "inputs hours_per_week"), 12, 14);
        Assert.InRange(Least(first, "professionals age"), 16, 20);
        Assert.InRange(Least(first, "quality education_num", "inputs education_num"), 25, 26);
        Assert.InRange(Least(first, "realised"), 25, 29);
        Assert.All(first, alert => Assert.True(alert.Value >= 12, $"{alert.Key} on day {alert.Value}"));

        await PostAsync(client, $"{control}/monitors/", JsonContent.Create(new { plan }));
        await SendAsync(client, $"{control}/traffic", Path.Combine(stream, "control_requests_no_events.csv.gz"));
        await PostAsync(client, $"{control}/labels", new ByteArrayContent(await KnownAsync(Path.Combine(stream, "control_labels_no_events.csv.gz"))));
        JsonElement run = await PostAsync(client, $"{control}/monitors/run", JsonContent.Create(new { upTo = First.AddDays(Days) }));
        Assert.True(run.GetProperty("readings").GetInt32() > 700);
        Assert.Empty(await AlertsAsync(client, control));
    }

    private static int Least(Dictionary<string, int> first, params string[] keys) => keys.Min(key => first.GetValueOrDefault(key, int.MaxValue));

    private static async Task<JsonElement[]> AlertsAsync(HttpClient client, string deployment) =>
        [.. (await client.GetFromJsonAsync<JsonElement>($"/api/v1/deployments/{deployment}/monitors/alerts")).GetProperty("alerts").EnumerateArray()];

    // Days without requests, after the last one, and without labels, before the first ones, have no file.
    private static async Task SendAsync(HttpClient client, string path, string file)
    {
        if (File.Exists(file))
        {
            await PostAsync(client, path, new ByteArrayContent(await File.ReadAllBytesAsync(file)));
        }
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, HttpContent content)
    {
        using HttpResponseMessage response = await client.PostAsync($"/api/v1/deployments/{path}", content);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    // The control labels do not say when they came: as the others, at two in the night five days later.
    private static async Task<byte[]> KnownAsync(string path)
    {
        await using GZipStream unpacked = new(File.OpenRead(path), CompressionMode.Decompress);
        using StreamReader reader = new(unpacked);
        string[] lines = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return System.Text.Encoding.UTF8.GetBytes(string.Join('\n',
        [
            lines[0] + ",known_at",
            .. lines.Skip(1).Select(line =>
                $"{line},{First.AddDays(int.Parse(line.AsSpan("adult-".Length, 2), CultureInfo.InvariantCulture) - 1 + LabelDays).AddHours(2):yyyy-MM-ddTHH:mm:ssZ}"),
        ]));
    }

    private static async Task PrepareAsync(ServedPortal portal)
    {
        await using (ServiceProvider registry = portal.OpenRegistry())
        {
            UserId otto = Assert.IsType<AddUserOutcome.Added>(await registry.GetRequiredService<AddUser>().RunAsync(
                Actor.System, new NewUser("otto", "O. Operator", ServedPortal.Password, new HashSet<Role> { Role.Operator }), default)).Person.Id;
            await registry.GetRequiredService<GrantAccess>().RunAsync(Actor.System, otto, "adult", GrantExtras.None, default);
        }

        await RunAsync(portal, "version", "add", "adult", Reference.Path("data", "models", "adult_gbt", "model.onnx"),
            "--encoding", Reference.Path("data", "models", "adult_gbt", "manifest.json"), "--as", "dev");
        await RunAsync(portal, "dataset", "add", "adult", Reference.Path("data", "datasets", "adult", "validation.csv"), "--name", "adult-validation",
            "--role", "income=label", "--role", "native_country=protected", "--positive", ">50K", "--as", "dev");

        // The way to approval is other tests' matter; this registry's ledger is not verified afterwards.
        await using ServiceProvider again = portal.OpenRegistry();
        await using GovernanceDb db = await again.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        await db.Versions.ExecuteUpdateAsync(row => row.SetProperty(each => each.Stage, Stage.Approved));
    }

    private static async Task<string> DeployAsync(ServedPortal portal, string environment) =>
        (await RunAsync(portal, "deployment", "add", "adult/1", "--environment", environment, "--role", "outside", "--reference", "adult-validation",
            "--from", "2026-03-01", "--as", "otto")).GetProperty("id").GetString()!;

    private static async Task<JsonElement> RunAsync(ServedPortal portal, params string[] args)
    {
        CommandRun run = await CommandRun.OfAsync([.. args, "--data", portal.Data, "--json", "-", "--quiet"]);
        Assert.True(run.Code == 0, $"{string.Join(' ', args)}: {run.Error}");
        return run.Json;
    }
}
