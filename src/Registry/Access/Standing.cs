using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
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

    /// <summary>Reads how the actor stands to a model as a whole: a grant for certain stages counts while a version is in one.</summary>
    /// <exception cref="InvalidOperationException">The actor's account does not exist.</exception>
    public static Task<Standing> LoadAsync(GovernanceDb db, Actor actor, Model? model, CancellationToken cancellationToken) =>
        LoadAsync(db, actor, model, null, cancellationToken);

    /// <summary>Reads how the actor stands to one version, or to a model as a whole.</summary>
    /// <param name="db">Where to read; its clock says what has expired.</param>
    /// <param name="actor">Who.</param>
    /// <param name="model">The model; null for rights that concern none.</param>
    /// <param name="stage">The stage of the version that it is about; null for the model as a whole.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">The actor's account does not exist.</exception>
    public static async Task<Standing> LoadAsync(
        GovernanceDb db, Actor actor, Model? model, Stage? stage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.User is not UserId user)
        {
            return new Standing(null, default);
        }

        Holdings holdings = await Holdings.LoadAsync(db, user, cancellationToken)
            ?? throw new InvalidOperationException("The actor has no account.");
        return new Standing(holdings.Person, model is null ? default : holdings.RelationTo(model, stage));
    }

    /// <summary>The account as the rules see it: a deactivated one has no roles.</summary>
    public static async Task<Person?> FindPersonAsync(GovernanceDb db, UserId user, CancellationToken cancellationToken)
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
