using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Access;

/// <summary>Makes a model exist for a person.</summary>
public sealed class GrantAccess(AppendGate gate)
{
    /// <summary>Grants; an administrator may, and the system, but nobody to themself.</summary>
    /// <param name="actor">Who grants.</param>
    /// <param name="user">To whom.</param>
    /// <param name="modelName">Which model, by name: administrators know models by nothing else.</param>
    /// <param name="extras">What a plain grant does not give.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<GrantOutcome> RunAsync(
        Actor actor, UserId user, string modelName, GrantExtras extras, CancellationToken cancellationToken) =>
        gate.RunAsync<GrantOutcome>(actor, async change =>
        {
            Model? model = await change.Db.Models.FirstOrDefaultAsync(row => row.Name == modelName, cancellationToken);
            Standing standing = await Standing.LoadAsync(change.Db, actor, model, cancellationToken);
            if (standing.RefusalFor(Right.Administer) is Refusal refusal)
            {
                return new GrantOutcome.Refused(refusal);
            }

            if (actor.User == user)
            {
                return new GrantOutcome.Refused(new Refusal(
                    "self-grant", "Nobody grants themself a model. Ask another administrator."));
            }

            if (model is null || await Standing.FindPersonAsync(change.Db, user, cancellationToken) is null)
            {
                return new GrantOutcome.Refused(new Refusal("unknown", "There is no such model or no such account."));
            }

            ModelId id = model.Id;
            ModelGrant? present = await change.Db.Grants.FirstOrDefaultAsync(
                grant => grant.User == user && grant.Model == id && grant.RevokedAt == null, cancellationToken);
            bool explanations = extras.HasFlag(GrantExtras.Explanations);
            bool personalRows = extras.HasFlag(GrantExtras.PersonalRows);
            if (present is not null && present.Explanations == explanations && present.PersonalRows == personalRows)
            {
                return new GrantOutcome.Granted(present);
            }

            if (present is not null)
            {
                change.Change(present, "grant.revoked", model.Subject, grant => grant.Revoke(change.Now));
            }

            ModelGrant granted = new(
                ModelGrantId.New(), user, model.Id, explanations, personalRows, actor.User, change.Now);
            change.Add(granted, "grant.given", model.Subject);
            return new GrantOutcome.Granted(granted);
        }, cancellationToken);
}

/// <summary>What a plain grant does not give.</summary>
[Flags]
public enum GrantExtras
{
    None = 0,

    /// <summary>A consumer may ask for explanations of rows.</summary>
    Explanations = 1,

    /// <summary>A reviewer may see rows with personal data; every look is logged.</summary>
    PersonalRows = 2,
}

/// <summary>What came of a grant.</summary>
public abstract record GrantOutcome
{
    private GrantOutcome()
    {
    }

    /// <summary>It holds now (or held already).</summary>
    public sealed record Granted(ModelGrant Grant) : GrantOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : GrantOutcome;
}
