using System.Text;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Proposals;
using Governance.Registry.Versions;

namespace Governance.Registry.Tests.Proposals;

public sealed class ProposalTests
{
    [DatabaseFact]
    public async Task A_file_leaves_once_by_two_approvers_and_opens_with_the_key_that_was_shown()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync(), "the very weights");
        ProposalId id = await ProposeAsync(given, given.Approver);
        Assert.Equal("wrong-state", await KeyRefusalAsync(given, given.Approver, id));
        Assert.Equal("own-proposal", await DecideAsync(given, given.Approver, id));
        foreach (UserId user in (UserId[])[given.Developer, given.Reviewer, given.Operator])
        {
            Assert.Equal("no-right", await DecideAsync(given, user, id));
        }

        Assert.Null(await DecideAsync(given, given.SecondApprover, id));
        ReleaseArtifact release = given.Get<ReleaseArtifact>();
        string first = await KeyAsync(given, id);
        string key = await KeyAsync(given, id);
        Assert.Equal("wrong-key", await TakeRefusalAsync(release.TakeAsync(Actor.Person(given.Approver), id, first, default)));
        Assert.Equal("not-found", await TakeRefusalAsync(release.TakeAsync(Actor.Person(given.SecondApprover), id, key, default)));
        ReleaseOutcome.Taken taken = Assert.IsType<ReleaseOutcome.Taken>(await release.TakeAsync(Actor.Person(given.Approver), id, key, default));
        Assert.Equal("wrong-state", await TakeRefusalAsync(release.TakeAsync(Actor.Person(given.Approver), id, key, default)));

        using MemoryStream package = new();
        await release.WriteAsync(taken, package, default);
        package.Position = 0;
        using MemoryStream plain = new();
        System.Text.Json.Nodes.JsonObject header = await ReleasePackage.ReadAsync(package, Convert.FromHexString(key), plain, default);

        Assert.Equal("the very weights", Encoding.UTF8.GetString(plain.ToArray()));
        Assert.Equal(given.Approver.ToString(), header["recipient"]!.GetValue<string>());
        Assert.Equal(version.Digest.Hex, header["version"]!.GetValue<string>());
        Assert.Contains(
            await given.Get<VersionQueries>().TimelineAsync(given.Auditor, version.Id, default), line => line.Entry.Action == "artifact.released");
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task A_release_is_not_for_others_and_ends_with_the_grant()
    {
        await using Given given = await Given.RegistryAsync();
        await given.VersionAsync(await given.ModelAsync());
        foreach ((UserId user, string code) in ((UserId, string)[])
            [(given.Developer, "no-right"), (given.Reviewer, "no-right"), (given.Auditor, "no-right"), (given.Stranger, "not-found")])
        {
            Assert.Equal(code, Assert.IsType<ProposalOutcome.Refused>(await given.Get<MakeProposal>().ReleaseAsync(
                Actor.Person(user), "credit", 1, "For the regulator.", default)).Reason.Code);
        }

        ProposalId id = await ProposeAsync(given, given.Approver);
        Assert.Null(await DecideAsync(given, given.SecondApprover, id));
        Assert.IsType<RevokeOutcome.Revoked>(await given.Get<RevokeAccess>().RunAsync(Actor.System, given.Approver, "credit", default));

        Assert.Equal("not-found", await KeyRefusalAsync(given, given.Approver, id));
    }

    [DatabaseFact]
    public async Task A_proposal_waits_a_week()
    {
        await using Given given = await Given.RegistryAsync();
        await given.VersionAsync(await given.ModelAsync());
        ProposalId id = await ProposeAsync(given, given.Approver);

        given.Clock.Now += Proposal.Open;

        Assert.Equal("wrong-state", await DecideAsync(given, given.SecondApprover, id));
    }

    [DatabaseFact]
    public async Task An_administrator_is_made_by_two_administrators()
    {
        await using Given given = await Given.RegistryAsync();
        Actor first = Actor.Person(given.Administrator);
        Assert.Equal("second-person", Assert.IsType<ChangeAccountOutcome.Refused>(await given.Get<ChangeAccount>().RunAsync(
            first, given.Operator, new HashSet<Role> { Role.Operator, Role.Administrator }, false, default)).Reason.Code);
        Assert.Equal("second-person", Assert.IsType<AddUserOutcome.Refused>(await given.Get<AddUser>().RunAsync(
            first, new NewUser("new", "New", "correct horse battery", new HashSet<Role> { Role.Administrator }), default)).Reason.Code);
        UserId second = await given.UserAsync("adm2", Role.Administrator);
        ProposalId id = Assert.IsType<ProposalOutcome.Recorded>(await given.Get<MakeProposal>().AdministratorAsync(
            first, given.Operator, "Holiday cover.", default)).Proposal.Id;

        Assert.Equal("own-proposal", await DecideAsync(given, given.Administrator, id));
        Assert.Equal("no-right", await DecideAsync(given, given.Operator, id));
        Assert.DoesNotContain(Role.Administrator, (await given.Get<PeopleQueries>().FindAsync(given.Operator, default))!.Roles);
        Assert.Null(await DecideAsync(given, second, id));

        Assert.Contains(Role.Administrator, (await given.Get<PeopleQueries>().FindAsync(given.Operator, default))!.Roles);
        Assert.Equal("self-grant", Assert.IsType<ProposalOutcome.Refused>(await given.Get<MakeProposal>().AdministratorAsync(
            first, given.Administrator, "Me.", default)).Reason.Code);
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task Proposals_are_shown_to_whoever_made_them_or_may_decide()
    {
        await using Given given = await Given.RegistryAsync();
        await given.VersionAsync(await given.ModelAsync());
        await ProposeAsync(given, given.Approver);
        ProposalQueries queries = given.Get<ProposalQueries>();

        ProposalView own = Assert.Single(await queries.VisibleToAsync(given.Approver, default));
        ProposalView others = Assert.Single(await queries.VisibleToAsync(given.SecondApprover, default));

        Assert.True(own.Own);
        Assert.False(others.Own);
        Assert.Equal("For the regulator.", others.Reason);
        foreach (UserId user in (UserId[])[given.Developer, given.Reviewer, given.Administrator, given.Auditor, given.Stranger])
        {
            Assert.Empty(await queries.VisibleToAsync(user, default));
        }
    }

    private static async Task<ProposalId> ProposeAsync(Given given, UserId by) => Assert.IsType<ProposalOutcome.Recorded>(
        await given.Get<MakeProposal>().ReleaseAsync(Actor.Person(by), "credit", 1, "For the regulator.", default)).Proposal.Id;

    private static async Task<string?> DecideAsync(Given given, UserId by, ProposalId id) =>
        await given.Get<DecideProposal>().RunAsync(Actor.Person(by), id, confirm: true, default) is ProposalOutcome.Refused refused
            ? refused.Reason.Code : null;

    private static async Task<string> KeyAsync(Given given, ProposalId id) => Assert.IsType<ReleaseOutcome.KeyMade>(
        await given.Get<ReleaseArtifact>().MakeKeyAsync(Actor.Person(given.Approver), id, default)).Key;

    private static async Task<string> KeyRefusalAsync(Given given, UserId by, ProposalId id) => Assert.IsType<ReleaseOutcome.Refused>(
        await given.Get<ReleaseArtifact>().MakeKeyAsync(Actor.Person(by), id, default)).Reason.Code;

    private static async Task<string> TakeRefusalAsync(Task<ReleaseOutcome> step) =>
        Assert.IsType<ReleaseOutcome.Refused>(await step).Reason.Code;
}
