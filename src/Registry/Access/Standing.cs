using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Access;

/// <summary>How someone stands to a model at this moment, read from the database and never from the caller.</summary>
/// <param name="Person">Who; null for the system.</param>
/// <param name="Relation">Grants and ownership.</param>
public sealed record Standing(Person? Person, ModelRelation Relation)
{
    /// <summary>Full for the system, which has no roles but may look at everything.</summary>
    public ModelVisibility Visibility =>
        Person is null ? ModelVisibility.Full : AccessPolicy.VisibilityOf(Person.Roles, Relation);

    /// <summary>Why a right is refused, or null. The system is refused nothing here: its use cases judge it themselves.</summary>
    public Refusal? RefusalFor(Right right) =>
        Person is null || AccessPolicy.Decide(Person.Roles, right, Relation).Allowed ? null : RightsRefusals.For(right);

    /// <summary>Reads how the actor stands to a model.</summary>
    /// <exception cref="InvalidOperationException">The actor's account does not exist.</exception>
    internal static async Task<Standing> LoadAsync(
        GovernanceDb db, Actor actor, Model? model, CancellationToken cancellationToken)
    {
        if (actor.User is not UserId user)
        {
            return new Standing(null, default);
        }

        Person person = await FindPersonAsync(db, user, cancellationToken)
            ?? throw new InvalidOperationException("The actor has no account.");
        if (model is null)
        {
            return new Standing(person, default);
        }

        ModelId id = model.Id;
        ModelGrant[] grants = await db.Grants.AsNoTracking()
            .Where(grant => grant.User == user && grant.Model == id && grant.RevokedAt == null)
            .ToArrayAsync(cancellationToken);
        return new Standing(person, new ModelRelation(
            grants.Length > 0, model.Owner == user,
            grants.Any(grant => grant.Explanations), grants.Any(grant => grant.PersonalRows)));
    }

    /// <summary>The account as the rules see it: a deactivated one has no roles.</summary>
    internal static async Task<Person?> FindPersonAsync(GovernanceDb db, UserId user, CancellationToken cancellationToken)
    {
        GovernanceUser? account = await db.Users.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Id == user.Value, cancellationToken);
        return account is null
            ? null
            : new Person(user, account.DisplayName, account.Deactivated
                ? new HashSet<Role>()
                : await RolesOfAsync(db, user, cancellationToken));
    }

    internal static async Task<HashSet<Role>> RolesOfAsync(
        GovernanceDb db, UserId user, CancellationToken cancellationToken)
    {
        List<string?> names = await db.UserRoles.Where(row => row.UserId == user.Value)
            .Join(db.Roles, row => row.RoleId, role => role.Id, (_, role) => role.Name)
            .ToListAsync(cancellationToken);
        return [.. names.Where(name => Enum.TryParse<Role>(name, out _)).Select(name => Enum.Parse<Role>(name!))];
    }
}
