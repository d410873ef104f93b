using Governance.Registry.Access;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Sessions;

/// <summary>Counts tries to sign in to an account, and locks it after too many wrong ones. Passwords and codes count together.</summary>
/// <remarks>
/// A try is counted before it is looked at, by one statement of the database, so that a hundred guesses sent at once are
/// no more than <see cref="Most"/>.
/// </remarks>
public sealed class SignInAttempts(IDbContextFactory<GovernanceDb> contexts, TimeProvider clock)
{
    /// <summary>Wrong tries in a row after which an account is locked.</summary>
    public const int Most = 5;

    /// <summary>For how long it is locked.</summary>
    public static readonly TimeSpan LockedTime = TimeSpan.FromMinutes(15);

    /// <summary>Takes a try.</summary>
    /// <returns>Until when the account is locked; null where the try may be looked at.</returns>
    public async Task<DateTimeOffset?> TakeAsync(UserId user, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset now = Microseconds.Truncate(clock.GetUtcNow());
        int taken = await db.Users
            .Where(row => row.Id == user.Value && row.AccessFailedCount < Most && (row.LockoutEnd == null || row.LockoutEnd <= now))
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.AccessFailedCount, row => row.AccessFailedCount + 1), cancellationToken);
        if (taken > 0)
        {
            return null;
        }

        // All tries are taken, but the one that locks has not answered yet, or its process died: lock now.
        DateTimeOffset? until = await LockedUntilAsync(db, user, now, cancellationToken);
        return until ?? await LockAsync(db, user, now, cancellationToken);
    }

    /// <summary>The try was wrong.</summary>
    /// <returns>Until when the account is locked by it; null where it is not.</returns>
    public async Task<DateTimeOffset?> FailAsync(UserId user, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset now = Microseconds.Truncate(clock.GetUtcNow());
        int failed = await db.Users.Where(row => row.Id == user.Value).Select(row => row.AccessFailedCount)
            .FirstOrDefaultAsync(cancellationToken);
        return failed >= Most
            ? await LockAsync(db, user, now, cancellationToken)
            : await LockedUntilAsync(db, user, now, cancellationToken);
    }

    /// <summary>The person is in: earlier tries are forgotten, and so is a lock.</summary>
    public async Task ClearAsync(UserId user, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset? none = null;
        await db.Users.Where(row => row.Id == user.Value && (row.AccessFailedCount != 0 || row.LockoutEnd != null)).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.AccessFailedCount, 0).SetProperty(row => row.LockoutEnd, none), cancellationToken);
    }

    /// <summary>The password was right and a code is still to come: the try is given back, earlier wrong ones are not forgotten.</summary>
    public async Task GiveBackAsync(UserId user, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Users.Where(row => row.Id == user.Value && row.AccessFailedCount > 0).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.AccessFailedCount, row => row.AccessFailedCount - 1), cancellationToken);
    }

    private static async Task<DateTimeOffset?> LockedUntilAsync(
        GovernanceDb db, UserId user, DateTimeOffset now, CancellationToken cancellationToken) =>
        await db.Users.Where(row => row.Id == user.Value && row.LockoutEnd > now).Select(row => row.LockoutEnd)
            .FirstOrDefaultAsync(cancellationToken);

    private static async Task<DateTimeOffset?> LockAsync(
        GovernanceDb db, UserId user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DateTimeOffset? until = now + LockedTime;
        await db.Users.Where(row => row.Id == user.Value).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.LockoutEnd, until).SetProperty(row => row.AccessFailedCount, 0), cancellationToken);
        return until;
    }
}
