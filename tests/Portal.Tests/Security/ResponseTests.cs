using System.Net;
using Governance.Portal.Security;
using Governance.Portal.Tests.Accounts;
using Governance.Portal.Tests.Components;

namespace Governance.Portal.Tests.Security;

public sealed class ResponseTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/accounts/sign-in")]
    [InlineData("/nowhere")]
    [InlineData("/api/v1/nowhere")]
    [InlineData("/css/tokens.css")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/lib/plotly.min.js")]
    [InlineData("/health/live")]
    [InlineData("/fails")]
    public async Task Every_response_has_the_headers(string path)
    {
        foreach (bool signedIn in (bool[])[false, true])
        {
            using Visitor visitor = new(shared.Server);
            if (signedIn)
            {
                await visitor.SignInAsync("rita");
            }

            HttpResponseMessage response = await visitor.GetAsync(path);

            string policy = response.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("default-src 'self'", policy);
            Assert.Contains("script-src 'self';", policy);
            Assert.Contains("frame-ancestors 'none'", policy);
            Assert.DoesNotContain("unsafe-eval", policy);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("same-origin", response.Headers.GetValues("Referrer-Policy").Single());
            Assert.False(response.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task Pages_are_not_kept_by_caches()
    {
        using Visitor visitor = new(shared.Server);
        await visitor.SignInAsync("rita");

        HttpResponseMessage response = await visitor.GetAsync("/accounts/denied");

        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Theory]
    [InlineData("/css/portal.css", "text/css")]
    [InlineData("/js/plot.js", "text/javascript")]
    [InlineData("/lib/plotly.min.js", "text/javascript")]
    [InlineData("/_framework/blazor.web.js", "text/javascript")]
    [InlineData("/fonts/ibm-plex-mono-latin-400-normal.woff2", "font/woff2")]
    [InlineData("/_content/Radzen.Blazor/css/material-base.css", "text/css")]
    public async Task Files_are_served_from_the_build_output_in_every_environment(string path, string type)
    {
        using Visitor visitor = new(shared.Server);

        HttpResponseMessage response = await visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task An_address_without_a_page_is_not_found_and_says_so()
    {
        using Visitor visitor = new(shared.Server);
        await visitor.SignInAsync("rita");

        HttpResponseMessage page = await visitor.GetAsync("/nowhere");
        HttpResponseMessage api = await visitor.GetAsync("/api/v1/nowhere");

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Contains("There is nothing at this address", Accessible.Words((await Visitor.ReadAsync(page)).Body!));
        Assert.Equal(HttpStatusCode.NotFound, api.StatusCode);
        Assert.DoesNotContain("<html", await api.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_fault_shows_people_a_page_and_programs_a_problem_and_neither_its_message()
    {
        using Visitor visitor = new(shared.Server);
        await visitor.SignInAsync("rita");

        HttpResponseMessage page = await visitor.GetAsync("/fails");
        HttpResponseMessage api = await visitor.GetAsync("/api/fails");

        Assert.Equal(HttpStatusCode.InternalServerError, page.StatusCode);
        string html = await page.Content.ReadAsStringAsync();
        Assert.Contains("The portal met a fault of its own", html);
        Assert.DoesNotContain(SharedServer.Secret, html);
        Assert.Equal(HttpStatusCode.InternalServerError, api.StatusCode);
        Assert.Equal("application/problem+json", api.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain(SharedServer.Secret, await api.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Is_ready_when_the_database_answers()
    {
        using Visitor visitor = new(shared.Server);

        Assert.Equal("Healthy", await (await visitor.GetAsync("/health/ready")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_theme_is_kept_and_drawn_by_the_server()
    {
        using Visitor visitor = new(shared.Server);

        HttpResponseMessage response = await visitor.SubmitAsync("/accounts/sign-in", "form.theme-switch", ("theme", "dark"));

        Assert.Equal("/accounts/sign-in", response.Headers.Location!.OriginalString);
        Assert.Equal("dark", (await visitor.ReadAsync("/accounts/sign-in")).DocumentElement.GetAttribute("data-theme"));
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.SubmitAsync("/accounts/sign-in", "form.theme-switch", ("theme", "neon"))).StatusCode);
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/models?q=a#b", "/models?q=a#b")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("models", "/")]
    [InlineData("//evil.test", "/")]
    [InlineData("/\\evil.test", "/")]
    [InlineData("/\n/evil.test", "/")]
    [InlineData("http://evil.test", "/")]
    public void Only_a_path_of_this_portal_is_followed(string? address, string expected) =>
        Assert.Equal(expected, LocalAddress.OrHome(address));
}
