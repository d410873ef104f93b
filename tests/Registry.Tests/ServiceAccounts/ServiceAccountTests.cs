using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.ServiceAccounts;
using Governance.Registry.Storage;
using Governance.Registry.Tokens;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.ServiceAccounts;

public sealed class ServiceAccountTests
{
    [DatabaseFact]
    public async Task Has_an_owner_a_role_and_no_password()
    {
        await using Given given = await Given.RegistryAsync();

        UserId service = await AddAsync(given, "scoring");

        await using GovernanceDb db = given.Db();
        GovernanceUser row = await db.Users.SingleAsync(user => user.UserName == "scoring");
        Assert.Equal((AccountKind.Service, (UserId?)given.Developer, (string?)null), (row.Kind, row.Owner, row.PasswordHash));
        ServiceAccountView view = Assert.Single(await given.Get<ServiceAccountQueries>().AllAsync(default));
        Assert.Equal((service, "The dev", 0), (view.Id, view.OwnerName, view.Tokens));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseTheory]
    [InlineData("taken", "dev", "dev", Role.Consumer)]
    [InlineData("bad-name", "two words", "dev", Role.Consumer)]
    [InlineData("bad-role", "scoring", "dev", Role.Developer)]
    [InlineData("bad-role", "scoring", "dev", Role.Administrator)]
    [InlineData("self-grant", "scoring", "adm", Role.Consumer)]
    public async Task Refuses(string code, string name, string owner, Role role)
    {
        await using Given given = await Given.RegistryAsync();
        UserId person = owner == "adm" ? given.Administrator : given.Developer;

        AddUserOutcome outcome = await given.Get<AddServiceAccount>().RunAsync(
            Actor.Person(given.Administrator), new NewServiceAccount(name, "Scoring", person, new HashSet<Role> { role }), default);

        Assert.Equal(code, Assert.IsType<AddUserOutcome.Refused>(outcome).Reason.Code);
    }

    [DatabaseFact]
    public async Task Only_an_administrator_makes_one_and_a_service_owns_none()
    {
        await using Given given = await Given.RegistryAsync();
        UserId service = await AddAsync(given, "scoring");
        HashSet<Role> consumer = [Role.Consumer];

        Assert.Equal("no-right", Assert.IsType<AddUserOutcome.Refused>(await given.Get<AddServiceAccount>().RunAsync(
            Actor.Person(given.Developer), new NewServiceAccount("mine", "Mine", given.Developer, consumer), default)).Reason.Code);
        Assert.Equal("bad-owner", Assert.IsType<AddUserOutcome.Refused>(await given.Get<AddServiceAccount>().RunAsync(
            Actor.System, new NewServiceAccount("nested", "Nested", service, consumer), default)).Reason.Code);
    }

    [DatabaseFact]
    public async Task Never_becomes_what_only_people_are()
    {
        await using Given given = await Given.RegistryAsync();
        UserId service = await AddAsync(given, "scoring");

        ChangeAccountOutcome raised = await given.Get<ChangeAccount>().RunAsync(
            Actor.Person(given.Administrator), service, new HashSet<Role> { Role.Consumer, Role.Approver }, deactivated: false, default);
        ChangeAccountOutcome operating = await given.Get<ChangeAccount>().RunAsync(
            Actor.Person(given.Administrator), service, new HashSet<Role> { Role.Operator }, deactivated: false, default);

        Assert.Equal("bad-role", Assert.IsType<ChangeAccountOutcome.Refused>(raised).Reason.Code);
        Assert.IsType<ChangeAccountOutcome.Changed>(operating);
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task Its_owner_makes_its_tokens_and_sees_them_with_their_own()
    {
        await using Given given = await Given.RegistryAsync();
        UserId service = await AddAsync(given, "scoring");

        Assert.IsType<IssueTokenOutcome.Issued>(await given.Get<IssueToken>().RunAsync(
            Actor.Person(given.Developer), new NewToken(service, "batch", [TokenScope.Predict]), default));

        TokenView view = Assert.Single(await given.Get<TokenQueries>().OfAsync(given.Developer, default));
        Assert.Equal(("scoring", AccountKind.Service, TokenState.Valid), (view.AccountName, view.AccountKind, view.State));
        Assert.Equal(1, Assert.Single(await given.Get<ServiceAccountQueries>().AllAsync(default)).Tokens);
    }

    private static async Task<UserId> AddAsync(Given given, string name) =>
        Assert.IsType<AddUserOutcome.Added>(await given.Get<AddServiceAccount>().RunAsync(
            Actor.Person(given.Administrator),
            new NewServiceAccount(name, "Scoring", given.Developer, new HashSet<Role> { Role.Consumer }), default)).Person.Id;
}
