using Governance.Registry.Access;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.ServiceAccounts;

/// <summary>A service account as pages list it.</summary>
/// <param name="Id">The account.</param>
/// <param name="Name">Its user name.</param>
/// <param name="DisplayName">What pages call it.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="OwnerName">Their display name.</param>
/// <param name="Roles">What it is for.</param>
/// <param name="Deactivated">Whether it may do nothing.</param>
/// <param name="Tokens">How many of its tokens may still be used.</param>
public sealed record ServiceAccountView(
    UserId Id, string Name, string DisplayName, UserId Owner, string OwnerName, IReadOnlySet<Role> Roles, bool Deactivated, int Tokens);

/// <summary>Reads service accounts.</summary>
public sealed class ServiceAccountQueries(IDbContextFactory<GovernanceDb> contexts, TimeProvider clock)
{
    /// <summary>All of them, the active ones first, by name.</summary>
    public async Task<IReadOnlyList<ServiceAccountView>> AllAsync(CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        IReadOnlyDictionary<UserId, string> names = await PeopleQueries.NamesAsync(db, cancellationToken);
        DateTimeOffset now = clock.GetUtcNow();
        List<ServiceAccountView> views = [];
        foreach (GovernanceUser account in await db.Users.AsNoTracking()
            .Where(row => row.Kind == AccountKind.Service).ToListAsync(cancellationToken))
        {
            UserId id = account.Person;
            UserId owner = account.Owner ?? throw new InvalidOperationException("A service account without an owner.");
            views.Add(new ServiceAccountView(
                id, account.UserName ?? "", account.DisplayName, owner, names.GetValueOrDefault(owner, ""),
                await Standing.RolesOfAsync(db, id, cancellationToken), account.Deactivated,
                await db.Tokens.CountAsync(
                    token => token.Account == id && token.RevokedAt == null && token.ExpiresAt > now && token.Secret != null, cancellationToken)));
        }

        return [.. views.OrderBy(view => view.Deactivated).ThenBy(view => view.Name, StringComparer.OrdinalIgnoreCase)];
    }
}
