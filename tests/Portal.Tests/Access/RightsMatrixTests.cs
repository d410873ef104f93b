using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Governance.Portal.Tests.Accounts;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Access;

/// <summary>Role × right × stage × route, generated from the agreed table and asked of a running portal over HTTP.</summary>
public sealed partial class RightsMatrixTests(MatrixPortal portal) : IClassFixture<MatrixPortal>
{
    private readonly Dictionary<Role, (string Header, string Token)> tokens = [];

    [Fact]
    public void Every_route_of_the_portal_is_in_the_list_and_asks_what_the_list_says()
    {
        (string Method, string Pattern, Endpoint Endpoint)[] mapped = [.. Mapped()];
        Dictionary<(string, string), RouteNeeds> listed = Routes.All.ToDictionary(route => (route.Method, route.Pattern), route => route.Needs);

        string[] missing = [.. mapped.Where(route => !listed.ContainsKey((route.Method, route.Pattern))).Select(route => $"{route.Method} {route.Pattern}").Order()];
        string[] gone = [.. listed.Keys.Except(mapped.Select(route => (route.Method, route.Pattern))).Select(route => $"{route.Item1} {route.Item2}").Order()];
        string[] open = [.. mapped.Where(route => route.Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null != listed.GetValueOrDefault((route.Method, route.Pattern)) is RouteNeeds.Nobody)
            .Select(route => route.Pattern)];
        string[] undecided = [.. mapped.Where(route => route.Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
            && route.Endpoint.Metadata.GetMetadata<IAuthorizeData>() is null).Select(route => route.Pattern)];

        Assert.True(missing.Length == 0, Routes.Advice(missing));
        Assert.True(gone.Length == 0, "In Routes.cs, but not mapped: " + string.Join(", ", gone));
        Assert.True(open.Length == 0, "Open to strangers other than listed: " + string.Join(", ", open));
        Assert.True(undecided.Length == 0, "Neither a policy nor AllowAnonymous: " + string.Join(", ", undecided));
    }

    [Fact]
    public void Every_form_of_the_pages_is_in_the_list()
    {
        string[] found =
        [
            .. Directory.EnumerateFiles(Path.Combine(Reference.Repository, "src", "Portal"), "*.razor", SearchOption.AllDirectories)
                .SelectMany(file => FormName().Matches(File.ReadAllText(file)).Select(match => $"{match.Groups[1].Value} of {Path.GetFileNameWithoutExtension(file)}"))
                .Distinct().Order(StringComparer.Ordinal),
        ];
        string[] listed = [.. Routes.Forms.Select(form => $"{form.Form} of {form.File}").Order(StringComparer.Ordinal)];

        Assert.True(found.Except(listed).ToArray() is [], Routes.Advice(found.Except(listed).Select(form => $"the form {form}")));
        Assert.True(listed.Except(found).ToArray() is [], "In Routes.cs, but on no page: " + string.Join(", ", listed.Except(found)));
    }

