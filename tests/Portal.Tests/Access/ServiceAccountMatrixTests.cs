using System.Net;
using System.Net.Http.Headers;
using Governance.Registry.Access;
using Governance.Registry.Versions;
using Governance.Tests;

namespace Governance.Portal.Tests.Access;

/// <summary>Programs in the matrix: a service account with a token for everything is asked for every stage and machine endpoint.</summary>
public sealed class ServiceAccountMatrixTests(MatrixPortal portal) : IClassFixture<MatrixPortal>
{
    [Fact]
    public async Task A_program_gets_of_the_machine_endpoints_exactly_what_the_agreed_table_gives_its_role()
    {
        List<string> wrong = [];
        int asked = 0;
        foreach (Stage stage in Enum.GetValues<Stage>())
        {
            await portal.PutAsync(stage);
            foreach ((string Method, string Pattern, RouteNeeds Needs) route in Routes.All.Where(IsOfModels))
            {
                foreach (Role role in MatrixPortal.Programs)
                {
                    foreach (bool granted in (bool[])[true, false])
                    {
                        asked++;
                        HttpStatusCode status = await CallAsync(portal.Token(role), route.Method, Path(route.Pattern, granted ? "granted" : "foreign"));
                        bool may = ((RouteNeeds.OnModel)route.Needs).AnyOf.Any(right => RightsTable.Allows(role, right, MatrixPortal.RelationOf(role, granted)));
                        bool hidden = RightsTable.Sees(role, MatrixPortal.RelationOf(role, granted)) == ModelVisibility.None;
                        bool refused = status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound;
                        if (may == refused || status == HttpStatusCode.Unauthorized || (int)status >= 500 || (hidden && status != HttpStatusCode.NotFound))
                        {
                            wrong.Add($"{stage} program as {role}: {route.Method} {route.Pattern} of the {(granted ? "granted" : "foreign")} model: {(int)status}, {(may ? "may" : "may not")}");
                        }
                    }
                }
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {asked}:\n{string.Join('\n', wrong.Take(40))}");
        Assert.True(asked > 100);
    }

    [Fact]
    public async Task A_program_opens_no_page_whatever_its_role()
    {
        foreach ((string method, string pattern, RouteNeeds _) in Routes.All.Where(route => route.Method == "GET" && route.Needs is not RouteNeeds.Nobody
            && !route.Pattern.StartsWith("/api/", StringComparison.Ordinal) && !route.Pattern.StartsWith("/v2", StringComparison.Ordinal)))
        {
            foreach (Role role in MatrixPortal.Programs)
            {
                HttpStatusCode status = await CallAsync(portal.Token(role), method, Path(pattern, "granted"));
                Assert.True(status is HttpStatusCode.Redirect or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{role} {pattern}: {(int)status}");
            }
        }
    }

    // What names a model, is for programs, and names nothing of the caller's own (an upload, a session) besides.
    private static bool IsOfModels((string Method, string Pattern, RouteNeeds Needs) route) =>
        route.Needs is RouteNeeds.OnModel && route.Pattern.StartsWith("/api/v1/models/{", StringComparison.Ordinal)
        && !route.Pattern.Contains("guid", StringComparison.Ordinal)
        && !route.Pattern.EndsWith("/versions", StringComparison.Ordinal) && !route.Pattern.EndsWith("/datasets", StringComparison.Ordinal);

    private static string Path(string pattern, string model) => System.Text.RegularExpressions.Regex.Replace(
        pattern.Replace("{Name}", model, StringComparison.OrdinalIgnoreCase).Replace("{model}", model, StringComparison.Ordinal),
        "\\{[^}]+\\}", match => match.Value.Contains("guid", StringComparison.Ordinal) ? "00000000-0000-0000-0000-000000000001" : "1");

    private async Task<HttpStatusCode> CallAsync(string token, string method, string path)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = method == "POST" ? new StringContent("{}", System.Text.Encoding.UTF8, "application/json") : null;
        using HttpResponseMessage response = await portal.Client.SendAsync(request);
        return response.StatusCode;
    }
}
