using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Teams;
using Governance.Registry.Versions;

namespace Governance.Registry.Tests.Access;

public sealed class ConditionalGrantTests
{
    [DatabaseFact]
    public async Task A_grant_for_certain_stages_holds_in_them_and_nowhere_else()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.InReviewAsync();
        await GrantAsync(given, new NewGrant(GrantHolder.Of(given.Stranger), "credit") { Stages = EnumSet.Of(Stage.InReview, Stage.Approved) });
        Assert.Equal(ModelVisibility.Full, (await DecideAsync(given, Right.Review, 1)).Visibility);
        Assert.True((await DecideAsync(given, Right.Review, 1)).Decision.Allowed);

        Assert.IsType<MoveOutcome.Moved>(await given.MoveAsync(given.Developer, version, StageRequest.Withdraw));

        AccessAnswer answer = await DecideAsync(given, Right.Review, 1);
        Assert.Equal(ModelVisibility.None, answer.Visibility);
        Assert.Null(answer.Model);
        Assert.False(answer.Decision.Allowed);
        Assert.Null(await given.Get<VersionQueries>().FindAsync(given.Stranger, "credit", 1, default));
        Assert.Null(await given.Get<ModelQueries>().FindAsync(given.Stranger, "credit", default));
    }

    [DatabaseFact]
    public async Task Seen_as_a_whole_a_model_exists_while_one_version_is_in_a_granted_stage()
    {
        await using Given given = await Given.RegistryAsync();
        await given.InReviewAsync();
        await given.VersionAsync((await given.Get<ModelQueries>().FindAsync(given.Developer, "credit", default))!.Model, "other weights");
        await GrantAsync(given, new NewGrant(GrantHolder.Of(given.Stranger), "credit") { Stages = EnumSet.Of(Stage.InReview) });

        ModelDetails details = (await given.Get<ModelQueries>().FindAsync(given.Stranger, "credit", default))!;

        Assert.Equal(1, Assert.Single(details.Versions).Version.Number);
        Assert.True((await DecideAsync(given, Right.SeeModel, null)).Decision.Allowed);
        Assert.True((await DecideAsync(given, Right.SeeModel, 1)).Decision.Allowed);
        Assert.False((await DecideAsync(given, Right.SeeModel, 2)).Decision.Allowed);
    }

    [DatabaseFact]
    public async Task A_grant_ends_by_itself_at_its_moment()
    {
        await using Given given = await Given.RegistryAsync();
        await given.VersionAsync(await given.ModelAsync());
        DateTimeOffset end = given.Clock.Now.AddHours(2);
        await GrantAsync(given, new NewGrant(GrantHolder.Of(given.Stranger), "credit") { ExpiresAt = end });
        given.Clock.Now = end.AddMilliseconds(-1);
        Assert.True((await DecideAsync(given, Right.Review, 1)).Decision.Allowed);

        given.Clock.Now = end;

        Assert.False((await DecideAsync(given, Right.Review, 1)).Decision.Allowed);
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
        Assert.Equal("past-end", Assert.IsType<GrantOutcome.Refused>(await given.Get<GrantAccess>().RunAsync(
            Actor.System, new NewGrant(GrantHolder.Of(given.Stranger), "credit") { ExpiresAt = end }, default)).Reason.Code);
    }

    [DatabaseFact]
    public async Task A_team_has_what_is_granted_to_it_while_one_belongs_to_it()
    {
        await using Given given = await Given.RegistryAsync();
        await given.VersionAsync(await given.ModelAsync());
        TeamId team = await TeamAsync(given);
        await GrantAsync(given, new NewGrant(GrantHolder.Of(team), "credit", GrantExtras.PersonalRows));
        Assert.False((await DecideAsync(given, Right.Review, 1)).Decision.Allowed);

        await MemberAsync(given, belongs: true);
        AccessAnswer inside = await DecideAsync(given, Right.SeePersonalRows, 1);
        Assert.Equal(Allowance.LoggedByGrant, inside.Decision.Cell);
        Assert.Equal("team-grant", inside.Reasons[1].Code);
        Assert.Equal([team], await given.Get<TeamQueries>().TeamsOfAsync(given.Stranger, default));

        await MemberAsync(given, belongs: false);
        Assert.Null((await DecideAsync(given, Right.SeeModel, 1)).Model);
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task Nobody_comes_to_a_model_by_their_own_doing()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        TeamId team = await TeamAsync(given);
        Actor administrator = Actor.Person(given.Administrator);

        Assert.Equal("self-grant", Assert.IsType<MembershipOutcome.Refused>(await given.Get<ChangeMembership>().RunAsync(
            administrator, "risk", given.Administrator, true, default)).Reason.Code);
        Assert.IsType<MembershipOutcome.Changed>(await given.Get<ChangeMembership>().RunAsync(
            Actor.System, "risk", given.Administrator, true, default));
        Assert.Equal("self-grant", Assert.IsType<GrantOutcome.Refused>(await given.Get<GrantAccess>().RunAsync(
            administrator, new NewGrant(GrantHolder.Of(team), "credit"), default)).Reason.Code);
        foreach (UserId user in (UserId[])[given.Developer, given.Reviewer, given.Approver, given.Auditor, given.Operator])
        {
            Assert.Equal("no-right", Assert.IsType<AddTeamOutcome.Refused>(
                await given.Get<AddTeam>().RunAsync(Actor.Person(user), "mine", null, default)).Reason.Code);
            Assert.Equal("no-right", Assert.IsType<MembershipOutcome.Refused>(await given.Get<ChangeMembership>().RunAsync(
                Actor.Person(user), "risk", given.Stranger, true, default)).Reason.Code);
        }
    }

    [DatabaseFact]
    public async Task Grants_for_different_stages_stand_beside_each_other()
    {
        await using Given given = await Given.RegistryAsync();
        await given.InReviewAsync();
        await GrantAsync(given, new NewGrant(GrantHolder.Of(given.Stranger), "credit"));
        await GrantAsync(given, new NewGrant(GrantHolder.Of(given.Stranger), "credit", GrantExtras.PersonalRows) { Stages = EnumSet.Of(Stage.Approved) });
        Assert.False((await DecideAsync(given, Right.SeePersonalRows, 1)).Decision is { Cell: Allowance.LoggedByGrant });

        await GrantAsync(given, new NewGrant(GrantHolder.Of(given.Stranger), "credit", GrantExtras.PersonalRows) { Stages = EnumSet.Of(Stage.InReview) });

        Assert.Equal(Allowance.LoggedByGrant, (await DecideAsync(given, Right.SeePersonalRows, 1)).Decision.Cell);
    }

    [DatabaseTheory]
    [InlineData("DELETE FROM Grants")]
    [InlineData("DELETE FROM TeamMembers")]
    [InlineData("DELETE FROM Teams")]
    [InlineData("UPDATE Teams SET Name = 'other'")]
    [InlineData("INSERT OR REPLACE INTO Teams SELECT Id, 'x', Title, MadeBy, MadeAt FROM Teams")]
    public async Task A_trigger_keeps_grants_and_teams(string sql)
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        await TeamAsync(given);
        await MemberAsync(given, belongs: true);

        given.AssertGuarded(sql);
    }

    private static async Task<TeamId> TeamAsync(Given given) => Assert.IsType<AddTeamOutcome.Added>(await given.Get<AddTeam>().RunAsync(
        Actor.Person(given.Administrator), "risk", "Credit risk", default)).Team.Id;

    private static async Task MemberAsync(Given given, bool belongs) =>
        Assert.IsType<MembershipOutcome.Changed>(await given.Get<ChangeMembership>().RunAsync(
            Actor.Person(given.Administrator), "risk", given.Stranger, belongs, default));

    private static async Task GrantAsync(Given given, NewGrant grant) => Assert.IsType<GrantOutcome.Granted>(
        await given.Get<GrantAccess>().RunAsync(Actor.Person(given.Administrator), grant, default));

    private static Task<AccessAnswer> DecideAsync(Given given, Right right, int? version) =>
        given.Get<DecideAccess>().RunAsync(given.Stranger, right, "credit", version, default);
}
