using Governance.Registry.Access;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Versions;

/// <summary>Reads who someone is and how they stand to a model, from the database and never from the cookie.</summary>
internal static class ReadStanding
{
    /// <summary>The person; without roles where the account is deactivated or gone.</summary>
    public static async Task<Person> PersonAsync(GovernanceDb db, UserId user, CancellationToken cancellationToken)
    {
        GovernanceUser? account = await db.Users.AsNoTracking().FirstOrDefaultAsync(row => row.Id == user.Value, cancellationToken);
        if (account is null or { Deactivated: true })
        {
            return new Person(user, account?.DisplayName ?? "", new HashSet<Role>());
        }

        List<string?> names = await db.UserRoles.Where(row => row.UserId == user.Value)
            .Join(db.Roles, row => row.RoleId, role => role.Id, (_, role) => role.Name).ToListAsync(cancellationToken);
        return new Person(
            user, account.DisplayName, names.Where(name => Enum.TryParse<Role>(name, out _)).Select(name => Enum.Parse<Role>(name!)).ToHashSet());
    }

    /// <summary>The person and their relation to one model.</summary>
    public static async Task<(Person Person, ModelRelation Relation)> LoadAsync(
        GovernanceDb db, UserId user, Model model, CancellationToken cancellationToken)
    {
        ModelId id = model.Id;
        ModelGrant[] grants = await db.Grants.AsNoTracking()
            .Where(grant => grant.User == user && grant.Model == id && grant.RevokedAt == null).ToArrayAsync(cancellationToken);
        return (await PersonAsync(db, user, cancellationToken), Relation(user, model, grants));
    }

    /// <summary>How someone stands to a model, from their grants that hold.</summary>
    public static ModelRelation Relation(UserId user, Model model, IReadOnlyCollection<ModelGrant> grants) => new(
        grants.Count > 0, model.Owner == user, grants.Any(grant => grant.Explanations), grants.Any(grant => grant.PersonalRows));
}
