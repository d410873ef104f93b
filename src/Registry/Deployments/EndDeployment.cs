using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Deployments;

/// <summary>Ends a deployment: an operator of the model, or a compliance approver, who may suspend.</summary>
public sealed class EndDeployment(AppendGate gate)
{
    /// <summary>Ends it now. Its traffic stays.</summary>
    /// <param name="actor">Who ends it.</param>
    /// <param name="id">Which deployment.</param>
    /// <param name="reason">In their words.</param>
    /// <param name="cancellationToken">Ends the request, and nothing happened.</param>
    public Task<DeploymentOutcome> RunAsync(Actor actor, DeploymentId id, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        PersonalText? text = string.IsNullOrWhiteSpace(reason) || reason.Trim().Length > PersonalText.MaxLength ? null : PersonalText.Write(reason.Trim());
        return gate.RunAsync<DeploymentOutcome>(actor, async change =>
        {
            Deployment? row = await change.Db.Deployments.AsNoTracking().FirstOrDefaultAsync(each => each.Id == id, cancellationToken);
            Model? model = row is null ? null : await change.Db.Models.AsNoTracking().FirstAsync(each => each.Id == row.Model, cancellationToken);
            Standing standing = await Standing.LoadAsync(change.Db, actor, model, cancellationToken);
            if (row is null || standing.Visibility != ModelVisibility.Full)
            {
                return new DeploymentOutcome.NotFound();
            }

            Refusal? refusal = standing.RefusalFor(Right.Suspend)
                ?? (await change.Db.DeploymentEnds.AnyAsync(end => end.Deployment == id, cancellationToken)
                    ? new Refusal("ended", "This deployment has ended already.") : null)
                ?? (text is null ? new Refusal("no-reason", $"Say why, in 1 to {PersonalText.MaxLength} characters: it is kept with the end.") : null);
            if (refusal is not null)
            {
                return new DeploymentOutcome.Refused(refusal);
            }

            DeploymentEnd made = new(id, change.Now, text!.Digest, actor.User);
            change.Add(made, "deployment.ended", new LedgerSubject(LedgerSubject.Version, row.Version.ToString()), text);
            return new DeploymentOutcome.Ended(row, made);
        }, cancellationToken);
    }
}
