using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Governance.Registry.Access;
using Governance.Registry.Accounts;
using Governance.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Accounts;

/// <summary>Codes of an app and recovery codes, driven over HTTP.</summary>
public sealed partial class SecondFactorTests : IAsyncLifetime
{
    private readonly MovableClock clock = new();
    private PortalServer server = null!;

    public async Task InitializeAsync()
    {
        server = await PortalServer.StartAsync(
            configure: services => services.AddSingleton<TimeProvider>(clock), change: options => options with { RequireSecondFactor = true });
        await server.AddAsync("rita", Role.Reviewer);
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Where_it_is_required_nothing_opens_before_one_is_enrolled()
    {
        using Visitor visitor = new(server);
        await visitor.SignInAsync("rita");

        HttpResponseMessage page = await visitor.GetAsync("/models");
        Assert.Equal("/account/second-factor?required=true", page.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.GetAsync("/api/v1/antiforgery")).StatusCode);

        await EnrolAsync(visitor);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/models")).StatusCode);
    }

    [Fact]
    public async Task A_password_needs_its_code_and_each_code_is_good_once()
    {
        (byte[] key, _) = await EnrolledAsync();
        clock.Move(TimeSpan.FromMinutes(1));
        using Visitor visitor = new(server);
        Assert.Contains("/accounts/code", (await visitor.SignInAsync("rita")).Headers.Location!.OriginalString);
        Assert.False(await visitor.IsInAsync());

        string code = Totp.CodeAt(key, Totp.StepAt(clock.GetUtcNow()));
        await visitor.SubmitAsync("/accounts/code", "main form", ("Form.Code", code));
        Assert.True(await visitor.IsInAsync());

        using Visitor thief = new(server);
        await thief.SignInAsync("rita");
        IDocument refused = await thief.SendAsync("/accounts/code", "main form", ("Form.Code", code));
        Assert.Contains("Each code is good once", refused.QuerySelector("[role=alert]")!.TextContent);
        Assert.False(await thief.IsInAsync());
    }

    [Fact]
    public async Task A_recovery_code_opens_once()
    {
        (_, string[] codes) = await EnrolledAsync();
        Assert.Equal(10, codes.Distinct().Count());
        using Visitor visitor = new(server);
        await visitor.SignInAsync("rita");
        await visitor.SubmitAsync("/accounts/code?recovery=true", "main form", ("Form.Code", codes[3].ToUpperInvariant()));
        Assert.True(await visitor.IsInAsync());

        using Visitor second = new(server);
        await second.SignInAsync("rita");
        await second.SubmitAsync("/accounts/code?recovery=true", "main form", ("Form.Code", codes[3]));
        Assert.False(await second.IsInAsync());
        await second.SubmitAsync("/accounts/code?recovery=true", "main form", ("Form.Code", codes[4]));
        Assert.True(await second.IsInAsync());
    }

    [Fact]
    public async Task Wrong_codes_lock_the_account_as_wrong_passwords_do()
    {
        (byte[] key, _) = await EnrolledAsync();
        clock.Move(TimeSpan.FromMinutes(1));
        using Visitor visitor = new(server);
        IDocument page = await visitor.SendAsync("/accounts/sign-in", "main form", ("Form.Name", "rita"), ("Form.Password", PortalServer.Password));
        for (int i = 0; i < 5; i++)
        {
            page = await visitor.SendAsync("/accounts/code", "main form", ("Form.Code", "000000"));
        }

        Assert.Contains("The account is locked until", page.QuerySelector("[role=alert]")!.TextContent);
        await visitor.SubmitAsync("/accounts/code", "main form", ("Form.Code", Totp.CodeAt(key, Totp.StepAt(clock.GetUtcNow()))));
        Assert.False(await visitor.IsInAsync());
    }

    [Fact]
    public async Task A_reset_link_sets_a_password_and_never_skips_the_code()
    {
        (byte[] key, _) = await EnrolledAsync();
        clock.Move(TimeSpan.FromMinutes(1));
        Person rita = (await server.Services.GetRequiredService<PeopleQueries>().FindByUserNameAsync("rita", default))!;
        IssuedLink link = Assert.IsType<IssueLinkOutcome.Issued>(
            await server.Services.GetRequiredService<IssueLink>().RunAsync(Registry.Ledger.Actor.System, rita.Id, default)).Link;
        using Visitor visitor = new(server);
        await LinkTests.UseAsync(visitor, link.Code, "velvet tractor quorum");

        HttpResponseMessage answer = await visitor.SignInAsync("rita", "velvet tractor quorum");
        Assert.Contains("/accounts/code", answer.Headers.Location!.OriginalString);
        Assert.False(await visitor.IsInAsync());
        await visitor.SubmitAsync("/accounts/code", "main form", ("Form.Code", Totp.CodeAt(key, Totp.StepAt(clock.GetUtcNow()))));
        Assert.True(await visitor.IsInAsync());
    }

    private async Task<(byte[] Key, string[] Codes)> EnrolledAsync()
    {
        using Visitor visitor = new(server);
        await visitor.SignInAsync("rita");
        return await EnrolAsync(visitor);
    }

    private async Task<(byte[] Key, string[] Codes)> EnrolAsync(Visitor visitor)
    {
        IDocument page = await visitor.ReadAsync("/account/second-factor");
        string address = page.QuerySelector("a[href^='otpauth:']")!.GetAttribute("href")!;
        byte[] key = Decode(Secret().Match(address).Groups[1].Value);
        Assert.Equal(Totp.KeyLength, key.Length);

        IDocument done = await visitor.SendAsync(
            "/account/second-factor", "form:has(#code)", ("Form.Code", Totp.CodeAt(key, Totp.StepAt(clock.GetUtcNow()))));
        return (key, [.. done.QuerySelectorAll(".recovery-codes li").Select(item => item.TextContent)]);
    }

    private static byte[] Decode(string base32)
    {
        string bits = string.Concat(base32.Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(part => part.Length == 8).Select(part => Convert.ToByte(new string(part), 2))];
    }

    [GeneratedRegex("secret=([A-Z2-7]+)")]
    private static partial Regex Secret();
}
