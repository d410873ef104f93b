using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Versions;

namespace Governance.Registry.Tests.Access;

public sealed class AccessUseCaseTests
{
    [DatabaseFact]
    public async Task A_grant_makes_a_model_exist_and_its_end_makes_it_vanish()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        ModelQueries models = given.Get<ModelQueries>();
        Assert.Null(await models.FindAsync(given.Stranger, "credit", default));

        Assert.IsType<GrantOutcome.Granted>(await GrantAsync(given, given.Administrator, given.Stranger));
        Assert.NotNull(await models.FindAsync(given.Stranger, "credit", default));

        Assert.IsType<RevokeOutcome.Revoked>(await given.Get<RevokeAccess>().RunAsync(
            Actor.Person(given.Administrator), given.Stranger, "credit", default));
        Assert.Null(await models.FindAsync(given.Stranger, "credit", default));
        await HoldsAsync(given);
    }

    [DatabaseFact]
    public async Task Only_administrators_grant_and_nobody_to_themself()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();

        foreach (UserId user in (UserId[])[given.Developer, given.Reviewer, given.Approver, given.Auditor, given.Operator])
        {
            Assert.Equal("no-right", Assert.IsType<GrantOutcome.Refused>(await GrantAsync(given, user, given.Stranger)).Reason.Code);
        }

        Assert.Equal("self-grant", Assert.IsType<GrantOutcome.Refused>(await GrantAsync(given, given.Administrator, given.Administrator)).Reason.Code);
        Assert.Equal("unknown", Assert.IsType<GrantOutcome.Refused>(await GrantAsync(given, given.Administrator, UserId.New())).Reason.Code);
    }

    [DatabaseFact]
    public async Task The_same_grant_twice_is_one()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();

        GrantOutcome first = await GrantAsync(given, given.Administrator, given.Stranger);
        GrantOutcome second = await GrantAsync(given, given.Administrator, given.Stranger);

        Assert.Equal(Assert.IsType<GrantOutcome.Granted>(first).Grant.Id, Assert.IsType<GrantOutcome.Granted>(second).Grant.Id);
    }

    [DatabaseFact]
    public async Task Each_role_sees_of_models_what_the_table_says()
    {
        await using Given given = await Given.RegistryAsync();
        await given.VersionAsync(await given.ModelAsync());
        ModelQueries models = given.Get<ModelQueries>();

        Assert.NotNull(Assert.Single(await models.VisibleToAsync(given.Reviewer, default)).Details);
        Assert.NotNull(Assert.Single(await models.VisibleToAsync(given.Auditor, default)).Details);
        Assert.Null(Assert.Single(await models.VisibleToAsync(given.Administrator, default)).Details);
        Assert.Null(await models.FindAsync(given.Administrator, "credit", default));
        Assert.Empty(await models.VisibleToAsync(given.Stranger, default));
        Assert.Null(await given.Get<VersionQueries>().FindAsync(given.Stranger, "credit", 1, default));
        Assert.NotNull(await given.Get<VersionQueries>().FindAsync(given.Auditor, "credit", 1, default));
        Assert.NotEmpty(await given.Get<LedgerQueries>().PageAsync(given.Auditor, new LedgerFilter(), null, 100, default));
        Assert.Empty(await given.Get<LedgerQueries>().PageAsync(given.Administrator, new LedgerFilter(), null, 100, default));
        Assert.Empty(await given.Get<LedgerQueries>().PageAsync(given.Stranger, new LedgerFilter(), null, 100, default));
        Assert.All(
            await given.Get<LedgerQueries>().PageAsync(given.Developer, new LedgerFilter(), null, 100, default),
            line => Assert.NotEqual(LedgerSubject.User, line.Entry.SubjectKind));
    }

    [DatabaseFact]
    public async Task A_deactivated_account_may_nothing_and_nobody_changes_their_own()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        ChangeAccount change = given.Get<ChangeAccount>();

        Assert.Equal("own-account", Assert.IsType<ChangeAccountOutcome.Refused>(await change.RunAsync(
            Actor.Person(given.Administrator), given.Administrator, Roles(Role.Approver), false, default)).Reason.Code);
        Assert.Equal("no-right", Assert.IsType<ChangeAccountOutcome.Refused>(await change.RunAsync(
            Actor.Person(given.Developer), given.Reviewer, Roles(Role.Approver), false, default)).Reason.Code);
        Assert.IsType<ChangeAccountOutcome.Changed>(await change.RunAsync(
            Actor.Person(given.Administrator), given.Reviewer, Roles(Role.Reviewer, Role.Operator), false, default));
        Assert.Equal(2, (await given.Get<PeopleQueries>().FindAsync(given.Reviewer, default))!.Roles.Count);
        Assert.IsType<ChangeAccountOutcome.Changed>(await change.RunAsync(
            Actor.Person(given.Administrator), given.Reviewer, Roles(Role.Reviewer), true, default));

        Assert.Empty((await given.Get<PeopleQueries>().FindAsync(given.Reviewer, default))!.Roles);
        Assert.Null(await given.Get<ModelQueries>().FindAsync(given.Reviewer, "credit", default));
        await HoldsAsync(given);
    }

    [DatabaseTheory]
    [InlineData("dev", "D", "correct horse battery", "taken")]
    [InlineData("DEV", "D", "correct horse battery", "taken")]
    [InlineData("a b", "D", "correct horse battery", "bad-name")]
    [InlineData("", "D", "correct horse battery", "bad-name")]
    [InlineData("new", " ", "correct horse battery", "bad-display-name")]
    [InlineData("new", "D", "eleven char", "short-password")]
    public async Task Refuses_an_account_that_breaks_a_rule(string name, string display, string password, string code)
    {
        await using Given given = await Given.RegistryAsync();

        AddUserOutcome outcome = await given.Get<AddUser>().RunAsync(
            Actor.System, new NewUser(name, display, password, Roles(Role.Developer)), default);

        Assert.Equal(code, Assert.IsType<AddUserOutcome.Refused>(outcome).Reason.Code);
    }

    [DatabaseFact]
    public async Task Only_administrators_add_accounts()
    {
        await using Given given = await Given.RegistryAsync();

        Assert.Equal("no-right", Assert.IsType<AddUserOutcome.Refused>(await AddAsync(given.Developer)).Reason.Code);
        Assert.IsType<AddUserOutcome.Added>(await AddAsync(given.Administrator));

        Task<AddUserOutcome> AddAsync(UserId by) => given.Get<AddUser>().RunAsync(
            Actor.Person(by), new NewUser("new", "New", "correct horse battery", Roles(Role.Auditor)), default);
    }

    private static HashSet<Role> Roles(params Role[] roles) => [.. roles];

    private static Task<GrantOutcome> GrantAsync(Given given, UserId by, UserId to) =>
        given.Get<GrantAccess>().RunAsync(Actor.Person(by), to, "credit", GrantExtras.None, default);

    private static async Task HoldsAsync(Given given) =>
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
}
