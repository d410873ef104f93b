using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Governance.Portal.Features.Accounts;
using Governance.Registry.Access;
using Governance.Registry.Accounts;
using Governance.Registry.Ledger;
using Governance.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Accounts;

/// <summary>Invitations, and the first administrator of an empty installation, driven over HTTP.</summary>
public sealed partial class LinkTests : IAsyncLifetime
{
    private readonly MovableClock clock = new();
    private PortalServer server = null!;

    public async Task InitializeAsync() =>
        server = await PortalServer.StartAsync(configure: services => services.AddSingleton<TimeProvider>(clock));

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task An_invited_person_sets_a_password_once_and_comes_in_with_their_roles()
    {
        await server.AddAsync("ada", Role.Administrator);
        using Visitor administrator = new(server);
        await administrator.SignInAsync("ada");
        IDocument page = await administrator.SendAsync(
            "/admin/users/invite", "form:has(#display-name)", ("Form.Name", "nina"), ("Form.DisplayName", "Nina New"), ("Form.Roles", "Reviewer"));
        string link = page.QuerySelector("#link")!.TextContent;
        string code = link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..];
        Assert.Equal(43, code.Length);
        Assert.DoesNotContain(code, (await administrator.ReadAsync("/admin/users/nina")).Body!.InnerHtml);

        using Visitor nina = new(server);
        Assert.Contains("among the first that are guessed", await UseAsync(nina, code, "Password2026!"));
        Assert.Contains("Your password is set", await UseAsync(nina, code, "velvet tractor quorum"));
        await nina.SignInAsync("nina", "velvet tractor quorum");
        Assert.Contains("Reviewer", (await nina.ReadAsync("/account")).Body!.TextContent);
        Assert.Contains("This link is not valid", await UseAsync(nina, code, "another tractor quorum"));
    }

    [Fact]
    public async Task A_link_is_void_after_its_time_and_when_a_younger_one_is_made()
    {
        await server.AddAsync("rita", Role.Reviewer);
        Person rita = (await server.Services.GetRequiredService<PeopleQueries>().FindByUserNameAsync("rita", default))!;
        string old = await ResetAsync(rita), young = await ResetAsync(rita);
        using Visitor visitor = new(server);

        Assert.Contains("This link is not valid", await UseAsync(visitor, old, "velvet tractor quorum"));
        clock.Move(TimeSpan.FromHours(25));
        Assert.Contains("This link is not valid", await UseAsync(visitor, young, "velvet tractor quorum"));
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SignInAsync("rita")).StatusCode);
    }

    [Fact]
    public async Task The_first_administrator_needs_the_token_of_the_console_and_there_is_no_second_first()
    {
        string token = (await server.Services.GetRequiredService<FirstRun>().TokenAsync(default))!;
        using Visitor visitor = new(server);
        (string, string)[] account =
            [("Form.Name", "ada"), ("Form.DisplayName", "Ada Admin"), ("Form.Password", "velvet tractor quorum"), ("Form.Again", "velvet tractor quorum")];

        IDocument refused = await visitor.SendAsync("/accounts/first-run", "main form", [("Form.Token", token[..^1] + "!"), .. account]);
        Assert.Contains("This is not the token", refused.Body!.TextContent);
        await visitor.SendAsync("/accounts/first-run", "main form", [("Form.Token", token), .. account]);

        await visitor.SignInAsync("ada", "velvet tractor quorum");
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/admin/users")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/accounts/first-run")).StatusCode);
        Assert.Null(await server.Services.GetRequiredService<FirstRun>().TokenAsync(default));
        Assert.IsType<LedgerVerdict.Holds>(await server.Services.GetRequiredService<VerifyLedger>().RunAsync(default));
    }

    internal static async Task<string> UseAsync(Visitor visitor, string code, string password) =>
        Blanks().Replace((await visitor.SendAsync(
            "/accounts/link", "main form", ("Form.Code", code), ("Form.Password", password), ("Form.Again", password))).Body!.TextContent, " ");

    private async Task<string> ResetAsync(Person person) => Assert.IsType<IssueLinkOutcome.Issued>(
        await server.Services.GetRequiredService<IssueLink>().RunAsync(Actor.System, person.Id, default)).Link.Code;

    [GeneratedRegex("\\s+")]
    private static partial Regex Blanks();
}
