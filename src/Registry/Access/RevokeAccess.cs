using System.Linq.Expressions;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Teams;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Access;

/// <summary>Takes a model away from a person or a team: without another grant it does not exist for them any more.</summary>
public sealed class RevokeAccess(AppendGate gate)
{
    /// <summary>Revokes every grant that the person has on the model in their own name; an administrator may, and the system.</summary>
    public Task<RevokeOutcome> RunAsync(Actor actor, UserId user, string modelName, CancellationToken cancellationToken) =>
        RunAsync(actor, GrantHolder.Of(user), modelName, cancellationToken);

    /// <summary>Revokes every grant that a person or a team has on the model; an administrator may, and the system.</summary>
    public Task<RevokeOutcome> RunAsync(Actor actor, GrantHolder holder, string modelName, CancellationToken cancellationToken)
    {
        UserId? user = holder.User;
        TeamId? team = holder.Team;
        return RunAsync(actor, modelName, grant => grant.User == user && grant.Team == team, cancellationToken);
    }

    /// <summary>Revokes one grant; an administrator may, and the system.</summary>
    public Task<RevokeOutcome> RunAsync(Actor actor, ModelGrantId id, string modelName, CancellationToken cancellationToken) =>
        RunAsync(actor, modelName, grant => grant.Id == id, cancellationToken);

    private Task<RevokeOutcome> RunAsync(
        Actor actor, string modelName, Expression<Func<ModelGrant, bool>> which, CancellationToken cancellationToken) =>
        gate.RunAsync<RevokeOutcome>(actor, async change =>
        {
            Model? model = await change.Db.Models.FirstOrDefaultAsync(row => row.Name == modelName, cancellationToken);
            Standing standing = await Standing.LoadAsync(change.Db, actor, model, cancellationToken);
            if (standing.RefusalFor(Right.Administer) is Refusal refusal)
            {
                return new RevokeOutcome.Refused(refusal);
            }

            ModelGrant[] grants = model is null ? [] : await change.Db.Grants
                .Where(grant => grant.Model == model.Id && grant.RevokedAt == null).Where(which).ToArrayAsync(cancellationToken);
            if (grants.Length == 0)
            {
                return new RevokeOutcome.Refused(new Refusal("no-grant", "There is no such grant on such a model."));
            }

            foreach (ModelGrant grant in grants)
            {
                change.Change(grant, "grant.revoked", model!.Subject, row => row.Revoke(change.Now));
            }

            return new RevokeOutcome.Revoked();
        }, cancellationToken);
}

/// <summary>What came of a revocation.</summary>
public abstract record RevokeOutcome
{
    private RevokeOutcome()
    {
    }

    /// <summary>The grant gives nothing any more.</summary>
    public sealed record Revoked : RevokeOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : RevokeOutcome;
}
