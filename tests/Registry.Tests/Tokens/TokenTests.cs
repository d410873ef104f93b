using System.Net;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Protection;
using Governance.Registry.Storage;
using Governance.Registry.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Registry.Tests.Tokens;

public sealed class TokenTests
{
    private static readonly IPAddress Home = IPAddress.Parse("10.1.2.3");

    [DatabaseFact]
    public async Task A_consumer_makes_a_token_and_it_is_found_with_what_it_may()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        UserId consumer = await given.UserAsync("coen", Role.Consumer);
        await given.Get<GrantAccess>().RunAsync(Actor.System, consumer, "credit", GrantExtras.None, default);

        (ApiToken token, string text) = await IssueAsync(given, Actor.Person(consumer), new NewToken(consumer, "nightly", [TokenScope.Predict, TokenScope.Read])
        {
            Models = ["credit"], Networks = ["10.1.0.0/16"], Days = 7,
        });

        FindTokenOutcome.Found found = Assert.IsType<FindTokenOutcome.Found>(await FindAsync(given, text));
        Assert.Equal(token.Id, found.Token.Id);
        Assert.Equal((consumer, "coen"), (found.Person.Id, found.UserName));
        Assert.Equal([TokenScope.Read, TokenScope.Predict], found.Token.Scopes);
        Assert.Equal(["credit"], found.Token.Models);
        Assert.Equal(TimeSpan.FromDays(7), found.Token.ExpiresAt - found.Token.IssuedAt);
        Assert.Equal(text[..8], found.Token.Hint);
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [Fact]
    public async Task Only_the_digest_is_kept()
    {
        await using Given given = await Given.RegistryAsync();
        (_, string text) = await IssueAsync(given, Actor.System, new NewToken(given.Developer, "upload", [TokenScope.Register]));

        given.Sql("PRAGMA wal_checkpoint(TRUNCATE)");
        byte[] file = await File.ReadAllBytesAsync(Path.Combine(given.Folder, "data", "governance.db"));

        Assert.Equal(-1, file.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(text[4..])));
        Assert.NotEqual(-1, file.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(TokenText.DigestOf(text).Hex)));
    }

    [DatabaseFact]
    public async Task Is_refused_when_expired_revoked_elsewhere_or_never_issued()
    {
        await using Given given = await Given.RegistryAsync();
        NewToken wish = new(given.Developer, "job", [TokenScope.Read]) { Days = 1 };
        (_, string expiring) = await IssueAsync(given, Actor.System, wish);
        (ApiToken revoked, string ended) = await IssueAsync(given, Actor.System, wish with { Days = 30 });
        (_, string home) = await IssueAsync(given, Actor.System, wish with { Days = 30, Networks = ["10.1.2.3", "2001:db8::/32"] });

        Assert.IsType<RevokeTokenOutcome.Revoked>(await given.Get<RevokeToken>().RunAsync(Actor.Person(given.Developer), revoked.Id, default));
        given.Clock.Now += TimeSpan.FromDays(1);

        Assert.Equal("expired", await CodeAsync(given, expiring));
        Assert.Equal("revoked", await CodeAsync(given, ended));
        Assert.Equal("unknown", await CodeAsync(given, TokenText.New()));
        Assert.Equal("malformed", await CodeAsync(given, "gov_x"));
        Assert.IsType<FindTokenOutcome.Found>(await FindAsync(given, home));
        Assert.IsType<FindTokenOutcome.Found>(await FindAsync(given, home, IPAddress.Parse("::ffff:10.1.2.3")));
        Assert.Equal("wrong-network", await CodeAsync(given, home, IPAddress.Parse("10.1.2.4")));
        Assert.Equal("wrong-network", Assert.IsType<FindTokenOutcome.Refused>(await given.Get<FindToken>().RunAsync(home, null, default)).Code);
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task A_deactivated_account_loses_its_tokens_for_good()
    {
        await using Given given = await Given.RegistryAsync();
        (_, string text) = await IssueAsync(given, Actor.System, new NewToken(given.Developer, "job", [TokenScope.Read]));
        HashSet<Role> roles = [Role.Developer];

        await given.Get<ChangeAccount>().RunAsync(Actor.Person(given.Administrator), given.Developer, roles, deactivated: true, default);
        Assert.Equal("deactivated", await CodeAsync(given, text));
        await given.Get<ChangeAccount>().RunAsync(Actor.Person(given.Administrator), given.Developer, roles, deactivated: false, default);

        Assert.Equal("revoked", await CodeAsync(given, text));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task One_that_another_process_revoked_is_refused_a_second_later()
    {
        await using Given given = await Given.RegistryAsync();
        (ApiToken token, string text) = await IssueAsync(given, Actor.System, new NewToken(given.Developer, "job", [TokenScope.Read]));
        Assert.IsType<FindTokenOutcome.Found>(await FindAsync(given, text));
        await using ServiceProvider other = new ServiceCollection()
            .AddSingleton<TimeProvider>(given.Clock).AddRegistry(given.Get<RegistryOptions>()).BuildServiceProvider();

        Assert.IsType<RevokeTokenOutcome.Revoked>(await other.GetRequiredService<RevokeToken>().RunAsync(Actor.System, token.Id, default));
        given.Clock.Now += LedgerWatch.MaxAge;

        Assert.Equal("revoked", await CodeAsync(given, text));
    }

    [DatabaseFact]
    public async Task It_is_read_once_for_many_requests_and_again_after_a_minute()
    {
        await using Given given = await Given.RegistryAsync();
        (_, string text) = await IssueAsync(given, Actor.System, new NewToken(given.Developer, "job", [TokenScope.Read]));
        Assert.IsType<FindTokenOutcome.Found>(await FindAsync(given, text));
        given.DropTriggers();
        given.Sql("DELETE FROM Tokens"); // behind the ledger, which so does not move

        Assert.IsType<FindTokenOutcome.Found>(await FindAsync(given, text));
        given.Clock.Now += TimeSpan.FromMinutes(1);

        Assert.Equal("unknown", await CodeAsync(given, text));
    }

    [DatabaseFact]
    public async Task Nothing_that_is_remembered_counts_while_the_database_is_away()
    {
        await using Given given = await Given.RegistryAsync();
        (_, string text) = await IssueAsync(given, Actor.System, new NewToken(given.Developer, "job", [TokenScope.Read]));
        Assert.IsType<FindTokenOutcome.Found>(await FindAsync(given, text));
        await given.CutOffAsync();
        given.Clock.Now += LedgerWatch.MaxAge;

        Assert.True(StoreDown.Is(await Assert.ThrowsAnyAsync<Exception>(() => FindAsync(given, text))));
    }

    [DatabaseFact]
    public async Task What_an_administrator_offers_only_its_person_collects_and_once()
    {
        await using Given given = await Given.RegistryAsync();
        IssueTokenOutcome offered = await given.Get<IssueToken>().RunAsync(
            Actor.Person(given.Administrator), new NewToken(given.Developer, "upload", [TokenScope.Register]), default);
        ApiTokenId id = Assert.IsType<IssueTokenOutcome.Offered>(offered).Token.Id;

        foreach (UserId other in (UserId[])[given.Administrator, given.Stranger])
        {
            Assert.Equal("unknown", Assert.IsType<IssueTokenOutcome.Refused>(
                await given.Get<CollectToken>().RunAsync(Actor.Person(other), id, default)).Reason.Code);
        }

        string text = Assert.IsType<IssueTokenOutcome.Issued>(await given.Get<CollectToken>().RunAsync(Actor.Person(given.Developer), id, default)).Text;
        Assert.IsType<FindTokenOutcome.Found>(await FindAsync(given, text));
        Assert.Equal("not-offered", Assert.IsType<IssueTokenOutcome.Refused>(
            await given.Get<CollectToken>().RunAsync(Actor.Person(given.Developer), id, default)).Reason.Code);
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task Tokens_are_nobody_elses_business()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        (ApiToken token, _) = await IssueAsync(given, Actor.System, new NewToken(given.Developer, "job", [TokenScope.Read]));

        Assert.Equal("unknown", Assert.IsType<IssueTokenOutcome.Refused>(await given.Get<IssueToken>().RunAsync(
            Actor.Person(given.Reviewer), new NewToken(given.Developer, "mine now", [TokenScope.Read]), default)).Reason.Code);
        Assert.Equal("no-right", Assert.IsType<IssueTokenOutcome.Refused>(await given.Get<IssueToken>().RunAsync(
            Actor.Person(given.Reviewer), new NewToken(given.Reviewer, "own", [TokenScope.Read]), default)).Reason.Code);
        Assert.IsType<RevokeTokenOutcome.Refused>(await given.Get<RevokeToken>().RunAsync(Actor.Person(given.Reviewer), token.Id, default));
        Assert.Equal("unknown-model", Assert.IsType<IssueTokenOutcome.Refused>(await given.Get<IssueToken>().RunAsync(
            Actor.System, new NewToken(given.Stranger, "job", [TokenScope.Read]) { Models = ["credit"] }, default)).Reason.Code);
        Assert.Empty(await given.Get<TokenQueries>().OfAsync(given.Reviewer, default));
        Assert.Single(await given.Get<TokenQueries>().OfAsync(given.Developer, default));
    }

    [DatabaseFact]
    public async Task Its_last_use_is_kept_to_the_minute_and_is_no_fact()
    {
        await using Given given = await Given.RegistryAsync();
        (ApiToken token, _) = await IssueAsync(given, Actor.System, new NewToken(given.Developer, "job", [TokenScope.Read]));
        NoteTokenUse use = given.Get<NoteTokenUse>();
        DateTimeOffset first = given.Clock.Now;

        await use.RunAsync(token.Id, default);
        given.Clock.Now += TimeSpan.FromSeconds(59);
        await use.RunAsync(token.Id, default);
        Assert.Equal(Microseconds.Truncate(first), Assert.Single(await given.Get<TokenQueries>().AllAsync(default)).UsedAt);
        given.Clock.Now += TimeSpan.FromSeconds(1);
        await use.RunAsync(token.Id, default);

        Assert.Equal(Microseconds.Truncate(given.Clock.Now), Assert.Single(await given.Get<TokenQueries>().AllAsync(default)).UsedAt);
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseTheory]
    [InlineData("UPDATE Tokens SET ExpiresAt = ExpiresAt + 1")]
    [InlineData("UPDATE Tokens SET Scopes = 'Read Predict Explain'")]
    [InlineData("UPDATE Tokens SET Secret = 'x'")]
    [InlineData("UPDATE Tokens SET RevokedAt = NULL")]
    [InlineData("DELETE FROM Tokens")]
    [InlineData("INSERT OR REPLACE INTO Tokens SELECT * FROM Tokens")]
    public async Task The_database_refuses_to_change_what_a_token_says(string attack)
    {
        await using Given given = await Given.RegistryAsync();
        (ApiToken token, _) = await IssueAsync(given, Actor.System, new NewToken(given.Developer, "job", [TokenScope.Read]));
        await given.Get<RevokeToken>().RunAsync(Actor.System, token.Id, default);

        given.AssertGuarded(attack);
    }

    [DatabaseFact]
    public async Task Scopes_widened_behind_our_back_are_found()
    {
        await using Given given = await Given.RegistryAsync();
        await IssueAsync(given, Actor.System, new NewToken(given.Developer, "job", [TokenScope.Read]));
        given.DropTriggers();

        given.Sql("UPDATE Tokens SET Scopes = 'Read Predict'");

        Assert.IsNotType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    private static async Task<(ApiToken Token, string Text)> IssueAsync(Given given, Actor actor, NewToken wish)
    {
        IssueTokenOutcome.Issued issued = Assert.IsType<IssueTokenOutcome.Issued>(await given.Get<IssueToken>().RunAsync(actor, wish, default));
        return (issued.Token, issued.Text);
    }

    private static Task<FindTokenOutcome> FindAsync(Given given, string text, IPAddress? from = null) =>
        given.Get<FindToken>().RunAsync(text, from ?? Home, default);

    private static async Task<string> CodeAsync(Given given, string text, IPAddress? from = null) =>
        Assert.IsType<FindTokenOutcome.Refused>(await FindAsync(given, text, from)).Code;
}
