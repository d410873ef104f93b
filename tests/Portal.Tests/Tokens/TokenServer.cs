using System.Net.Http.Headers;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Tokens;
using Governance.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Tokens;

/// <summary>A portal with the consumer coen, and endpoints of the API that answer who asked.</summary>
public sealed class TokenServer : IAsyncLifetime
{
    /// <summary>The portal.</summary>
    public PortalServer Server { get; private set; } = null!;

    /// <summary>The consumer.</summary>
    public UserId Consumer { get; private set; }

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        Server = await PortalServer.StartAsync(app =>
        {
            var api = app.MapApi();
            api.MapGet("/probe/models/{model}/predict", (HttpContext http) => http.User.Identity!.Name).RequireScope(TokenScope.Predict);
            api.MapPost("/probe/models/{model}/predict", (HttpContext http) => http.User.Identity!.Name).RequireScope(TokenScope.Predict);
            api.MapGet("/probe/list", (HttpContext http) => http.User.MayUse("credit")).RequireScope(TokenScope.Read, checksModels: true);
            api.MapGet("/probe/all", () => "all").RequireScope(TokenScope.Read);
            api.MapGet("/probe/pages-only", () => "page");
            app.MapGet("/slow", (CancellationToken ended) => Task.Delay(Timeout.InfiniteTimeSpan, ended))
                .AllowAnonymous().WithRequestTimeout(TimeSpan.FromMilliseconds(100));
        });
        Consumer = (await Server.AddAsync("coen", Role.Consumer)).Id;
    }

    /// <inheritdoc />
    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>A token of the consumer's, made by the system.</summary>
    public async Task<(ApiToken Token, string Text)> IssueAsync(params TokenScope[] scopes) =>
        await IssueAsync(new NewToken(Consumer, "test", scopes));

    /// <summary>A token.</summary>
    public async Task<(ApiToken Token, string Text)> IssueAsync(NewToken wish)
    {
        IssueTokenOutcome outcome = await Server.Services.GetRequiredService<IssueToken>().RunAsync(Actor.System, wish, default);
        IssueTokenOutcome.Issued issued = Assert.IsType<IssueTokenOutcome.Issued>(outcome);
        return (issued.Token, issued.Text);
    }

    /// <summary>Asks as a program.</summary>
    public async Task<HttpResponseMessage> AskAsync(string? token, string path, HttpMethod? method = null, string? cookie = null)
    {
        using HttpClient client = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(Server.Address) };
        using HttpRequestMessage request = new(method ?? HttpMethod.Get, path);
        if (token is not null)
        {
            request.Headers.Authorization = AuthenticationHeaderValue.Parse(token);
        }

        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await client.SendAsync(request);
    }
}
