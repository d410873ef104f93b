using Governance.Audit.Data;
using Governance.Portal.Scheduling;
using Governance.Registry.Access;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Schedules;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Demo;

/// <summary>Puts what the demo watches on the calendar: its monitors every day, and an audit every quarter.</summary>
internal sealed class SeedSchedules(IDbContextFactory<GovernanceDb> contexts, PlanSchedule plan)
{
    /// <summary>Makes the schedules, in the name of the operator; does nothing where there is one already.</summary>
    /// <param name="watched">What the demo's plan says.</param>
    /// <param name="operatorOf">Who makes them.</param>
    /// <param name="cancellationToken">Ends it; a later start goes on.</param>
    /// <exception cref="InputException">One was refused.</exception>
    public async Task RunAsync(DemoWatched watched, UserId operatorOf, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        HashSet<string> known = [.. await db.Schedules.Select(row => row.Name).ToListAsync(cancellationToken)];
        DeploymentId deployment = (await db.Deployments.AsNoTracking().OrderBy(row => row.From).FirstAsync(cancellationToken)).Id;
        ScheduleWish[] wishes =
        [
            new() { Name = "Daily look at the monitors", Model = watched.Model, Number = 1, Deployment = deployment, Cron = "0 0 6 * * ?", TimeZone = "UTC" },
            new()
            {
                Name = "Quarterly audit", Model = watched.Model, Number = 1,
                Spec = await File.ReadAllTextAsync(Path.Combine(DemoPlan.Folder, watched.Audit), cancellationToken),
            },
        ];
        foreach (ScheduleWish wish in wishes.Where(wish => !known.Contains(wish.Name!)))
        {
            switch (await plan.RunAsync(Actor.Person(operatorOf), wish, cancellationToken))
            {
                case AddScheduleOutcome.Added:
                    break;
                case AddScheduleOutcome.Refused { Reason: var reason }:
                    throw new InputException($"The demo was refused: {reason.Sentence}");
                default:
                    throw new InputException("The demo's model is not there for its operator.");
            }
        }
    }
}
