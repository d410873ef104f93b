using Governance.Registry.Access;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Monitors;

/// <summary>Puts a plan of monitors on record for a deployment. That the text is a plan was looked at by the caller.</summary>
public sealed class RecordMonitorPlan(AppendGate gate)
{
    /// <summary>Records it; the text that counts already is no change.</summary>
    /// <param name="actor">An operator of the model.</param>
    /// <param name="deployment">What is to be watched.</param>
    /// <param name="name">As the text says.</param>
    /// <param name="text">YAML.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<MonitorPlanOutcome> RunAsync(Actor actor, DeploymentId deployment, string name, string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return gate.RunAsync<MonitorPlanOutcome>(actor, async change =>
        {
            Deployment? row = await change.Db.Deployments.AsNoTracking().FirstOrDefaultAsync(each => each.Id == deployment, cancellationToken);
            Model? model = row is null ? null : await change.Db.Models.AsNoTracking().FirstAsync(each => each.Id == row.Model, cancellationToken);
            Standing standing = await Standing.LoadAsync(change.Db, actor, model, cancellationToken);
            if (row is null || standing.Visibility != ModelVisibility.Full)
            {
                return new MonitorPlanOutcome.NotFound();
            }

            if (standing.RefusalFor(Right.Operate) is Refusal refusal)
            {
                return new MonitorPlanOutcome.Refused(refusal);
            }

            MonitorPlan? last = await change.Db.MonitorPlans.AsNoTracking().Where(plan => plan.Deployment == deployment)
                .OrderByDescending(plan => plan.AssignedAt).ThenByDescending(plan => plan.Id).FirstOrDefaultAsync(cancellationToken);
            if (last?.Text == text)
            {
                return new MonitorPlanOutcome.Assigned(last);
            }

            MonitorPlan made = new(MonitorPlanId.New(), deployment, name, text, actor.User, change.Now);
            change.Add(made, "monitors.assigned", new LedgerSubject(LedgerSubject.Version, row.Version.ToString()));
            return new MonitorPlanOutcome.Assigned(made);
        }, cancellationToken);
    }
}

/// <summary>What came of assigning a plan.</summary>
public abstract record MonitorPlanOutcome
{
    private MonitorPlanOutcome()
    {
    }

    /// <summary>It counts.</summary>
    public sealed record Assigned(MonitorPlan Plan) : MonitorPlanOutcome;

    /// <summary>A rule forbids it, or the text is no plan.</summary>
    public sealed record Refused(Refusal Reason) : MonitorPlanOutcome;

    /// <summary>There is no such deployment, or not for this person.</summary>
    public sealed record NotFound : MonitorPlanOutcome;
}
