using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Governance.Portal.Security;
using Governance.Portal.Tests.Accounts;
using Governance.Portal.Tests.Tokens;
using Governance.Registry.Tokens;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Governance.Portal.Tests.Security;

public sealed class RequestLimitTests(TokenServer portal) : IClassFixture<TokenServer>
{
    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_by_its_declared_length_and_by_its_running_total()
    {
        (_, string token) = await portal.IssueAsync(TokenScope.Register);
        byte[] body = new byte[RequestLimits.MostBody + 1];
        Array.Fill(body, (byte)' ');

        foreach (bool chunked in (bool[])[false, true])
        {
            using HttpClient client = new() { BaseAddress = new Uri(portal.Server.Address) };
            using HttpRequestMessage request = new(HttpMethod.Post, "/api/v1/uploads") { Content = new ByteArrayContent(body) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Headers.ExpectContinue = true; // so that the refusal arrives before the body is sent
            request.Headers.TransferEncodingChunked = chunked;
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await client.SendAsync(request)).StatusCode);
        }
    }

    [Fact]
    public async Task More_headers_than_any_browser_sends_are_refused()
    {
        using HttpClient client = new() { BaseAddress = new Uri(portal.Server.Address) };
        using HttpRequestMessage request = new(HttpMethod.Get, "/health/live");
        for (int header = 0; header <= RequestLimits.MostHeaders; header++)
        {
            request.Headers.Add($"X-{header}", "x");
        }

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, (await client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task An_answer_that_takes_too_long_is_ended()
    {
        Assert.Equal(RequestLimits.AnswerTime, portal.Server.Services.GetRequiredService<IOptions<RequestTimeoutOptions>>().Value.DefaultPolicy!.Timeout);
        using Visitor visitor = new(portal.Server);

        Assert.Equal(HttpStatusCode.GatewayTimeout, (await visitor.GetAsync("/slow")).StatusCode);
    }

    [Theory]
    [InlineData("evil.example.test", HttpStatusCode.BadRequest)]
    [InlineData("127.0.0.1.evil.example.test", HttpStatusCode.BadRequest)]
    [InlineData("localhost", HttpStatusCode.OK)]
    public async Task A_name_that_points_here_without_our_knowledge_is_not_answered(string host, HttpStatusCode expected)
    {
        using HttpClient client = new() { BaseAddress = new Uri(portal.Server.Address) };
        using HttpRequestMessage request = new(HttpMethod.Get, "/health/live") { Headers = { Host = host } };

        Assert.Equal(expected, (await client.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", "", "127.0.0.1,localhost,[::1]")]
    [InlineData("https://audit.example.test", "", "audit.example.test")]
    [InlineData("http://127.0.0.1:5080", "audit.example.test", "audit.example.test,127.0.0.1,localhost,[::1]")]
    [InlineData("http://*:80", "audit.example.test", "audit.example.test,localhost,127.0.0.1,[::1]")]
    [InlineData("http://0.0.0.0:80", "", "*")]
    public void Answers_to_the_names_that_it_was_started_with(string urls, string hosts, string expected) => Assert.Equal(
        expected, string.Join(',', RequestLimits.HostsOf(new PortalOptions { Urls = urls, Hosts = hosts.Split(',', StringSplitOptions.RemoveEmptyEntries) })));

    [Fact]
    public void Circuits_take_small_messages_and_tell_no_details()
    {
        IServiceProvider services = portal.Server.Services;

        Assert.Equal(32 * 1024, services.GetRequiredService<IOptions<HubOptions>>().Value.MaximumReceiveMessageSize);
        Assert.NotEqual(true, services.GetRequiredService<IOptions<HubOptions>>().Value.EnableDetailedErrors);
        CircuitOptions circuits = services.GetRequiredService<IOptions<CircuitOptions>>().Value;
        Assert.False(circuits.DetailedErrors);
        Assert.InRange(circuits.DisconnectedCircuitMaxRetained, 1, 20);
        Assert.InRange(circuits.DisconnectedCircuitRetentionPeriod, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("Origin", "https://evil.example.test")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_change_that_another_sites_page_sends_is_refused_before_anything_is_read(string header, string value)
    {
        (_, string token) = await portal.IssueAsync(TokenScope.Predict);
        using HttpClient client = new() { BaseAddress = new Uri(portal.Server.Address) };
        foreach (string path in (string[])["/accounts/sign-in", "/accounts/sign-out", "/api/v1/probe/models/credit/predict", "/nowhere"])
        {
            using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new StringContent("", Encoding.UTF8, "application/x-www-form-urlencoded") };
            request.Headers.Add(header, value);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

            Assert.Equal(HttpStatusCode.Forbidden, (await client.SendAsync(request)).StatusCode);
        }
    }
}
