using System.Net;
using Governance.Portal.Tests.Components;
using Governance.Registry.Access;
using Governance.Registry.Storage;
using Governance.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Accounts;

public sealed class SignInTests : IAsyncLifetime
{
    private PortalServer server = null!;

    public async Task InitializeAsync()
    {
        server = await PortalServer.StartAsync();
        await server.AddAsync("rita", Role.Reviewer);
        await server.AddAsync("carl", Role.Approver);
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Leads_where_the_visitor_wanted_to_go()
    {
        using Visitor visitor = new(server);
        HttpResponseMessage challenge = await visitor.GetAsync("/not-yours?x=1");
        Assert.Equal("/accounts/sign-in?returnUrl=%2Fnot-yours%3Fx%3D1", challenge.Headers.Location!.PathAndQuery);

        HttpResponseMessage response = await visitor.SignInAsync("rita", returnUrl: "/not-yours?x=1");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/not-yours?x=1", Where(response));
    }

    [Fact]
    public async Task Gives_a_cookie_that_scripts_and_other_sites_cannot_use()
    {
        using Visitor visitor = new(server);

        HttpResponseMessage response = await visitor.SignInAsync("rita");

        string cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"), one => one.StartsWith("governance-session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("//evil.test/")]
    [InlineData("https://evil.test/")]
    [InlineData("/\\evil.test")]
    [InlineData("/\t/evil.test")]
    [InlineData("javascript:alert(1)")]
    public async Task Never_leads_to_another_host(string address)
    {
        using Visitor visitor = new(server);

        HttpResponseMessage response = await visitor.SignInAsync("rita", returnUrl: address);

        Assert.Equal("/", Where(response));
    }

    [Theory]
    [InlineData("rita", "wrong horse battery")]
    [InlineData("nobody", PortalServer.Password)]
    public async Task Does_not_say_whether_the_name_or_the_password_is_wrong(string name, string password)
    {
        using Visitor visitor = new(server);

        HttpResponseMessage response = await visitor.SignInAsync(name, password);

        Assert.Equal("Name and password do not belong together.", await AlertAsync(response));
    }

    [Fact]
    public async Task Locks_the_account_after_five_wrong_passwords_and_no_other()
    {
        using Visitor visitor = new(server);
        for (int attempt = 0; attempt < 4; attempt++)
        {
            await visitor.SignInAsync("rita", "wrong horse battery");
        }

        Assert.StartsWith("There were 5 wrong passwords or codes. The account is locked until", await AlertAsync(await visitor.SignInAsync("rita", "wrong horse battery")));
        Assert.StartsWith("There were 5 wrong passwords or codes.", await AlertAsync(await visitor.SignInAsync("rita")));
        Assert.Equal("/", Where(await visitor.SignInAsync("carl")));
    }

    [Fact]
    public async Task Refuses_a_deactivated_account()
    {
        await using (AsyncServiceScope scope = server.Services.CreateAsyncScope())
        {
            GovernanceDb db = scope.ServiceProvider.GetRequiredService<GovernanceDb>();
            GovernanceUser carl = await db.Users.SingleAsync(user => user.UserName == "carl");
            carl.Deactivated = true;
            await db.SaveChangesAsync();
        }

        using Visitor visitor = new(server);

        Assert.Equal("Name and password do not belong together.", await AlertAsync(await visitor.SignInAsync("carl")));
    }

    [Fact]
    public async Task Asks_for_both_name_and_password()
    {
        using Visitor visitor = new(server);

        HttpResponseMessage response = await visitor.SignInAsync("", "");

        string text = Accessible.Words((await Visitor.ReadAsync(response)).Body!);
        Assert.Contains("Enter your user name.", text);
        Assert.Contains("Enter your password.", text);
    }

    [Fact]
    public async Task Refuses_a_form_without_its_token()
    {
        using Visitor visitor = new(server);

        HttpResponseMessage response = await visitor.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/accounts/sign-in")
        {
            Content = new FormUrlEncodedContent([new("_handler", "sign-in"), new("Form.Name", "rita"), new("Form.Password", PortalServer.Password)]),
        });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_needs_its_token()
    {
        using Visitor visitor = new(server);
        await visitor.SignInAsync("rita");
        HttpResponseMessage forged = await visitor.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, "/accounts/sign-out") { Content = new FormUrlEncodedContent([]) });
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);

        HttpResponseMessage response = await visitor.SubmitAsync("/accounts/denied", "form[action='/accounts/sign-out']");

        Assert.Equal("/accounts/sign-in", Where(response));
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/accounts/denied")).StatusCode);
    }

    private static string Where(HttpResponseMessage response) => response.Headers.Location is Uri location
        ? location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString
        : $"no redirect, {response.StatusCode}";

    private static async Task<string> AlertAsync(HttpResponseMessage response) =>
        Accessible.Words((await Visitor.ReadAsync(response)).QuerySelector("[role=alert]")!);
}
