using Governance.Registry.Access;
using Governance.Registry.Tokens;

namespace Governance.Registry.Tests.Tokens;

public sealed class TokenPolicyTests
{
    private static readonly GovernanceUser Account = new() { Id = Guid.CreateVersion7() };

    private static readonly NewToken Wish = new(Account.Person, "nightly job", [TokenScope.Read]);

    // The row "users, roles, tokens…" of rights.md: consumers have own tokens, administrators all.
    [Theory]
    [InlineData(Role.Developer, TokenStanding.Collects)]
    [InlineData(Role.Reviewer, TokenStanding.Collects)]
    [InlineData(Role.Approver, TokenStanding.Collects)]
    [InlineData(Role.Auditor, TokenStanding.Collects)]
    [InlineData(Role.Consumer, TokenStanding.Issues)]
    [InlineData(Role.Operator, TokenStanding.Collects)]
    [InlineData(Role.Administrator, TokenStanding.Issues)]
    public void How_a_person_stands_to_their_own_tokens_follows_from_the_table(Role role, TokenStanding expected) =>
        Assert.Equal(expected, TokenPolicy.StandingOf(new Person(Account.Person, "P", new HashSet<Role> { role }), Account));

    [Theory]
    [InlineData(Role.Developer, TokenStanding.None)]
    [InlineData(Role.Consumer, TokenStanding.None)]
    [InlineData(Role.Auditor, TokenStanding.None)]
    [InlineData(Role.Administrator, TokenStanding.Offers)]
    public void An_administrator_offers_to_others_and_never_sees_their_secret(Role role, TokenStanding expected) =>
        Assert.Equal(expected, TokenPolicy.StandingOf(new Person(UserId.New(), "P", new HashSet<Role> { role }), Account));

    [Fact]
    public void The_owner_of_a_service_account_makes_its_tokens_in_whatever_role()
    {
        Person owner = new(UserId.New(), "Owner", new HashSet<Role> { Role.Developer });
        GovernanceUser service = new() { Id = Guid.CreateVersion7(), Kind = AccountKind.Service, Owner = owner.Id };

        Assert.Equal(TokenStanding.Issues, TokenPolicy.StandingOf(owner, service));
        Assert.Equal(TokenStanding.None, TokenPolicy.StandingOf(owner with { Id = UserId.New() }, service));
    }

    [Fact]
    public void Refuses_what_a_token_may_not_say()
    {
        Assert.Null(Code(Wish));
        Assert.Equal("bad-name", Code(Wish with { Name = " " }));
        Assert.Equal("bad-name", Code(Wish with { Name = "two\nlines" }));
        Assert.Equal("bad-name", Code(Wish with { Name = new string('x', 101) }));
        Assert.Equal("no-scope", Code(Wish with { Scopes = [] }));
        Assert.Equal("bad-expiry", Code(Wish with { Days = 0 }));
        Assert.Equal("bad-expiry", Code(Wish with { Days = 91 }));
        Assert.Null(Code(Wish with { Days = 90 }));
        Assert.Equal("too-many", Code(Wish with { Models = [.. Enumerable.Range(0, 21).Select(at => $"m{at}")] }));
        Assert.Equal("bad-network", Code(Wish with { Networks = ["10.0.0.0/33"] }));
        Assert.Equal("bad-network", Code(Wish with { Networks = ["example.test"] }));
        Assert.Equal("too-many-tokens", Code(Wish, present: TokenPolicy.MostPerAccount));
        Assert.Equal("no-right", Code(Wish, standing: TokenStanding.Collects));
    }

    [Theory]
    [InlineData("10.1.0.0/16", "10.1.0.0/16")]
    [InlineData("192.0.2.7", "192.0.2.7/32")]
    [InlineData("2001:db8::1", "2001:db8::1/128")]
    [InlineData("2001:db8::/32", "2001:db8::/32")]
    [InlineData("10.1.2.3/16", "10.1.0.0/16")]
    [InlineData("", null)]
    public void Reads_networks_and_single_addresses(string text, string? expected) =>
        Assert.Equal(expected, TokenPolicy.NetworkOf(text));

    private static string? Code(NewToken wish, int present = 0, TokenStanding standing = TokenStanding.Issues) =>
        TokenPolicy.RefusalFor(standing, Account, wish, present)?.Code;
}
