using Governance.Audit.Data;
using Governance.Audit.Monitoring;
using Governance.Audit.Traffic;
using Governance.Registry.Access;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Policies;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Demo;

/// <summary>Carries one version of the demo through its sign-off, puts it to work, and lets its monitors read a month of traffic.</summary>
/// <remarks>By the same use cases that people use, each in the name of the account whose task it is. Each step looks first.</remarks>
internal sealed class SeedMonitoring(
    IDbContextFactory<GovernanceDb> contexts, SubmitVersion submit, RecordReview review, RecordDecision decide, DossierQueries dossiers, VersionQueries versions,
    DeployVersion deploy, IngestTraffic rows, IngestLabels labels, AssignMonitors assign, RunMonitors run)
{
    private const int Seed = 20260301;

    /// <summary>Does what is not yet done.</summary>
    /// <param name="watched">What the demo's plan says.</param>
    /// <param name="plan">The demo's plan.</param>
    /// <param name="people">The accounts.</param>
    /// <param name="cancellationToken">Ends it; a later start goes on.</param>
    /// <exception cref="InputException">Something was refused.</exception>
    public async Task RunAsync(DemoWatched watched, DemoPlan plan, IReadOnlyDictionary<string, UserId> people, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset now = db.Now;
        ModelVersion version = await (
            from row in db.Versions.AsNoTracking()
            join model in db.Models on row.Model equals model.Id
            where model.Name == watched.Model && row.Number == 1
            select row).FirstAsync(cancellationToken);
        DeploymentId? known = (await db.Deployments.AsNoTracking().FirstOrDefaultAsync(row => row.Version == version.Id, cancellationToken))?.Id;
        if (known is null)
        {
            await ApproveAsync(db, version, watched, people, plan, cancellationToken);
            known = await DeployAsync(db, version, watched, people, now, cancellationToken);
        }

        if (await db.MonitorPlans.AnyAsync(row => row.Deployment == known.Value, cancellationToken))
        {
            return;
        }

        await SendAsync(known.Value, watched, plan, now, cancellationToken);
        string text = await File.ReadAllTextAsync(Path.Combine(DemoPlan.Folder, watched.Plan), cancellationToken);
        if (await assign.RunAsync(Actor.Person(people[watched.Operator]), known.Value, text, cancellationToken) is Registry.Monitors.MonitorPlanOutcome.Refused { Reason: var reason })
        {
            throw Refused(reason);
        }

        if ((await run.RunAsync(known.Value, now, cancellationToken)).Refused is string sentence)
        {
            throw new InputException($"The demo's monitors could not be read: {sentence}");
        }
    }

    private async Task ApproveAsync(
        GovernanceDb db, ModelVersion version, DemoWatched watched, IReadOnlyDictionary<string, UserId> people, DemoPlan plan, CancellationToken cancellationToken)
    {
        if (version.Stage == Stage.Draft
            && await submit.RunAsync(Actor.Person(people[plan.Owner]), version.Id, "Sample submission of the demo.", cancellationToken) is MoveOutcome.Refused { Reason: var held })
        {
            throw Refused(held);
        }

        ModelVersion current = await db.Versions.AsNoTracking().FirstAsync(row => row.Id == version.Id, cancellationToken);
        if (current.Stage != Stage.InReview)
        {
            return;
        }

        VersionDetails seen = (await versions.FindAsync(people[watched.Reviewer], current.Id, cancellationToken))!;
        NewSignOff looked = new(current.Id, current.Digest, seen.State.Evidence, Verdict.Reviewed, "Sample review of the demo: the audit was read.");
        Refuse(await review.RunAsync(Actor.Person(people[watched.Reviewer]), looked, cancellationToken));
        SignOffDossier dossier = (await dossiers.OfAsync(current.Id, cancellationToken))!;
        string[] open =
        [
            .. dossier.Findings.Where(finding => finding.IsOpen).Select(finding => finding.Id),
            .. dossier.Register.Where(finding => finding.State == "Open").Select(finding => finding.Id),
        ];
        NewSignOff decision = new(
            current.Id, current.Digest, seen.State.Evidence, Verdict.ApproveWithConditions,
            "Sample decision of the demo, so that there is something to watch. Not a judgement of the model.", "Watch its traffic.")
        {
            SeenDossier = dossier.Root,
            Waived = open.Length == 0 ? []
                : [new LineWaiver("all", "All open lines", GateVerdict.Inconclusive, "Waived for the demo: nobody is decided on by it.", db.Now.AddDays(30), open)],
        };
        Refuse(await decide.RunAsync(Actor.Person(people[watched.Approver]), decision, cancellationToken));
    }

    private async Task<DeploymentId> DeployAsync(
        GovernanceDb db, ModelVersion version, DemoWatched watched, IReadOnlyDictionary<string, UserId> people, DateTimeOffset now, CancellationToken cancellationToken)
    {
        NewDeployment wish = new(version.Id, "production", DeploymentRole.Outside)
        {
            From = FirstDay(now),
            Reference = (await db.Datasets.AsNoTracking().FirstAsync(row => row.Name == watched.Reference, cancellationToken)).Id,
        };
        return await deploy.RunAsync(Actor.Person(people[watched.Operator]), wish, cancellationToken) switch
        {
            DeploymentOutcome.Deployed { Deployment: var made } => made.Id,
            DeploymentOutcome.Refused { Reason: var reason } => throw Refused(reason),
            _ => throw new InputException("The demo's model is not there for its operator."),
        };
    }

    private async Task SendAsync(DeploymentId deployment, DemoWatched watched, DemoPlan plan, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DemoDataset dataset = plan.Datasets.Single(row => row.Name == watched.Rows);
        DemoModel model = plan.Models.Single(row => row.Name == watched.Model);
        DemoTraffic traffic = await Task.Run(
            () =>
            {
                using FileStream stream = File.OpenRead(Path.Combine(DemoPlan.Folder, dataset.File));
                Table table = TableFile.Read(stream, cancellationToken);
                string folder = Path.Combine(DemoPlan.Folder, model.Folder);
                using WatchedModel scorer = WatchedModel.Load(
                    File.ReadAllBytes(Path.Combine(folder, "model.onnx")), File.ReadAllBytes(Path.Combine(folder, "manifest.json")), table, 1, cancellationToken);
                return DemoTraffic.Of(table, dataset.Label, watched.Drifting, scorer, FirstDay(now), now, Seed, cancellationToken);
            },
            cancellationToken);
        await rows.RunAsync(deployment, "demo-rows", traffic.Rows, cancellationToken);
        if (traffic.Labels is not null)
        {
            await labels.RunAsync(deployment, "demo-labels", traffic.Labels, cancellationToken);
        }
    }

    private static DateTimeOffset FirstDay(DateTimeOffset now) => new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(-DemoTraffic.Days);

    private static void Refuse(SignOffOutcome outcome)
    {
        if (outcome is SignOffOutcome.Refused { Reason: var reason })
        {
            throw Refused(reason);
        }
    }

    private static InputException Refused(Refusal refusal) => new($"The demo was refused: {refusal.Sentence}");
}
