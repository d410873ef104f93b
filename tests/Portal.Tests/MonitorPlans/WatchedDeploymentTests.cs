using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Monitoring;
using Governance.Audit.Traffic;
using Governance.Portal.Features.Demo;
using Governance.Registry.Alerts;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Tokens;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.MonitorPlans;

/// <summary>A real portal watches a month of the demo's traffic, over HTTP.</summary>
public sealed class WatchedDeploymentTests(SamplePortal portal) : IClassFixture<SamplePortal>
{
    private static readonly DateTimeOffset First = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_plan_is_assigned_windows_are_read_once_and_the_planted_drift_is_told_on_its_day()
    {
        DeploymentId deployment = await DeployedAsync();
        using HttpClient client = await ClientAsync("otto", TokenScope.Audit, TokenScope.Read);
        string address = $"/api/v1/deployments/{deployment}/monitors";
        string plan = await File.ReadAllTextAsync(Path.Combine(Reference.Repository, "samples", "monitors", "hmda.yaml"));

        string bare = await PlanLineAsync();
        (HttpStatusCode early, _) = await SendAsync(client, $"{address}/run", new { });
        (HttpStatusCode wrong, JsonElement fault) = await SendAsync(client, address, new { plan = plan.Replace("maturity:", "matury:", StringComparison.Ordinal) });
        (HttpStatusCode right, JsonElement assigned) = await SendAsync(client, address, new { plan });
        (_, JsonElement before) = await SendAsync(client, $"{address}/run", new { upTo = First.AddDays(DemoTraffic.DriftFrom) });
        (_, JsonElement again) = await SendAsync(client, $"{address}/run", new { upTo = First.AddDays(DemoTraffic.DriftFrom) });
        IReadOnlyList<Alert> quiet = await AlertsAsync(deployment);
        (_, JsonElement after) = await SendAsync(client, $"{address}/run", new { upTo = First.AddDays(60) });

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.UnprocessableEntity, HttpStatusCode.OK), (early, wrong, right));
        Assert.Contains("line 7", fault.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, assigned.GetProperty("expectedFalseAlertsAMonth").GetDouble(), 9);
        Assert.True(before.GetProperty("readings").GetInt32() > 300);
        Assert.Equal(0, again.GetProperty("readings").GetInt32());
        Assert.Empty(quiet);
        Assert.True(after.GetProperty("readings").GetInt32() > 200);
        Alert alert = Assert.Single(await AlertsAsync(deployment), row => row is { Monitor: "inputs", Column: "pirat" });
        Assert.Equal(First.AddDays(DemoTraffic.DriftFrom), alert.WindowFrom);

        JsonElement readings = await client.GetFromJsonAsync<JsonElement>($"{address}/readings?from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z");
        Assert.Contains(readings.GetProperty("readings").EnumerateArray(), reading =>
            reading.GetProperty("column").GetString() == "pirat" && reading.GetProperty("verdict").GetString() == "breach");
        Assert.Contains(readings.GetProperty("readings").EnumerateArray(), reading =>
            reading.GetProperty("column").GetString() == "pirat" && reading.GetProperty("metric").GetString() == "ks" && reading.GetProperty("noiseFloor").GetDouble() > 0);
        JsonElement[] groups = [.. readings.GetProperty("readings").EnumerateArray().Where(reading => reading.GetProperty("column").GetString() is "afam" or "single")];
        Assert.NotEmpty(groups);
        Assert.All(groups, reading => Assert.Contains("whose cells are masked", reading.GetProperty("sentence").GetString(), StringComparison.Ordinal));
        JsonElement told = (await client.GetFromJsonAsync<JsonElement>($"{address}/alerts")).GetProperty("alerts");
        Assert.Contains(told.EnumerateArray(), each => each.GetProperty("id").GetGuid() == alert.Id.Value);
        JsonElement shown = await client.GetFromJsonAsync<JsonElement>(address);
        Assert.Equal(2, shown.GetProperty("trackRecord").GetArrayLength());
        Assert.Contains("No plan of monitors watches production (outside): an operator assigns one.", bare, StringComparison.Ordinal);
        Assert.Contains("watches production (outside).", await PlanLineAsync(), StringComparison.Ordinal);
        Assert.IsType<LedgerVerdict.Holds>(await portal.Services.GetRequiredService<VerifyLedger>().RunAsync(default));
    }

    [Fact]
    public async Task For_a_stranger_to_the_model_there_is_no_such_deployment()
    {
        using HttpClient client = await ClientAsync("coen", TokenScope.Audit, TokenScope.Read);

        (HttpStatusCode status, _) = await SendAsync(client, $"/api/v1/deployments/{Guid.CreateVersion7()}/monitors/run", new { });
        Assert.Equal(HttpStatusCode.NotFound, status);
    }

    private async Task<DeploymentId> DeployedAsync()
    {
        IServiceProvider services = portal.Services;
        await using GovernanceDb db = await services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        ModelVersionId version = await portal.VersionAsync("hmda_fair", 1);
        ModelVersion row = await db.Versions.SingleAsync(each => each.Id == version);
        Deployment made = new(
            DeploymentId.New(), row.Model, row.Id, "production", DeploymentRole.Outside, 1, First,
            (await db.Datasets.SingleAsync(each => each.Name == "hmda-train")).Id, portal["otto"], First);
        await services.GetRequiredService<AppendGate>().RunAsync(Actor.System, change =>
        {
            change.Add(made, "deployment.made", row.Subject);
            return Task.FromResult(0);
        }, default);
        string samples = Path.Combine(Reference.Repository, "samples");
        using FileStream stream = File.OpenRead(Path.Combine(samples, "hmda", "test.csv"));
        Table table = TableFile.Read(stream, CancellationToken.None);
        using WatchedModel model = WatchedModel.Load(
            File.ReadAllBytes(Path.Combine(samples, "models", "hmda_fair", "model.onnx")),
            File.ReadAllBytes(Path.Combine(samples, "models", "hmda_fair", "manifest.json")), table, 1, CancellationToken.None);
        DemoTraffic traffic = DemoTraffic.Of(table, "deny", "pirat", model, First, DateTimeOffset.MaxValue, 20260301, CancellationToken.None);
        await services.GetRequiredService<IngestTraffic>().RunAsync(made.Id, "rows", traffic.Rows, default);
        await services.GetRequiredService<IngestLabels>().RunAsync(made.Id, "labels", traffic.Labels!, default);
        return made.Id;
    }

    // What the sign-off checklist of the version says of its plan.
    private async Task<string> PlanLineAsync()
    {
        using SignedInClient otto = await portal.SignInAsync("otto");
        return (await otto.GetAsync("/models/hmda_fair/versions/1/sign-off")).QuerySelector("#line-monitoring-plan")!.TextContent;
    }

    private async Task<IReadOnlyList<Alert>> AlertsAsync(DeploymentId deployment)
    {
        await using GovernanceDb db = await portal.Services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        return await db.Alerts.AsNoTracking().Where(alert => alert.Deployment == deployment).ToListAsync();
    }

    private async Task<HttpClient> ClientAsync(string user, params TokenScope[] scopes)
    {
        IssueTokenOutcome outcome = await portal.Services.GetRequiredService<IssueToken>().RunAsync(Actor.System, new NewToken(portal[user], "monitors", scopes), default);
        HttpClient client = new() { BaseAddress = portal.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Assert.IsType<IssueTokenOutcome.Issued>(outcome).Text);
        return client;
    }

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> SendAsync(HttpClient client, string address, object body)
    {
        using HttpResponseMessage response = await client.PostAsJsonAsync(address, body);
        string text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
    }
}
