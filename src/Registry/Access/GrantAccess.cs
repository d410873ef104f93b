using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Teams;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Access;

/// <summary>Makes a model exist for a person or a team.</summary>
public sealed class GrantAccess(AppendGate gate)
{
    /// <summary>Grants to a person, in all stages and without end; see the other overload.</summary>
    public Task<GrantOutcome> RunAsync(
        Actor actor, UserId user, string modelName, GrantExtras extras, CancellationToken cancellationToken) =>
        RunAsync(actor, new NewGrant(GrantHolder.Of(user), modelName, extras), cancellationToken);

    /// <summary>Grants; an administrator may, and the system, but nobody to themself nor to a team of theirs.</summary>
    /// <remarks>
    /// A grant takes the place of the one that the same holder has with the same stages; with other stages it stands
    /// beside it, and the holder has what the two give together.
    /// </remarks>
    /// <param name="actor">Who grants.</param>
    /// <param name="wanted">What to whom.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<GrantOutcome> RunAsync(Actor actor, NewGrant wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(wanted);
        return gate.RunAsync<GrantOutcome>(actor, async change =>
        {
            Model? model = await change.Db.Models.FirstOrDefaultAsync(row => row.Name == wanted.ModelName, cancellationToken);
            Standing standing = await Standing.LoadAsync(change.Db, actor, model, cancellationToken);
            Refusal? refusal = standing.RefusalFor(Right.Administer)
                ?? await RefusalForAsync(change, actor, model, wanted, cancellationToken);
            return refusal is null
                ? new GrantOutcome.Granted(await ApplyAsync(change, model!, wanted, cancellationToken))
                : new GrantOutcome.Refused(refusal);
        }, cancellationToken);
    }

    private static async Task<Refusal?> RefusalForAsync(
        RegistryChange change, Actor actor, Model? model, NewGrant wanted, CancellationToken cancellationToken)
    {
        if (actor.User is UserId self && (wanted.To.User == self
            || (wanted.To.Team is TeamId own && (await TeamQueries.TeamsOfAsync(change.Db, self, cancellationToken)).Contains(own))))
        {
            return new Refusal("self-grant", "Nobody grants themself a model, nor a team of theirs. Ask another administrator.");
        }

        bool known = wanted.To switch
        {
            { User: UserId user } => await Standing.FindPersonAsync(change.Db, user, cancellationToken) is not null,
            { Team: TeamId team } => await change.Db.Teams.AnyAsync(row => row.Id == team, cancellationToken),
            _ => false,
        };
        return model is null || !known ? new Refusal("unknown", "There is no such model, or no such account or team.")
            : wanted.ExpiresAt is DateTimeOffset end && Microseconds.Truncate(end) <= change.Now ? new Refusal("past-end", "The end of the grant lies in the past. Choose a later day, or none.")
            : null;
    }

    private static async Task<ModelGrant> ApplyAsync(
        RegistryChange change, Model model, NewGrant wanted, CancellationToken cancellationToken)
    {
        ModelId id = model.Id;
        UserId? user = wanted.To.User;
        TeamId? team = wanted.To.Team;
        DateTimeOffset? end = wanted.ExpiresAt is DateTimeOffset at ? Microseconds.Truncate(at) : null;
        bool explanations = wanted.Extras.HasFlag(GrantExtras.Explanations);
        bool personalRows = wanted.Extras.HasFlag(GrantExtras.PersonalRows);
        ModelGrant[] present = await change.Db.Grants
            .Where(grant => grant.User == user && grant.Team == team && grant.Model == id && grant.RevokedAt == null)
            .ToArrayAsync(cancellationToken);
        foreach (ModelGrant grant in present.Where(grant => grant.Stages == wanted.Stages))
        {
            if (grant.Explanations == explanations && grant.PersonalRows == personalRows && grant.ExpiresAt == end)
            {
                return grant;
            }

            change.Change(grant, "grant.revoked", model.Subject, row => row.Revoke(change.Now));
        }

        ModelGrant granted = new(
            ModelGrantId.New(), user, team, id, explanations, personalRows, wanted.Stages, end, change.Actor.User, change.Now);
        change.Add(granted, "grant.given", model.Subject);
        return granted;
    }
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
