using System.Net;
using AngleSharp.Dom;
using Governance.Portal.Features.Accounts;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Sessions;
using Governance.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Accounts;

/// <summary>What ends a session, and what a session is asked for again after five minutes; driven over HTTP.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private readonly MovableClock clock = new();
    private PortalServer server = null!;
    private Person rita = null!;

    public async Task InitializeAsync()
    {
        server = await PortalServer.StartAsync(configure: services => services.AddSingleton<TimeProvider>(clock));
        rita = await server.AddAsync("rita", Role.Reviewer);
        await server.AddAsync("ada", Role.Administrator);
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_person_ends_another_session_of_theirs_and_it_is_over_at_once()
    {
        using Visitor here = await InAsync("rita"), there = await InAsync("rita");
        Assert.Equal(2, (await OpenAsync()).Count);

        string form = (await here.ReadAsync("/account/sessions")).QuerySelectorAll("form").Select(each => each.QuerySelector("input[name=_handler]")?.GetAttribute("value"))
            .Single(name => name?.StartsWith("end-", StringComparison.Ordinal) == true && name != "end-others")!;
        await here.SubmitAsync("/account/sessions", $"form:has(input[value='{form}'])");

        Assert.False(await there.IsInAsync());
        Assert.True(await here.IsInAsync());
    }

    [Fact]
    public async Task Signing_in_anew_gives_a_new_session_and_ends_the_one_before()
    {
        using Visitor visitor = await InAsync("rita");
        SessionId before = Assert.Single(await OpenAsync()).Id;

        await visitor.SignInAsync("rita");

        Assert.NotEqual(before, Assert.Single(await OpenAsync()).Id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Changed_roles_and_a_deactivated_account_end_every_session(bool deactivated)
    {
        using Visitor first = await InAsync("rita"), second = await InAsync("rita"), administrator = await InAsync("ada");

        await (deactivated
            ? administrator.SubmitAsync("/admin/users/rita", "form:has(input[value=deactivate])")
            : administrator.SubmitAsync("/admin/users/rita", "form:has(input[value=roles])", ("Form.Roles", "Auditor")));

        Assert.False(await first.IsInAsync());
        Assert.False(await second.IsInAsync());
        Assert.Equal(deactivated ? "" : "Auditor", string.Join(",", (await server.Services.GetRequiredService<PeopleQueries>().FindAsync(rita.Id, default))!.Roles));
        Assert.IsType<LedgerVerdict.Holds>(await server.Services.GetRequiredService<VerifyLedger>().RunAsync(default));
    }

    [Fact]
    public async Task Another_password_ends_the_other_sessions_and_wants_the_old_one()
    {
        using Visitor here = await InAsync("rita"), there = await InAsync("rita");
        (string, string)[] fresh = [("Form.Password", "velvet tractor quorum"), ("Form.Again", "velvet tractor quorum")];

        IDocument refused = await here.SendAsync("/account", "form:has(#old-password)", [("Form.Old", "wrong horse battery"), .. fresh]);
        Assert.Contains("The old password is wrong", refused.Body!.TextContent);
        Assert.True(await there.IsInAsync());

        await here.SendAsync("/account", "form:has(#old-password)", [("Form.Old", PortalServer.Password), .. fresh]);
        Assert.True(await here.IsInAsync());
        Assert.False(await there.IsInAsync());
    }

    [Fact]
    public async Task Nobody_changes_their_own_roles_and_only_administrators_others()
    {
        using Visitor administrator = await InAsync("ada"), reviewer = await InAsync("rita");

        Assert.Contains("Nobody changes their own roles", (await administrator.ReadAsync("/admin/users/ada")).Body!.TextContent);
        Assert.Equal("/accounts/denied", (await reviewer.GetAsync("/admin/users")).Headers.Location!.AbsolutePath);
        Assert.Equal("/accounts/denied", (await reviewer.GetAsync("/admin/users/ada")).Headers.Location!.AbsolutePath);
    }

    [Fact]
    public async Task After_five_minutes_a_change_of_roles_wants_a_confirmation_for_that()
    {
        using Visitor administrator = await InAsync("ada");
        using HttpResponseMessage early = await administrator.GetAsync("/admin/users/rita");
        string shown = await early.Content.ReadAsStringAsync();
        Assert.Contains("Set the roles", shown);

        clock.Move(SessionPolicy.FreshTime + TimeSpan.FromSeconds(1));
        string late = await (await administrator.GetAsync("/admin/users/rita")).Content.ReadAsStringAsync();
        Assert.DoesNotContain("Set the roles", late);
        Assert.Contains("/accounts/confirm?purpose=Accounts", late);

        await administrator.SubmitAsync("/accounts/confirm?purpose=SignOff&returnUrl=%2F", "main form", ("Form.Password", PortalServer.Password));
        Assert.DoesNotContain("Set the roles", await (await administrator.GetAsync("/admin/users/rita")).Content.ReadAsStringAsync());

        HttpResponseMessage wrong = await administrator.SubmitAsync("/accounts/confirm?purpose=Accounts&returnUrl=%2F", "main form", ("Form.Password", "wrong horse battery"));
        Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        HttpResponseMessage right = await administrator.SubmitAsync(
            "/accounts/confirm?purpose=Accounts&returnUrl=%2F%2Fevil.test", "main form", ("Form.Password", PortalServer.Password));
        Assert.Equal("/", right.Headers.Location!.IsAbsoluteUri ? right.Headers.Location.PathAndQuery : right.Headers.Location.OriginalString);
        Assert.Contains("Set the roles", await (await administrator.GetAsync("/admin/users/rita")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Failures_from_one_address_slow_it_down_and_the_right_password_of_another_does_not_suffer_before()
    {
        using Visitor guesser = new(server);
        for (int i = 0; i < SignInSlowDown.Most; i++)
        {
            await guesser.SignInAsync($"nobody{i}", "wrong horse battery");
        }

        HttpResponseMessage slowed = await guesser.SignInAsync("rita");
        Assert.Equal(HttpStatusCode.TooManyRequests, slowed.StatusCode);
        Assert.NotNull(slowed.Headers.RetryAfter);

        clock.Move(SignInSlowDown.Window);
        Assert.Equal(HttpStatusCode.Redirect, (await guesser.SignInAsync("rita")).StatusCode);
    }

    [Fact]
    public void A_user_has_five_circuits_whatever_their_name()
    {
        CircuitCount count = new();

        Assert.All(Enumerable.Range(0, CircuitCount.PerUser), _ => Assert.True(count.TryOpen("id-of-rita")));
        Assert.False(count.TryOpen("id-of-rita"));
        Assert.True(count.TryOpen("id-of-carl"));
        count.Close("id-of-rita");
        Assert.True(count.TryOpen("id-of-rita"));
    }

    private async Task<Visitor> InAsync(string name)
    {
        Visitor visitor = new(server);
        await visitor.SignInAsync(name);
        return visitor;
    }

    private Task<IReadOnlyList<Session>> OpenAsync() => server.Services.GetRequiredService<SessionQueries>().OpenAsync(rita.Id, default);
}
