using Governance.Registry.Deployments;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.Deployments;

public sealed class DeploymentTests
{
    [DatabaseFact]
    public async Task Only_an_approved_version_is_deployed_and_the_ledger_knows()
    {
        await using Given given = await Given.RegistryAsync();
        Model model = await given.ModelAsync();
        ModelVersion draft = await given.VersionAsync(model);

        Assert.Equal("wrong-stage", await RefusalAsync(given, new NewDeployment(draft.Id, "production", DeploymentRole.Champion)));
        ModelVersion version = await ApproveAsync(given, draft);
        Deployment made = await DeployAsync(given, new NewDeployment(version.Id, "production", DeploymentRole.Champion));

        DeploymentView live = Assert.Single(await given.Get<DeploymentQueries>().LiveAsync(model.Id, "production", default));
        Assert.Equal((made.Id, "credit/1", true), (live.Deployment.Id, live.Label, live.AnswersAt(given.Clock.GetUtcNow())));
        Assert.Empty(await given.Get<DeploymentQueries>().LiveAsync(model.Id, "test", default));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task Champion_and_challengers_share_at_most_one_and_a_champion_is_replaced_in_one_step()
    {
        await using Given given = await Given.RegistryAsync();
        Model model = await given.ModelAsync();
        ModelVersion first = await ApproveAsync(given, await given.VersionAsync(model, "one"));
        ModelVersion second = await ApproveAsync(given, await given.VersionAsync(model, "two"));
        Deployment champion = await DeployAsync(given, new NewDeployment(first.Id, "production", DeploymentRole.Champion) { Share = 0.9 });

        Assert.Equal("two-champions", await RefusalAsync(given, new NewDeployment(second.Id, "production", DeploymentRole.Champion) { Share = 0.1 }));
        Assert.Equal("over-one", await RefusalAsync(given, new NewDeployment(second.Id, "production", DeploymentRole.Challenger) { Share = 0.2 }));
        Assert.Equal("bad-share", await RefusalAsync(given, new NewDeployment(second.Id, "production", DeploymentRole.Shadow) { Share = double.NaN }));
        Assert.Equal("bad-environment", await RefusalAsync(given, new NewDeployment(second.Id, "Production!", DeploymentRole.Shadow)));
        Assert.Equal("in-the-past", await RefusalAsync(given, new NewDeployment(second.Id, "production", DeploymentRole.Shadow) { From = given.Clock.GetUtcNow().AddDays(-3) }));
        await DeployAsync(given, new NewDeployment(second.Id, "production", DeploymentRole.Shadow));
        Deployment next = await DeployAsync(given, new NewDeployment(second.Id, "production", DeploymentRole.Champion) { Replaces = champion.Id });

        IReadOnlyList<DeploymentView> live = await given.Get<DeploymentQueries>().LiveAsync(model.Id, null, default);
        Assert.Equal(2, live.Count);
        Assert.Contains(live, view => view.Deployment.Id == next.Id);
        Assert.Equal("nothing-to-replace", await RefusalAsync(given, new NewDeployment(first.Id, "production", DeploymentRole.Champion) { Replaces = champion.Id }));
    }

    [DatabaseFact]
    public async Task An_end_has_a_reason_comes_once_and_is_for_operators_and_approvers()
    {
        await using Given given = await Given.RegistryAsync();
        Model model = await given.ModelAsync();
        ModelVersion version = await ApproveAsync(given, await given.VersionAsync(model));
        Deployment made = await DeployAsync(given, new NewDeployment(version.Id, "production", DeploymentRole.Outside) { From = given.Clock.GetUtcNow().AddDays(-30) });
        EndDeployment end = given.Get<EndDeployment>();

        Assert.IsType<DeploymentOutcome.NotFound>(await end.RunAsync(Actor.Person(given.Stranger), made.Id, "No.", default));
        Assert.Equal("no-right", Assert.IsType<DeploymentOutcome.Refused>(await end.RunAsync(Actor.Person(given.Reviewer), made.Id, "No.", default)).Reason.Code);
        Assert.Equal("no-reason", Assert.IsType<DeploymentOutcome.Refused>(await end.RunAsync(Actor.Person(given.Operator), made.Id, " ", default)).Reason.Code);
        Assert.IsType<DeploymentOutcome.Ended>(await end.RunAsync(Actor.Person(given.Approver), made.Id, "Complaints.", default));
        Assert.Equal("ended", Assert.IsType<DeploymentOutcome.Refused>(await end.RunAsync(Actor.Person(given.Operator), made.Id, "Again.", default)).Reason.Code);
        Assert.Empty(await given.Get<DeploymentQueries>().LiveAsync(model.Id, null, default));
        Assert.NotNull(Assert.Single(await given.Get<DeploymentQueries>().VisibleToAsync(given.Auditor, version.Id, default)).To);
        Assert.Empty(await given.Get<DeploymentQueries>().VisibleToAsync(given.Stranger, null, default));
    }

    [DatabaseFact]
    public async Task Nobody_but_an_operator_deploys_and_no_row_changes()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await ApproveAsync(given, await given.VersionAsync(await given.ModelAsync()));
        NewDeployment wish = new(version.Id, "production", DeploymentRole.Champion);

        DeploymentOutcome developer = await given.Get<DeployVersion>().RunAsync(Actor.Person(given.Developer), wish, default);
        Assert.Equal("no-right", Assert.IsType<DeploymentOutcome.Refused>(developer).Reason.Code);
        Assert.IsType<DeploymentOutcome.NotFound>(await given.Get<DeployVersion>().RunAsync(Actor.Person(given.Stranger), wish, default));
        Deployment made = await DeployAsync(given, wish);
        await using GovernanceDb db = given.Db();
        await Assert.ThrowsAnyAsync<Exception>(() => db.Deployments.Where(row => row.Id == made.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Share, 0.5)));
        await Assert.ThrowsAnyAsync<Exception>(() => db.Deployments.ExecuteDeleteAsync());
    }

    private static async Task<Deployment> DeployAsync(Given given, NewDeployment wish) => Assert.IsType<DeploymentOutcome.Deployed>(
        await given.Get<DeployVersion>().RunAsync(Actor.Person(given.Operator), wish, default)).Deployment;

    private static async Task<string> RefusalAsync(Given given, NewDeployment wish) => Assert.IsType<DeploymentOutcome.Refused>(
        await given.Get<DeployVersion>().RunAsync(Actor.Person(given.Operator), wish, default)).Reason.Code;

    private static async Task<ModelVersion> ApproveAsync(Given given, ModelVersion version)
    {
        EvidenceRecord _ = await given.EvidenceAsync(version);
        await given.MoveAsync(given.Developer, version, StageRequest.Submit);
        await given.ReviewAsync(given.Reviewer, version);
        await given.DecideAsync(given.Approver, version);
        return version;
    }
}
