using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Sessions;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Accounts;

/// <summary>An account as administrators see it.</summary>
/// <param name="Person">Who, with the roles that they hold; none while deactivated.</param>
/// <param name="UserName">For signing in.</param>
/// <param name="Email">For messages; null for none.</param>
/// <param name="Roles">The roles, also of a deactivated account.</param>
/// <param name="Deactivated">Whether it may do nothing.</param>
/// <param name="HasPassword">False for one that was invited and has not answered.</param>
/// <param name="HasApp">Whether an authenticator app is in use.</param>
/// <param name="Passkeys">How many passkeys there are.</param>
/// <param name="LockedUntil">Null where it is not locked.</param>
/// <param name="LinkUntil">Until when an open link is good; null where there is none.</param>
/// <param name="LastSeenAt">The last request of any session; null for never.</param>
/// <param name="OpenSessions">How many sessions last.</param>
public sealed record AccountLine(
    Person Person, string UserName, string? Email, IReadOnlyList<Role> Roles, bool Deactivated, bool HasPassword, bool HasApp,
    int Passkeys, DateTimeOffset? LockedUntil, DateTimeOffset? LinkUntil, DateTimeOffset? LastSeenAt, int OpenSessions);

/// <summary>Reads accounts for administrators.</summary>
public sealed class AccountQueries(IDbContextFactory<GovernanceDb> contexts, TimeProvider clock)
{
    /// <summary>Whether anybody has an account yet.</summary>
    public async Task<bool> AnyAsync(CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Users.AnyAsync(cancellationToken);
    }

    /// <summary>Accounts by user name.</summary>
    /// <param name="viewer">Who looks; whoever may not administer sees none.</param>
    /// <param name="search">A part of user name, display name or e-mail address, in any case; null or blank for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<AccountLine>> ListAsync(Actor viewer, string? search, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        if ((await Standing.LoadAsync(db, viewer, null, cancellationToken)).RefusalFor(Right.Administer) is not null)
        {
            return [];
        }

        string wanted = search?.Trim() ?? "";
        GovernanceUser[] users = [.. (await db.Users.AsNoTracking().Where(row => row.Kind == AccountKind.Person).OrderBy(row => row.NormalizedUserName).ToListAsync(cancellationToken))
            .Where(user => wanted.Length == 0 || new[] { user.UserName, user.DisplayName, user.Email }
                .Any(text => text?.Contains(wanted, StringComparison.OrdinalIgnoreCase) == true))];
        return await DescribeAsync(db, users, cancellationToken);
    }

    /// <summary>One account; null where there is none of that name, or for whoever may not administer.</summary>
    public async Task<AccountLine?> FindAsync(Actor viewer, string userName, CancellationToken cancellationToken) =>
        (await ListAsync(viewer, userName, cancellationToken))
            .FirstOrDefault(line => line.UserName.Equals(userName, StringComparison.OrdinalIgnoreCase));

    private async Task<IReadOnlyList<AccountLine>> DescribeAsync(
        GovernanceDb db, GovernanceUser[] users, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        ILookup<Guid, string?> roles = (await db.UserRoles
            .Join(db.Roles, row => row.RoleId, role => role.Id, (row, role) => new { row.UserId, role.Name })
            .ToListAsync(cancellationToken)).ToLookup(row => row.UserId, row => row.Name);
        HashSet<UserId> apps = [.. await db.SecondFactors.Where(row => row.ConfirmedAt != null).Select(row => row.User).ToListAsync(cancellationToken)];
        Dictionary<Guid, int> passkeys = await db.UserPasskeys.GroupBy(row => row.UserId)
            .ToDictionaryAsync(group => group.Key, group => group.Count(), cancellationToken);
        Dictionary<UserId, DateTimeOffset> links = (await db.AccountLinks.AsNoTracking()
            .Where(row => row.UsedAt == null && row.ExpiresAt > now).ToListAsync(cancellationToken))
            .GroupBy(row => row.User).ToDictionary(group => group.Key, group => group.Max(row => row.ExpiresAt));
        Dictionary<UserId, DateTimeOffset> seen = await db.Sessions.GroupBy(row => row.User)
            .ToDictionaryAsync(group => group.Key, group => group.Max(row => row.LastSeenAt), cancellationToken);
        ILookup<UserId, Session> open = (await db.Sessions.AsNoTracking().Where(row => row.EndedAt == null).ToListAsync(cancellationToken))
            .Where(row => SessionPolicy.EndOf(row, now) is null).ToLookup(row => row.User);
        return
        [
            .. users.Select(user =>
            {
                Role[] held = [.. roles[user.Id].Where(name => Enum.TryParse<Role>(name, out _)).Select(name => Enum.Parse<Role>(name!)).Order()];
                return new AccountLine(
                    new Person(user.Person, user.DisplayName, user.Deactivated ? new HashSet<Role>() : held.ToHashSet()),
                    user.UserName!, user.Email, held, user.Deactivated, user.PasswordHash is not null, apps.Contains(user.Person),
                    passkeys.GetValueOrDefault(user.Id), user.LockoutEnd > now ? user.LockoutEnd : null,
                    links.TryGetValue(user.Person, out DateTimeOffset until) ? until : null,
                    seen.TryGetValue(user.Person, out DateTimeOffset at) ? at : null, open[user.Person].Count());
            }),
        ];
    }
}
