using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Access;

/// <summary>Takes a model away from a person: from then on it does not exist for them.</summary>
public sealed class RevokeAccess(AppendGate gate)
{
    /// <summary>Revokes every grant that the person has on the model; an administrator may, and the system.</summary>
    public Task<RevokeOutcome> RunAsync(Actor actor, UserId user, string modelName, CancellationToken cancellationToken) =>
        gate.RunAsync<RevokeOutcome>(actor, async change =>
        {
            Model? model = await change.Db.Models.FirstOrDefaultAsync(row => row.Name == modelName, cancellationToken);
            Standing standing = await Standing.LoadAsync(change.Db, actor, model, cancellationToken);
            if (standing.RefusalFor(Right.Administer) is Refusal refusal)
            {
                return new RevokeOutcome.Refused(refusal);
            }

            ModelGrant[] grants = model is null ? [] : await change.Db.Grants
                .Where(grant => grant.User == user && grant.Model == model.Id && grant.RevokedAt == null)
                .ToArrayAsync(cancellationToken);
            if (grants.Length == 0)
            {
                return new RevokeOutcome.Refused(new Refusal("no-grant", "This person has no grant on such a model."));
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

    /// <summary>The model does not exist for the person any more.</summary>
    public sealed record Revoked : RevokeOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : RevokeOutcome;
}
