using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Tokens;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Traffic;

/// <summary>Deployments and their traffic for tests.</summary>
internal static class GivenTraffic
{
    /// <summary>The first day of the rows.</summary>
    public static readonly DateTimeOffset FirstDay = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A deployment of a version, put on record without its approval: what is tested here is its traffic.</summary>
    public static async Task<DeploymentId> DeployAsync(IServiceProvider services, string model, string? reference = null)
    {
        await using GovernanceDb db = await services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        Model row = await db.Models.SingleAsync(each => each.Name == model);
        ModelVersion version = await db.Versions.FirstAsync(each => each.Model == row.Id);
        DatasetId? dataset = reference is null ? null : (await db.Datasets.SingleAsync(each => each.Name == reference)).Id;
        Deployment made = new(
            DeploymentId.New(), row.Id, version.Id, "production", DeploymentRole.Outside, 1, FirstDay, dataset, null, Microseconds.Truncate(FirstDay));
        await services.GetRequiredService<AppendGate>().RunAsync(Actor.System, change =>
        {
            change.Add(made, "deployment.made", version.Subject);
            return Task.FromResult(0);
        }, default);
        return made.Id;
    }

    /// <summary>A program that sends traffic.</summary>
    public static async Task<HttpClient> SenderAsync(IServiceProvider services, Uri address, UserId account, params TokenScope[] scopes)
    {
        IssueTokenOutcome outcome = await services.GetRequiredService<IssueToken>().RunAsync(Actor.System, new NewToken(account, "sender", scopes), default);
        HttpClient client = new() { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Assert.IsType<IssueTokenOutcome.Issued>(outcome).Text);
        return client;
    }

    /// <summary>Sends a body and reads the answer.</summary>
    public static async Task<(int Status, JsonElement Answer)> SendAsync(
        this HttpClient client, string path, string body, string? key = null, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        foreach ((string name, string value) in headers)
        {
            if (name == "content-type")
            {
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            }
            else
            {
                request.Headers.Add(name, value);
            }
        }

        using HttpResponseMessage response = await client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
    }

    /// <summary>Rows of HMDA's columns by formula, as CSV.</summary>
    /// <param name="first">The number of the first row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="days">Over how many days they lie.</param>
    public static string Csv(int first, int rows, int days)
    {
        StringBuilder csv = new("id,time,pirat,phist,afam,score,decision,latency_ms\n");
        for (int row = first; row < first + rows; row++)
        {
            DateTimeOffset at = FirstDay.AddMinutes((double)(row - first) * days * 1440 / rows);
            csv.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"r{row},{at:yyyy-MM-ddTHH:mm:ssZ},{0.1 + (row % 50 / 100.0)},{(row % 3 == 0 ? "yes" : "no")},{(row % 5 == 0 ? "yes" : "no")},{row % 100 / 100.0},{(row % 4 == 0 ? "yes" : "no")},{1 + (row % 7)}\n");
        }

        return csv.ToString();
    }
}
