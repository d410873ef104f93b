using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Governance.Portal.Features.Accounts;

/// <summary>Slows down whoever fails to sign in again and again from one address, so that names cannot be locked in bulk (ASVS 6.3.1).</summary>
/// <remarks>
/// Counts failures only: an office behind one address signs in as often as it likes. A try is counted before it is looked
/// at and given back if it was right, so that tries sent at once count too. IPv6 addresses count by their /64.
/// </remarks>
internal sealed class SignInSlowDown(TimeProvider clock)
{
    /// <summary>Failures from one address within <see cref="Window"/> after which it has to wait.</summary>
    public const int Most = 20;

    /// <summary>For how long failures count.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private const int ManyAddresses = 10_000;

    private readonly ConcurrentDictionary<IPAddress, Count> counts = new();

    /// <summary>Takes a try.</summary>
    /// <returns>How long the address has to wait; null where the try may be looked at.</returns>
    public TimeSpan? Take(IPAddress? address)
    {
        DateTimeOffset now = clock.GetUtcNow();
        Count count = counts.AddOrUpdate(
            NetworkOf(address), _ => new Count(1, now),
            (_, known) => now - known.Since >= Window ? new Count(1, now) : known with { Tries = known.Tries + 1 });
        Prune(now);
        return count.Tries > Most ? count.Since + Window - now : null;
    }

    /// <summary>The try was right.</summary>
    public void GiveBack(IPAddress? address)
    {
        IPAddress network = NetworkOf(address);
        while (counts.TryGetValue(network, out Count? known) && known.Tries > 0
            && !counts.TryUpdate(network, known with { Tries = known.Tries - 1 }, known))
        {
            // Another try of this address came between: once more.
        }
    }

    private static IPAddress NetworkOf(IPAddress? address)
    {
        if (address is null || address.IsIPv4MappedToIPv6)
        {
            return address?.MapToIPv4() ?? IPAddress.None;
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        byte[] bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear(); // one customer has a whole /64
        return new IPAddress(bytes);
    }

    private void Prune(DateTimeOffset now)
    {
        if (counts.Count > ManyAddresses)
        {
            foreach ((IPAddress address, _) in counts.Where(pair => now - pair.Value.Since >= Window))
            {
                counts.TryRemove(address, out _);
            }
        }
    }

    private sealed record Count(int Tries, DateTimeOffset Since);
}
