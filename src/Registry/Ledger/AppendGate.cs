using Governance.Registry.Access;
using Governance.Registry.BreakGlass;
using Governance.Registry.Checkpoints;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Governance.Registry.Ledger;

/// <summary>
/// The only way to change what is governed: one context, one transaction, the change and its ledger entries in it.
/// Whoever is killed in between leaves both or neither.
/// </summary>
/// <remarks>
/// Writers stand in line twice: in this process at a semaphore, between processes at the database (SQLite
/// <c>BEGIN IMMEDIATE</c>, PostgreSQL an advisory lock), so that sequence and time of the ledger never cross.
/// </remarks>
public sealed class AppendGate(IDbContextFactory<GovernanceDb> contexts, SealSignal signal, TimeProvider clock) : IDisposable
{
    // Any constant does; this one spells "gov led" so that it can be told apart in pg_locks.
    private const long AdvisoryLock = 0x676f765f6c6564;

    private readonly SemaphoreSlim oneWriter = new(1, 1);
    private long changes;

    /// <summary>
    /// How many changes this process has committed. While it stays the same, nothing that is governed changed here; what
    /// other processes changed it does not know.
    /// </summary>
    public long Changes => Interlocked.Read(ref changes);

    /// <summary>Runs a change; judges again once if another writer was first.</summary>
    /// <typeparam name="TOutcome">What the use case answers.</typeparam>
    /// <param name="actor">Who does it.</param>
    /// <param name="change">Loads, asks the policy, adds rows and records entries. It may run twice.</param>
    /// <param name="cancellationToken">Ends it before the commit, and then nothing happened.</param>
    /// <returns>What <paramref name="change"/> answered. Without a recorded entry nothing is saved.</returns>
    /// <exception cref="InvalidOperationException">Rows were changed, but no entry says so.</exception>
    public async Task<TOutcome> RunAsync<TOutcome>(
        Actor actor, Func<RegistryChange, Task<TOutcome>> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(change);
        await oneWriter.WaitAsync(cancellationToken);
        try
        {
            try
            {
                return await OnceAsync(actor, change, cancellationToken);
            }
            catch (DbUpdateException)
            {
                return await OnceAsync(actor, change, cancellationToken); // the second answer is final
            }
        }
        finally
        {
            oneWriter.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => oneWriter.Dispose();

    // Every action of someone for whom a break-glass is in force is flagged, on whatever model: the reviewer tells them apart.
    private static async Task<Actor> FlagAsync(GovernanceDb db, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        BreakGlassRequest? request = actor.User is not UserId user ? null
            : (await Holdings.OpenedAsync(db, user, now, cancellationToken)).FirstOrDefault(row => row.StateAt(now) == BreakGlassState.InForce);
        return request is null ? actor : actor with { BreakGlass = request.Id };
    }

    private async Task<TOutcome> OnceAsync<TOutcome>(
        Actor actor, Func<RegistryChange, Task<TOutcome>> change, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (db.Database.IsNpgsql())
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({AdvisoryLock})", cancellationToken);
        }

        LedgerEntry? last = await db.Ledger.AsNoTracking().OrderByDescending(entry => entry.Sequence)
            .FirstOrDefaultAsync(cancellationToken);
        DateTimeOffset now = Microseconds.Truncate(clock.GetUtcNow());
        if (last is not null && now < last.At)
        {
            now = last.At; // a clock set back must not turn the ledger round
        }

        long? checkpoint = await db.Checkpoints.MaxAsync(row => (long?)row.Size, cancellationToken);
        RegistryChange running = new(db, await FlagAsync(db, actor, now, cancellationToken), now, checkpoint);
        TOutcome outcome = await change(running);
        if (running.Leaves.Count == 0)
        {
            return db.ChangeTracker.HasChanges()
                ? throw new InvalidOperationException("A change without a ledger entry was asked for.")
                : outcome;
        }

        long sequence = last is null ? 0 : last.Sequence + 1;
        foreach (LedgerLeaf leaf in running.Leaves)
        {
            db.Ledger.Add(LedgerEntry.Of(leaf with { Sequence = sequence++ }));
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Interlocked.Increment(ref changes);
        signal.Committed(running.Leaves);
        return outcome;
    }
}
