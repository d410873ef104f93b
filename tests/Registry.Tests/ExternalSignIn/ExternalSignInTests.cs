using Governance.Registry.Access;
using Governance.Registry.ExternalSignIn;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.ExternalSignIn;

public sealed class ExternalSignInTests
{
    private const string Issuer = "https://id.example.test";

    [DatabaseFact]
    public async Task A_first_sign_in_makes_an_account_with_the_roles_of_the_groups()
    {
        await using Given given = await Given.RegistryAsync();

        Person person = await AdmitAsync(given, "u1", "lena", Role.Reviewer, Role.Auditor);

        await using GovernanceDb db = given.Db();
        GovernanceUser row = await db.Users.SingleAsync(user => user.Id == person.Id.Value);
        Assert.Equal(("lena", (string?)null, AccountKind.Person), (row.UserName, row.PasswordHash, row.Kind));
        Assert.Equal([Role.Reviewer, Role.Auditor], person.Roles.Order());
        Assert.Equal(person.Id, (await AdmitAsync(given, "u1", "lena", Role.Reviewer, Role.Auditor)).Id);
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task A_removed_group_takes_its_role_and_leaves_what_an_administrator_gave()
    {
        await using Given given = await Given.RegistryAsync();
        Person person = await AdmitAsync(given, "u1", "lena", Role.Reviewer, Role.Approver);
        await given.Get<ChangeAccount>().RunAsync(
            Actor.Person(given.Administrator), person.Id, new HashSet<Role> { Role.Reviewer, Role.Approver, Role.Auditor }, deactivated: false, default);
        string stamp = await StampAsync(given, person.Id);

        Person after = await AdmitAsync(given, "u1", "lena", Role.Reviewer);

        Assert.Equal([Role.Reviewer, Role.Auditor], after.Roles.Order());
        Assert.NotEqual(stamp, await StampAsync(given, person.Id));
        Assert.Equal(["Reviewer", "Auditor"], (await given.Get<PeopleQueries>().FindAsync(person.Id, default))!.Roles.Order().Select(role => role.ToString()));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task Whose_last_group_is_gone_keeps_no_role_and_does_not_come_in()
    {
        await using Given given = await Given.RegistryAsync();
        Person person = await AdmitAsync(given, "u1", "lena", Role.Approver);

        Assert.Equal("no-role", await RefusedAsync(given, "u1", "lena"));

        Assert.Empty((await given.Get<PeopleQueries>().FindAsync(person.Id, default))!.Roles);
        Assert.Equal([Role.Approver], (await AdmitAsync(given, "u1", "lena", Role.Approver)).Roles);
    }

    [DatabaseFact]
    public async Task A_name_that_is_taken_never_leads_into_that_account()
    {
        await using Given given = await Given.RegistryAsync();

        Person person = await AdmitAsync(given, "u1", "adm", Role.Consumer);

        Assert.NotEqual(given.Administrator, person.Id);
        await using GovernanceDb db = given.Db();
        Assert.StartsWith("adm-", (await db.Users.SingleAsync(user => user.Id == person.Id.Value)).UserName);
    }

    [DatabaseFact]
    public async Task The_same_subject_of_another_provider_is_another_person()
    {
        await using Given given = await Given.RegistryAsync();
        Person one = await AdmitAsync(given, "u1", "lena", Role.Consumer);

        ExternalSignInOutcome other = await given.Get<RecordExternalSignIn>().RunAsync(
            new ExternalIdentity("https://other.example.test", "u1", new HashSet<Role> { Role.Consumer }) { UserName = "lena" }, provision: true, default);

        Assert.NotEqual(one.Id, Assert.IsType<ExternalSignInOutcome.Admitted>(other).Person.Id);
    }

    [DatabaseFact]
    public async Task Without_provisioning_only_linked_accounts_come_in()
    {
        await using Given given = await Given.RegistryAsync();
        Assert.Equal("no-account", await RefusedAsync(given, "u1", "dev", provision: false, Role.Auditor));

        Assert.IsType<ExternalLoginOutcome.Changed>(await given.Get<ManageExternalLogins>().LinkAsync(
            Actor.Person(given.Administrator), given.Developer, Issuer, "u1", default));
        ExternalSignInOutcome outcome = await given.Get<RecordExternalSignIn>().RunAsync(
            new ExternalIdentity(Issuer, "u1", new HashSet<Role> { Role.Auditor }), provision: false, default);

        Person person = Assert.IsType<ExternalSignInOutcome.Admitted>(outcome).Person;
        Assert.Equal(given.Developer, person.Id);
        Assert.Equal([Role.Developer, Role.Auditor], person.Roles.Order());
        Assert.Equal("dev", Assert.Single(await given.Get<ManageExternalLogins>().ListAsync(default)).UserName);
    }

    [DatabaseFact]
    public async Task A_link_that_ends_takes_the_roles_of_the_groups_along()
    {
        await using Given given = await Given.RegistryAsync();
        ManageExternalLogins manage = given.Get<ManageExternalLogins>();
        ExternalLoginOutcome linked = await manage.LinkAsync(Actor.System, given.Developer, Issuer, "u1", default);
        await given.Get<RecordExternalSignIn>().RunAsync(
            new ExternalIdentity(Issuer, "u1", new HashSet<Role> { Role.Auditor }), provision: false, default);

        Assert.IsType<ExternalLoginOutcome.Changed>(await manage.EndAsync(
            Actor.Person(given.Administrator), Assert.IsType<ExternalLoginOutcome.Changed>(linked).Login.Id, default));

        Assert.Equal([Role.Developer], (await given.Get<PeopleQueries>().FindAsync(given.Developer, default))!.Roles);
        Assert.Equal("no-account", await RefusedAsync(given, "u1", "dev", provision: false, Role.Auditor));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task Nobody_links_their_own_account_and_only_administrators_link()
    {
        await using Given given = await Given.RegistryAsync();
        ManageExternalLogins manage = given.Get<ManageExternalLogins>();

        Assert.Equal("own-account", CodeOf(await manage.LinkAsync(Actor.Person(given.Administrator), given.Administrator, Issuer, "u1", default)));
        Assert.Equal("no-right", CodeOf(await manage.LinkAsync(Actor.Person(given.Developer), given.Reviewer, Issuer, "u1", default)));
        await manage.LinkAsync(Actor.System, given.Reviewer, Issuer, "u1", default);
        Assert.Equal("taken", CodeOf(await manage.LinkAsync(Actor.System, given.Approver, Issuer, "u1", default)));
    }

    [DatabaseFact]
    public async Task A_deactivated_account_does_not_come_in()
    {
        await using Given given = await Given.RegistryAsync();
        Person person = await AdmitAsync(given, "u1", "lena", Role.Consumer);
        await given.Get<ChangeAccount>().RunAsync(Actor.System, person.Id, new HashSet<Role> { Role.Consumer }, deactivated: true, default);

        Assert.Equal("deactivated", await RefusedAsync(given, "u1", "lena", provision: true, Role.Consumer));
    }

    private static string CodeOf(ExternalLoginOutcome outcome) => Assert.IsType<ExternalLoginOutcome.Refused>(outcome).Reason.Code;

    private static async Task<Person> AdmitAsync(Given given, string subject, string name, params Role[] roles) =>
        Assert.IsType<ExternalSignInOutcome.Admitted>(await given.Get<RecordExternalSignIn>().RunAsync(
            new ExternalIdentity(Issuer, subject, roles.ToHashSet()) { UserName = name, DisplayName = "L. " + name }, provision: true, default)).Person;

    private static async Task<string> RefusedAsync(Given given, string subject, string name, bool provision = true, params Role[] roles) =>
        Assert.IsType<ExternalSignInOutcome.Refused>(await given.Get<RecordExternalSignIn>().RunAsync(
            new ExternalIdentity(Issuer, subject, roles.ToHashSet()) { UserName = name }, provision, default)).Reason.Code;

    private static async Task<string> StampAsync(Given given, UserId user)
    {
        await using GovernanceDb db = given.Db();
        return (await db.Users.SingleAsync(row => row.Id == user.Value)).SecurityStamp!;
    }
}
