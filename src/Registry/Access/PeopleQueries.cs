using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Access;

/// <summary>Reads people: who they are, what they may, how they stand to a model.</summary>
public sealed class PeopleQueries(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>A person with their roles now; null where there is no account.</summary>
    public async Task<Person?> FindAsync(UserId user, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Standing.FindPersonAsync(db, user, cancellationToken);
    }

    /// <summary>A person by their user name, in any case; null where there is no account.</summary>
    public async Task<Person?> FindByUserNameAsync(string userName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(userName);
        string normalized = userName.Trim().ToUpperInvariant();
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        GovernanceUser? account = await db.Users.AsNoTracking()
            .FirstOrDefaultAsync(row => row.NormalizedUserName == normalized, cancellationToken);
        return account is null ? null : await Standing.FindPersonAsync(db, account.Person, cancellationToken);
    }

    /// <summary>Display names by id, for pages that show who did something.</summary>
    internal static async Task<IReadOnlyDictionary<UserId, string>> NamesAsync(
        GovernanceDb db, CancellationToken cancellationToken) =>
        await db.Users.AsNoTracking().ToDictionaryAsync(row => new UserId(row.Id), row => row.DisplayName, cancellationToken);
}
