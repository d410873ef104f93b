using System.Globalization;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Microsoft.AspNetCore.DataProtection;

namespace Governance.Portal.Features.Datasets;

/// <summary>
/// Links the two steps of an upload: the file lies encrypted in the store, and only the person who sent it may go on
/// with it, for an hour. Without the ticket a digest would be enough to have someone else's file read out.
/// </summary>
internal sealed class UploadTicket(IDataProtectionProvider protection, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly IDataProtector protector = protection.CreateProtector("Governance.Portal.Datasets.Upload");

    /// <summary>A ticket for a stored file.</summary>
    public string Issue(UserId user, ArtifactDigest digest) => protector.Protect(string.Join('|',
        user.ToString(), digest.Hex, (time.GetUtcNow() + Life).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));

    /// <summary>The file of a ticket, or null where it is someone else's, too old or no ticket at all.</summary>
    public ArtifactDigest? Read(UserId user, string? ticket)
    {
        if (string.IsNullOrEmpty(ticket))
        {
            return null;
        }

        try
        {
            string[] parts = protector.Unprotect(ticket).Split('|');
            bool alive = long.Parse(parts[2], CultureInfo.InvariantCulture) > time.GetUtcNow().ToUnixTimeSeconds();
            return alive && parts[0] == user.ToString() ? new ArtifactDigest(parts[1]) : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
