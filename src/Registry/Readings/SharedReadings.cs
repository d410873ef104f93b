using System.Collections.Concurrent;
using Governance.Registry.Ledger;

namespace Governance.Registry.Readings;

/// <summary>Remembers what was read, by key, for as long as nothing changes and it is not too old. Safe to use from several threads.</summary>
/// <remarks>
/// Callers who need the same at once share one reading, and from half its age on it is read again behind them, so that under
/// steady traffic nobody waits. A reading that failed is not remembered.
/// </remarks>
/// <typeparam name="TKey">What is asked for.</typeparam>
/// <typeparam name="TValue">What was read. Never changed by whoever gets it: others get the same.</typeparam>
/// <param name="maxAge">How long a reading is used.</param>
/// <param name="most">Beyond so many keys all are forgotten.</param>
/// <param name="clock">Says how old a reading is; where it is set back, readings count as old.</param>
/// <param name="read">Reads, for all who wait: nobody's leaving ends it.</param>
public sealed class SharedReadings<TKey, TValue>(TimeSpan maxAge, int most, TimeProvider clock, Func<TKey, Task<TValue>> read)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Reading> readings = new();

    /// <summary>What is remembered, or else read now.</summary>
    /// <param name="key">What is asked for.</param>
    /// <param name="mark">Readings of another mark are not used.</param>
    /// <param name="cancellationToken">Ends the waiting, not the reading.</param>
    public async ValueTask<TValue> OfAsync(TKey key, LedgerMark mark, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        Reading reading = Take(key, mark, now);
        if (reading.IsOlder(now, maxAge / 2) && reading.MayRenew())
        {
            _ = RenewAsync(key, reading, mark, now);
        }

        try
        {
            return await reading.ValueAsync(cancellationToken);
        }
        catch when (reading.HasFailed)
        {
            readings.TryRemove(new(key, reading)); // not to remember a failure
            throw;
        }
    }

    // The reading that counts: the one there, or a new one that all who come meanwhile wait for.
    private Reading Take(TKey key, LedgerMark mark, DateTimeOffset now)
    {
        while (true)
        {
            if (readings.TryGetValue(key, out Reading? known) && known.Mark == mark && !known.IsOlder(now, maxAge))
            {
                return known;
            }

            if (known is null && readings.Count >= most)
            {
                readings.Clear();
            }

            Reading mine = new(mark, now, () => read(key));
            if (known is null ? readings.TryAdd(key, mine) : readings.TryUpdate(key, mine, known))
            {
                return mine;
            }
        }
    }

    // A renewal that fails is forgotten: whoever comes after the greatest age reads again and is told.
    private async Task RenewAsync(TKey key, Reading old, LedgerMark mark, DateTimeOffset now)
    {
        Reading next = new(mark, now, () => Task.Run(() => read(key)));
        await next.EndAsync(CancellationToken.None);
        if (next.HasSucceeded)
        {
            readings.TryUpdate(key, next, old);
        }
    }

    private sealed class Reading(LedgerMark mark, DateTimeOffset at, Func<Task<TValue>> read)
    {
        private readonly Lazy<Task<TValue>> value = new(read);
        private int renewing;

        public LedgerMark Mark => mark;

        public bool HasSucceeded => value.Value.IsCompletedSuccessfully;

        public bool HasFailed => value.Value.IsFaulted;

        public bool IsOlder(DateTimeOffset now, TimeSpan age) => now < at || now - at >= age;

        public bool MayRenew() => HasSucceeded && Interlocked.Exchange(ref renewing, 1) == 0;

        public Task<TValue> ValueAsync(CancellationToken cancellationToken) => value.Value.WaitAsync(cancellationToken);

        // However it ends.
        public Task EndAsync(CancellationToken cancellationToken) =>
            value.Value.ContinueWith(_ => { }, cancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
    }
}
