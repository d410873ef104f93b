using System.Collections.Concurrent;
using System.Net;

namespace Governance.Portal.Security;

/// <summary>Slows down whoever tries secrets: so many failures of one address in a minute, then none is looked at.</summary>
/// <remarks>In the memory of this process; several processes allow as many times as much.</remarks>
internal sealed class FailureLimit(TimeProvider clock)
{
    /// <summary>Failures of one address within <see cref="Window"/> after which it has to wait.</summary>
    public const int Most = 20;

    /// <summary>How long failures count.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    // Beyond it the oldest half is forgotten, so that many addresses cannot fill the memory.
    private const int MostAddresses = 20_000;

    private readonly ConcurrentDictionary<IPAddress, (int Count, DateTimeOffset Since)> failures = new();

    /// <summary>How long an address has to wait before it is looked at again; null for not at all.</summary>
    public TimeSpan? WaitOf(IPAddress? from) =>
        from is not null && failures.TryGetValue(from, out (int Count, DateTimeOffset Since) seen) && seen.Count >= Most
        && seen.Since + Window - clock.GetUtcNow() is { Ticks: > 0 } rest
            ? rest
            : null;

    /// <summary>Counts a failure.</summary>
    public void Note(IPAddress? from)
    {
        if (from is null)
        {
            return;
        }

        DateTimeOffset now = clock.GetUtcNow();
        failures.AddOrUpdate(from, (1, now), (_, seen) => now - seen.Since < Window ? (seen.Count + 1, seen.Since) : (1, now));
        if (failures.Count > MostAddresses)
        {
            foreach (IPAddress old in failures.OrderBy(each => each.Value.Since).Take(MostAddresses / 2).Select(each => each.Key).ToArray())
            {
                failures.TryRemove(old, out _);
            }
        }
    }
}
