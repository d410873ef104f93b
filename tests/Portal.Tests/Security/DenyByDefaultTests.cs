using System.Net;
using Governance.Portal.Security;
using Governance.Portal.Tests.Accounts;
using Governance.Registry.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Security;

public sealed class DenyByDefaultTests(SharedServer shared) : IClassFixture<SharedServer>
{
    // What a visitor may reach without a session. A new line here is a decision.
    private static readonly string[] Open =
        [
            "/accounts/code", "/accounts/external", "/accounts/first-run", "/accounts/link",
            "/accounts/passkeys/ask", "/accounts/passkeys/sign-in", "/accounts/sign-in", "/appearance/density", "/appearance/theme",
            "/error", "/health/live", "/health/ready", "/not-found", "/v2/health/live", "/v2/health/ready",
        ];

    [Fact]
    public void Every_endpoint_asks_for_a_session_unless_it_is_on_the_list()
    {
        RouteEndpoint[] endpoints = [.. shared.Server.Services.GetRequiredService<IEnumerable<EndpointDataSource>>()
            .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null)];
        Assert.NotEmpty(endpoints);

        string[] open = [.. endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/')).Distinct().Order()];
        string[] undecided = [.. endpoints.Where(endpoint =>
                endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null && endpoint.Metadata.GetMetadata<IAuthorizeData>() is null)
            .Select(endpoint => endpoint.RoutePattern.RawText!).Where(path => !IsFrameworkFile(path))];

        Assert.Equal(Open, open);
        Assert.Empty(undecided);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/models")]
    [InlineData("/nowhere")]
    [InlineData("/_blazor/negotiate")]
    public async Task A_visitor_is_led_to_the_sign_in_page_and_learns_nothing(string path)
    {
        using Visitor visitor = new(shared.Server);

        HttpResponseMessage response = await visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.StartsWith("/accounts/sign-in", response.Headers.Location!.PathAndQuery);
    }

    [Fact]
    public async Task A_program_gets_the_status_instead_of_a_page()
    {
        using Visitor visitor = new(shared.Server);

        HttpResponseMessage response = await visitor.GetAsync("/api/v1/models");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_circuit_from_another_site_is_refused()
    {
        using Visitor visitor = new(shared.Server);
        await visitor.SignInAsync("rita");

        HttpResponseMessage foreign = await visitor.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1") { Headers = { { "Origin", "https://evil.test" } } });
        HttpResponseMessage own = await visitor.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1") { Headers = { { "Origin", shared.Server.Address } } });

        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
    }

    // The columns of rights.md, row by row.
    [Theory]
    [InlineData(Right.Register, "Developer")]
    [InlineData(Right.RunAudit, "Developer,Reviewer,Approver,Operator")]
    [InlineData(Right.ExplainRow, "Developer,Reviewer,Approver,Consumer")]
    [InlineData(Right.Review, "Reviewer")]
    [InlineData(Right.Approve, "Approver")]
    [InlineData(Right.Administer, "Administrator")]
    public void A_policy_lets_in_the_roles_that_could_use_the_right(Right right, string roles) =>
        Assert.Equal(roles, string.Join(',', RightPolicies.RolesWith(right)));

    // The framework's own, for files that come after a build; it has no decision of its own, so the fallback policy counts.
    private static bool IsFrameworkFile(string path) => path == "{**path:file}";
}
