using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Sessions;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Accounts;

/// <summary>Takes a person's authenticator app into use, and out of it.</summary>
public sealed class EnrolSecondFactor(
    AppendGate gate, IDbContextFactory<GovernanceDb> contexts, ArtifactStore store, SessionSignal signal, TimeProvider clock)
{
    /// <summary>The key that an app must be given; drawn where there is none yet.</summary>
    /// <returns>20 bytes; null where an app is in use already.</returns>
    public async Task<byte[]?> BeginAsync(UserId user, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        SecondFactor? factor = await db.SecondFactors.AsNoTracking().FirstOrDefaultAsync(row => row.User == user, cancellationToken);
        if (factor is null)
        {
            (byte[] wrapped, string with) = SealedKey.New(store.Keys, user);
            factor = new SecondFactor(user, wrapped, with);
            db.SecondFactors.Add(factor);
            await db.SaveChangesAsync(cancellationToken);
        }

        return factor.ConfirmedAt is null ? SealedKey.Open(store.Keys, factor) : null;
    }

    /// <summary>Takes the app into use once it has shown a code of the key.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="session">The session that goes on; the person's others end.</param>
    /// <param name="code">What the app shows.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <returns>The recovery codes, in the clear for this once; null where the code was wrong.</returns>
    public async Task<IReadOnlyList<string>?> ConfirmAsync(
        UserId user, SessionId session, string code, CancellationToken cancellationToken)
    {
        IReadOnlyList<string>? codes = await gate.RunAsync<IReadOnlyList<string>?>(Actor.Person(user, session.ToString()), async change =>
        {
            SecondFactor? factor = await change.Db.SecondFactors.AsNoTracking()
                .FirstOrDefaultAsync(row => row.User == user && row.ConfirmedAt == null, cancellationToken);
            DateTimeOffset now = Microseconds.Truncate(clock.GetUtcNow());
            if (factor is null || Totp.StepOf(SealedKey.Open(store.Keys, factor), code, now, factor.LastStep) is not long step)
            {
                return null;
            }

            DateTimeOffset? confirmed = now;
            await change.Db.SecondFactors.Where(row => row.User == user).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.ConfirmedAt, confirmed).SetProperty(row => row.LastStep, step), cancellationToken);
            GovernanceUser account = await change.Db.Users.FirstAsync(row => row.Id == user.Value, cancellationToken);
            account.TwoFactorEnabled = true;
            await AccountLeaf.WriteAsync(change, account, "user.second-factor-enrolled", cancellationToken);
            await EndOthersAsync(change, user, session, cancellationToken);
            return await RecoveryCodes.DrawAsync(change.Db, user, cancellationToken);
        }, cancellationToken);
        signal.Tell(user);
        return codes;
    }

    /// <summary>Draws new recovery codes; those from before are void.</summary>
    /// <returns>In the clear for this once; null where no app is in use.</returns>
    public Task<IReadOnlyList<string>?> RenewCodesAsync(UserId user, SessionId session, CancellationToken cancellationToken) =>
        gate.RunAsync<IReadOnlyList<string>?>(Actor.Person(user, session.ToString()), async change =>
        {
            if (!await change.Db.SecondFactors.AnyAsync(row => row.User == user && row.ConfirmedAt != null, cancellationToken))
            {
                return null;
            }

            GovernanceUser account = await change.Db.Users.FirstAsync(row => row.Id == user.Value, cancellationToken);
            await AccountLeaf.WriteAsync(change, account, "user.recovery-codes-drawn", cancellationToken);
            return await RecoveryCodes.DrawAsync(change.Db, user, cancellationToken);
        }, cancellationToken);

    /// <summary>Takes the app out of use, with its recovery codes.</summary>
    /// <param name="actor">The person, or an administrator where the person lost app and codes.</param>
    /// <param name="user">Whose.</param>
    /// <param name="session">The session of the person that goes on; null for none: an administrator's act ends all.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <returns>Why it was refused; null where it was done or there was none.</returns>
    public async Task<Refusal?> RemoveAsync(Actor actor, UserId user, SessionId? session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        Refusal? refusal = await gate.RunAsync<Refusal?>(actor, async change =>
        {
            if (actor.User != user && (await Standing.LoadAsync(change.Db, actor, null, cancellationToken))
                .RefusalFor(Right.Administer) is Refusal denied)
            {
                return denied;
            }

            GovernanceUser? account = await change.Db.Users.FirstOrDefaultAsync(row => row.Id == user.Value, cancellationToken);
            if (account is null)
            {
                return new Refusal("unknown", "There is no such account.");
            }

            if (await change.Db.SecondFactors.Where(row => row.User == user).ExecuteDeleteAsync(cancellationToken) > 0)
            {
                await change.Db.RecoveryCodes.Where(row => row.User == user).ExecuteDeleteAsync(cancellationToken);
                account.TwoFactorEnabled = false;
                await AccountLeaf.WriteAsync(change, account, "user.second-factor-removed", cancellationToken);
                await EndOthersAsync(change, user, session, cancellationToken);
            }

            return null;
        }, cancellationToken);
        signal.Tell(user);
        return refusal;
    }

    private static Task<int> EndOthersAsync(
        RegistryChange change, UserId user, SessionId? but, CancellationToken cancellationToken) => EndSessions.EndAsync(
        change.Db.Sessions.Where(row => row.User == user && (but == null || row.Id != but)), SessionEnd.CredentialsChanged, change.Now, cancellationToken);
}
