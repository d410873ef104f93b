using System.Net;
using Governance.Portal.Tests.Accounts;
using Governance.Registry.Access;
using Governance.Tests;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Security;

/// <summary>ASVS 3.5.1: posts as another site's page could send them: with the cookie, and without the token that only our pages know.</summary>
public sealed class AntiforgeryTests
{
    [Fact]
    public async Task Every_page_and_every_form_refuses_a_post_without_its_token()
    {
        await using PortalServer server = await PortalServer.StartAsync();
        await server.AddAsync("everyone", Enum.GetValues<Role>());
        using Visitor visitor = new(server);
        await visitor.SignInAsync("everyone");
        List<string> accepted = [];
        int refused = 0;

        foreach (RouteEndpoint endpoint in server.Services.GetRequiredService<IEnumerable<EndpointDataSource>>()
            .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Where(TakesPosts))
        {
            string path = "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(Text))));
            foreach (FormUrlEncodedContent form in (FormUrlEncodedContent[])[new([]), new([new("_handler", "anything"), new("__RequestVerificationToken", "guessed")])])
            {
                using (form)
                {
                    HttpResponseMessage response = await visitor.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = form });
                    refused += response.StatusCode == HttpStatusCode.BadRequest ? 1 : 0;
                    if (!IsRefusal(response))
                    {
                        accepted.Add($"{path}: {(int)response.StatusCode} {response.Headers.Location}");
                    }
                }
            }
        }

        Assert.Empty(accepted);
        Assert.True(refused >= 40, $"{refused} posts were refused for want of a token.");
    }

    // 400 for want of a token; or nothing was looked at because the right, the thing or the kind of body was missing.
    private static bool IsRefusal(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or HttpStatusCode.NotFound
            or HttpStatusCode.MethodNotAllowed or HttpStatusCode.UnsupportedMediaType
        || (response.StatusCode == HttpStatusCode.Redirect
            && response.Headers.Location!.OriginalString.Contains("/accounts/denied", StringComparison.Ordinal));

    private static bool TakesPosts(RouteEndpoint endpoint) =>
        !endpoint.RoutePattern.RawText!.Contains("_blazor", StringComparison.Ordinal)
        && (endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
            || endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Any(method => HttpMethods.Contains(method)) == true);

    private static readonly string[] HttpMethods = ["POST", "PUT", "PATCH", "DELETE"];

    private static string Text(Microsoft.AspNetCore.Routing.Patterns.RoutePatternPart part) => part switch
    {
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "number" or "version" } => "1",
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { ParameterPolicies: [{ Content: "guid" }, ..] } => Guid.Empty.ToString(),
        _ => "x",
    };
}
