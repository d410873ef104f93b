using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Deployments;

/// <summary>Puts an approved version into an environment; an operator of the model may.</summary>
public sealed class DeployVersion(AppendGate gate)
{
    /// <summary>Deploys, and ends what it replaces in the same transaction, so that nothing is in between.</summary>
    /// <param name="actor">An operator of the model, or the system.</param>
    /// <param name="wish">What is wanted.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<DeploymentOutcome> RunAsync(Actor actor, NewDeployment wish, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(wish);
        return gate.RunAsync<DeploymentOutcome>(actor, async change =>
        {
            ModelVersion? version = await change.Db.Versions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == wish.Version, cancellationToken);
            Model? model = version is null ? null : await change.Db.Models.AsNoTracking().FirstAsync(row => row.Id == version.Model, cancellationToken);
            Standing standing = await Standing.LoadAsync(change.Db, actor, model, version?.Stage, cancellationToken);
            if (version is null || standing.Visibility != ModelVisibility.Full)
            {
                return new DeploymentOutcome.NotFound();
            }

            List<Deployment> live = await DeploymentQueries.Live(change.Db)
                .Where(row => row.Model == version.Model && row.Environment == wish.Environment).ToListAsync(cancellationToken);
            Deployment? replaced = live.FirstOrDefault(row => row.Id == wish.Replaces);
            Refusal? refusal = standing.RefusalFor(Right.Operate)
                ?? (wish.Replaces is not null && replaced is null
                    ? new Refusal("nothing-to-replace", $"What it should replace is not live in {wish.Environment}.") : null)
                ?? DeploymentPolicy.RefusalFor(version.Stage, wish, [.. live.Where(row => row != replaced)], change.Now)
                ?? (wish.Reference is DatasetId dataset && !await change.Db.Datasets.AnyAsync(row => row.Id == dataset, cancellationToken)
                    ? new Refusal("no-dataset", "There is no such data set to compare windows with.") : null);
            if (refusal is not null)
            {
                return new DeploymentOutcome.Refused(refusal);
            }

            if (replaced is not null)
            {
                PersonalText reason = PersonalText.Write($"Replaced by version {version.Number}.");
                change.Add(new DeploymentEnd(replaced.Id, change.Now, reason.Digest, actor.User), "deployment.ended", version.Subject, reason);
            }

            Deployment row = new(
                DeploymentId.New(), version.Model, version.Id, wish.Environment, wish.Role, wish.Share,
                Microseconds.Truncate(wish.From ?? change.Now), wish.Reference, actor.User, change.Now);
            change.Add(row, "deployment.made", version.Subject);
            return new DeploymentOutcome.Deployed(row);
        }, cancellationToken);
    }
}
