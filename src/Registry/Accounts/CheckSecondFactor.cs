using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Accounts;

/// <summary>Looks at a code of an authenticator app or at a recovery code. Each is good once.</summary>
public sealed class CheckSecondFactor(IDbContextFactory<GovernanceDb> contexts, ArtifactStore store, TimeProvider clock)
{
    /// <summary>Whether a person has an authenticator app in use.</summary>
    public async Task<bool> IsEnrolledAsync(UserId user, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.SecondFactors.AnyAsync(row => row.User == user && row.ConfirmedAt != null, cancellationToken);
    }

    /// <summary>How many recovery codes a person has left.</summary>
    public async Task<int> CodesLeftAsync(UserId user, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.RecoveryCodes.CountAsync(row => row.User == user && row.UsedAt == null, cancellationToken);
    }

    /// <summary>Checks what an app shows and uses it up: of two requests with the same code one is refused.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="code">Six digits; spaces do not count.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<bool> CodeAsync(UserId user, string code, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        SecondFactor? factor = await db.SecondFactors.AsNoTracking()
            .FirstOrDefaultAsync(row => row.User == user && row.ConfirmedAt != null, cancellationToken);
        return factor is not null
            && Totp.StepOf(SealedKey.Open(store.Keys, factor), code, clock.GetUtcNow(), factor.LastStep) is long step
            && await db.SecondFactors.Where(row => row.User == user && row.LastStep < step)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastStep, step), cancellationToken) > 0;
    }

    /// <summary>Checks a recovery code and uses it up.</summary>
    public async Task<bool> RecoveryAsync(UserId user, string code, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(code);
        string hash = RecoveryCodes.HashOf(code);
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset? now = Microseconds.Truncate(clock.GetUtcNow());
        return await db.SecondFactors.AnyAsync(row => row.User == user && row.ConfirmedAt != null, cancellationToken)
            && await db.RecoveryCodes.Where(row => row.User == user && row.Hash == hash && row.UsedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, now), cancellationToken) > 0;
    }
}
