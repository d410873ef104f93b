using System.Net;
using System.Net.Sockets;

namespace Governance.Registry.Alerts;

/// <summary>Whether an address lies on the public internet. Pure; whatever is not known to be public is inner.</summary>
/// <remarks>
/// Inner are loopback, private, link-local (cloud metadata lies there), unique-local, carrier-grade NAT, multicast, reserved and
/// documentation ranges, addresses that wrap an IPv4 one, and Azure's metadata address, which is numbered as a public one.
/// Source: IANA special-purpose address registries (RFC 6890 and updates).
/// </remarks>
public static class PublicAddress
{
    private static readonly IPNetwork[] InnerV4 = Networks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4");

    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] InnerV6 = Networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    /// <summary>Whether it is public.</summary>
    public static bool Is(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily switch
        {
            AddressFamily.InterNetwork => !InnerV4.Any(network => network.Contains(plain)),
            AddressFamily.InterNetworkV6 => GlobalV6.Contains(plain) && !InnerV6.Any(network => network.Contains(plain)),
            _ => false,
        };
    }

    private static IPNetwork[] Networks(params string[] texts) => [.. texts.Select(text => IPNetwork.Parse(text))];
}