    [Fact]
    public async Task Every_role_reaches_exactly_what_the_agreed_table_gives_it_in_every_stage()
    {
        List<string> wrong = [];
        int asked = 0;
        (string Method, string Pattern, RouteNeeds Needs)[] pages = [.. Routes.All.Where(route => route.Method == "GET" && route.Needs is not RouteNeeds.Asked
            && !route.Pattern.Contains("guid", StringComparison.Ordinal) && !(HasModel(route.Pattern) && route.Pattern.EndsWith("/ready", StringComparison.Ordinal)) // its status says whether the stage answers
            && !(route.Needs is RouteNeeds.Nobody && route.Pattern.StartsWith("/accounts", StringComparison.Ordinal)))];
        foreach (Stage stage in Enum.GetValues<Stage>())
        {
            await portal.PutAsync(stage);

            // Routes without a model do not depend on a stage: once is enough; so is another team's model.
            foreach ((string Method, string Pattern, RouteNeeds Needs) page in pages.Where(page => stage == Stage.Draft || HasModel(page.Pattern)))
            {
                foreach (Role role in RightsTable.Columns)
                {
                    foreach (bool granted in HasModel(page.Pattern) && stage == Stage.Draft ? (bool[])[true, false] : [true])
                    {
                        asked++;
                        string path = Fill(page.Pattern, granted ? "granted" : "foreign");
                        HttpStatusCode status = await StatusAsync(portal.Browser(role), path);
                        HttpStatusCode[] expected = Expected(role, page.Needs, granted);
                        if (!expected.Contains(status))
                        {
                            wrong.Add($"{stage} {role} {path}: {(int)status}, expected {string.Join(" or ", expected.Select(each => (int)each))}");
                        }
                    }
                }
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {asked}:\n{string.Join('\n', wrong.Take(60))}");
        Assert.True(asked > 1000);
    }

    // A body that fits no endpoint: whoever may gets some other complaint than "not you" or "not there".
    [Fact]
    public async Task Every_role_may_ask_of_the_machine_endpoints_exactly_what_the_agreed_table_gives_it()
    {
        List<string> wrong = [];
        foreach (Stage stage in (Stage[])[Stage.Draft, Stage.InReview, Stage.Approved, Stage.Suspended])
        {
            await portal.PutAsync(stage);
            foreach ((string Method, string Pattern, RouteNeeds Needs) route in Routes.All.Where(route => route.Method == "POST" && HasModel(route.Pattern) && !NamesAnUpload(route.Pattern)
                && !route.Pattern.Contains("guid", StringComparison.Ordinal)))
            {
                foreach (Role role in RightsTable.Columns)
                {
                    foreach (bool granted in (bool[])[true, false])
                    {
                        string path = Fill(route.Pattern, granted ? "granted" : "foreign");
                        HttpStatusCode status = await CallAsync(role, path);
                        bool may = Expected(role, route.Needs, granted).Contains(HttpStatusCode.OK);
                        bool refused = status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound;
                        bool hidden = RightsTable.Sees(role, MatrixPortal.RelationOf(role, granted)) == ModelVisibility.None;
                        if (may == refused || status is HttpStatusCode.Unauthorized || (int)status >= 500 || (hidden && status != HttpStatusCode.NotFound))
                        {
                            wrong.Add($"{stage} {role} POST {path}: {(int)status}, {(may ? "may" : "may not")}");
                        }
                    }
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Anothers_model_is_to_the_byte_of_the_status_a_model_that_does_not_exist()
    {
        foreach ((string Method, string Pattern, RouteNeeds Needs) route in Routes.All.Where(route => HasModel(route.Pattern)))
        {
            foreach (Role role in RightsTable.Columns.Where(role => RightsTable.Sees(role, default) == ModelVisibility.None))
            {
                HttpStatusCode foreign = await AskAsync(role, route.Method, Fill(route.Pattern, "foreign"));
                HttpStatusCode nowhere = await AskAsync(role, route.Method, Fill(route.Pattern, "no-such-model"));
                Assert.True(foreign == nowhere, $"{role} {route.Method} {route.Pattern}: {(int)foreign}, but {(int)nowhere} for a model that does not exist");
                Assert.True((int)foreign is 302 or 400 or 404, $"{role} {route.Method} {route.Pattern}: {(int)foreign}");
            }
        }
    }

    [Fact]
    public async Task A_form_is_shown_to_whoever_may_use_it_and_forged_it_changes_nothing()
    {
        List<string> wrong = [];
        await portal.PutAsync(Stage.Draft);
        foreach ((string form, string _, string pattern, RouteNeeds needs) in Routes.Forms.Where(form => form.Needs is not (RouteNeeds.Nobody or RouteNeeds.Session)
            && !form.Page.Contains("guid", StringComparison.Ordinal)))
        {
            foreach (Role role in RightsTable.Columns)
            {
                string path = Fill(pattern, "granted");
                bool may = Expected(role, needs, granted: true).Contains(HttpStatusCode.OK);
                if (!may && await ForgeAsync(role, path, form) is string fault)
                {
                    wrong.Add(fault);
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    // Null where the form is neither shown nor, forged with a good token, does anything.
    private async Task<string?> ForgeAsync(Role role, string path, string form)
    {
        Visitor browser = portal.Browser(role);
        IDocument page = await browser.ReadAsync(path);
        if (page.QuerySelectorAll("input[name=_handler]").Any(field => field.GetAttribute("value") is string name
            && (name == form || (form.EndsWith('-') && name.StartsWith(form, StringComparison.Ordinal)))))
        {
            return $"{role} is shown the form {form} of {path}.";
        }

        string token = (await browser.ReadAsync("/")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        long before = await SizeAsync();
        using FormUrlEncodedContent content = new([new("_handler", form), new("__RequestVerificationToken", token)]);
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = content };
        HttpResponseMessage response = await browser.SendAsync(request);
        return await SizeAsync() != before ? $"{role} changed something by forging {form} of {path}."
            : response.StatusCode is HttpStatusCode.OK or HttpStatusCode.InternalServerError ? $"{role} got {(int)response.StatusCode} for forging {form} of {path}." : null;
    }

    private async Task<long> SizeAsync() => (await portal.Services.GetRequiredService<LedgerQueries>().HeadAsync(default)).Size;

    private static HttpStatusCode[] Expected(Role role, RouteNeeds needs, bool granted)
    {
        ModelRelation relation = MatrixPortal.RelationOf(role, granted);
        ModelRelation closest = new(true, true, true, true);
        ModelVisibility sees = RightsTable.Sees(role, relation);
        return needs switch
        {
            RouteNeeds.Nobody or RouteNeeds.Session => [HttpStatusCode.OK],
            RouteNeeds.Somewhere { AnyOf: var rights } => rights.Any(right => RightsTable.Allows(role, right, closest)) ? [HttpStatusCode.OK] : Denied,
            RouteNeeds.OneOf { Roles: var roles } => roles.Contains(role) ? [HttpStatusCode.OK] : Denied,
            RouteNeeds.KnowsName => sees != ModelVisibility.None ? [HttpStatusCode.OK] : [HttpStatusCode.NotFound],
            RouteNeeds.OnModel { AnyOf: var rights } when rights.Any(right => RightsTable.Allows(role, right, relation)) => [HttpStatusCode.OK],

            // Where the role never has the right the policy says no before any model is looked for.
            RouteNeeds.OnModel { AnyOf: var rights } => rights.Any(right => RightsTable.Allows(role, right, closest)) && sees == ModelVisibility.None
                ? [HttpStatusCode.NotFound] : Denied,
            _ => throw new InvalidOperationException(needs.ToString()),
        };
    }

    private static HttpStatusCode[] Denied { get; } = [HttpStatusCode.Redirect, HttpStatusCode.Forbidden, HttpStatusCode.NotFound];

    private static async Task<HttpStatusCode> StatusAsync(Visitor browser, string path)
    {
        using HttpResponseMessage response = await browser.GetAsync(path);
        return response.StatusCode;
    }

    private async Task<HttpStatusCode> AskAsync(Role role, string method, string path)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        using HttpResponseMessage response = await portal.Browser(role).SendAsync(request);
        return response.StatusCode;
    }

    private async Task<HttpStatusCode> CallAsync(Role role, string path)
    {
        Visitor browser = portal.Browser(role);
        if (!tokens.TryGetValue(role, out (string Header, string Token) token))
        {
            using HttpResponseMessage answer = await browser.GetAsync("/api/v1/antiforgery");
            JsonElement json = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
            tokens[role] = token = (json.GetProperty("header").GetString()!, json.GetProperty("token").GetString()!);
        }

        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add(token.Header, token.Token);
        using HttpResponseMessage response = await browser.SendAsync(request);
        return response.StatusCode;
    }

    // They look for the caller's own upload before anything else: the same 404 for everyone; RegisterCommandTests and UploadApiTests have the rest.
    private static bool NamesAnUpload(string pattern) =>
        pattern.EndsWith("/versions", StringComparison.Ordinal) || pattern.EndsWith("/datasets", StringComparison.Ordinal);

    private static bool HasModel(string pattern) => pattern.Contains("/models/{", StringComparison.Ordinal);

    private static string Fill(string pattern, string model) => Placeholder().Replace(
        pattern.Replace("/users/{Name}", "/users/reviewer", StringComparison.Ordinal).Replace("/datasets/{Name}", "/datasets/rows", StringComparison.Ordinal).Replace("/datasets/{name}", "/datasets/rows", StringComparison.Ordinal)
            .Replace("/policies/{Pack}", "/policies/default", StringComparison.Ordinal).Replace("/policies/{pack}", "/policies/default", StringComparison.Ordinal).Replace("{kind}.{format}", "ll144.md", StringComparison.Ordinal)
            .Replace("{Name}", model, StringComparison.Ordinal).Replace("{name}", model, StringComparison.Ordinal).Replace("{model}", model, StringComparison.Ordinal),
        match => match.Value.Contains("guid", StringComparison.Ordinal) ? "00000000-0000-0000-0000-000000000001" : "1");

    private IEnumerable<(string Method, string Pattern, Endpoint Endpoint)> Mapped() =>
        from endpoint in portal.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null
        let pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
        where pattern != "/{**path:file}" && !pattern.StartsWith("/_blazor", StringComparison.Ordinal) && !pattern.StartsWith("/_framework", StringComparison.Ordinal)
        let page = endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>() is not null
        from method in page ? ["GET"] : endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (method, pattern, (Endpoint)endpoint);

    [GeneratedRegex("(?:FormName|@formname)=\"(?:@\\(\\$\"+)?([a-z-]+)")]
    private static partial Regex FormName();

    [GeneratedRegex("\\{[^}]+\\}")]
    private static partial Regex Placeholder();
}
