using System.Net;
using System.Net.Mail;
using Governance.Registry.Access;

namespace Governance.Registry.Alerts;

/// <summary>What may be a destination. Pure: it resolves no name; names are judged when something is sent.</summary>
public static class DestinationPolicy
{
    /// <summary>Why an address cannot be a webhook, or null where it can.</summary>
    /// <param name="address">As somebody wrote it.</param>
    /// <param name="innerAllowed">Whether its host may lie on an inner network; then plain HTTP to this machine itself is allowed too.</param>
    public static Refusal? RefusalOfWebhook(string? address, bool innerAllowed)
    {
        if (address is null || address.Length > AlertDestination.MaxAddressLength || !Uri.TryCreate(address, UriKind.Absolute, out Uri? url))
        {
            return new Refusal("bad-address", "A webhook is an address such as https://hooks.example.org/governance.");
        }

        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0 || url.Host.Length == 0)
        {
            return new Refusal("bad-address", "The address of a webhook has a host, and neither user nor fragment.");
        }

        return url.Scheme != Uri.UriSchemeHttps && !(innerAllowed && url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)
                ? new Refusal("not-https", "A webhook is reached over https; http only on this machine, where its inner address is allowed.")
            : !innerAllowed && (IsInnerName(url) || (IPAddress.TryParse(url.Host.Trim('[', ']'), out IPAddress? literal) && !PublicAddress.Is(literal)))
                ? new Refusal("inner-address", "This host lies on an inner network. Allow it explicitly if the receiver is meant to be there.")
            : null;
    }

    /// <summary>Why an address cannot be a mailbox, or null where it can.</summary>
    /// <param name="address">As somebody wrote it.</param>
    /// <param name="hasServer">Whether the portal was told of a mail server.</param>
    public static Refusal? RefusalOfMailbox(string? address, bool hasServer) =>
        !hasServer ? new Refusal("no-mail-server", "The portal knows no mail server: start it with --alert-mail and a settings file.")
        : address is null || address.Length > AlertDestination.MaxAddressLength || address.Any(char.IsControl)
            || !MailAddress.TryCreate(address, out MailAddress? mailbox) || mailbox.Address != address
            ? new Refusal("bad-address", "A mailbox is an address such as models@example.org.")
        : null;

    private static bool IsInnerName(Uri url) =>
        url.HostNameType == UriHostNameType.Dns
        && (url.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || url.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase));
}
