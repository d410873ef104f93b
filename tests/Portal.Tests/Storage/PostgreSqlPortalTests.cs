using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Dom;
using Governance.Registry.Ledger;
using Governance.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Storage;

/// <summary>The portal on PostgreSQL, as the role that may not rewrite history: pages, forms, answers, and a database that goes away.</summary>
public sealed class PostgreSqlPortalTests : IAsyncLifetime
{
    private readonly SamplePortal portal = new(Database.PostgreSql);

    public Task InitializeAsync() => PostgreSqlServer.Missing is null ? portal.InitializeAsync() : Task.CompletedTask;

    public Task DisposeAsync() => PostgreSqlServer.Missing is null ? portal.DisposeAsync() : Task.CompletedTask;

    [SkippableFact]
    public async Task Everybody_finds_their_pages_and_what_goes_away_comes_back()
    {
        Skip.If(PostgreSqlServer.Missing is not null, PostgreSqlServer.Missing);
        const string Version = "/models/hmda_biased/versions/1";
        await VisitAsync("dev", "/", "/models", "/datasets", "/datasets/hmda-test", "/account", "/account/sessions", "/privacy", "/privacy/reads");
        await VisitAsync("rita", Version, Version + "/explain", Version + "/fairness", Version + "/performance", Version + "/evidence", Version + "/history", Version + "/sign-off");
        await VisitAsync("aude", "/models", Version + "/protection", Version + "/access", "/models/hmda_biased/comparisons");
        await VisitAsync("ada", "/admin/users", "/admin/teams", "/admin/tokens", "/proposals", "/break-glass", "/publisher-keys");

        using SignedInClient dev = await portal.SignInAsync("dev");
        IHtmlDocument submitted = await dev.SubmitAsync(Version + "/sign-off", "#rationale", ("Form.Rationale", "The first one."));
        Assert.Equal("In review", submitted.QuerySelector("[aria-current=step] b")!.TextContent.Trim());
        Assert.IsType<LedgerVerdict.Holds>(await portal.Services.GetRequiredService<VerifyLedger>().RunAsync(default));

        await AssertGoneIsSaidAsync(dev);
    }

    private async Task AssertGoneIsSaidAsync(SignedInClient dev)
    {
        using HttpClient anyone = new() { BaseAddress = portal.Address };
        Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode);
        (await dev.CallAsync(HttpMethod.Get, "/models")).Dispose();

        await portal.PostgreSql!.CutOffAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await anyone.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync(new Uri("/health/live", UriKind.Relative))).StatusCode);
        using HttpResponseMessage page = await dev.CallAsync(HttpMethod.Get, "/models");
        string text = await page.Content.ReadAsStringAsync();
        Assert.True(page.StatusCode == HttpStatusCode.ServiceUnavailable, $"{page.StatusCode} {page.RequestMessage!.RequestUri}: {text}");
        Assert.Contains("database cannot be reached", text, StringComparison.Ordinal);
        using HttpResponseMessage answer = await dev.CallAsync(HttpMethod.Get, "/api/v1/models/hmda_biased/versions/1/budget");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("database cannot be reached", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);

        await portal.PostgreSql.ReconnectAsync();
        Assert.Equal(HttpStatusCode.OK, await dev.StatusAsync("/models"));
        Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode);
    }

    private async Task VisitAsync(string user, params string[] pages)
    {
        using SignedInClient client = await portal.SignInAsync(user);
        foreach (string page in pages)
        {
            Assert.Equal((page, HttpStatusCode.OK), (page, await client.StatusAsync(page)));
        }
    }
}
