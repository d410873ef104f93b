using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Governance.Portal.Features.Uploads;

/// <summary>
/// A sentence on its way through an address, from the endpoint that refused to the page that shows it. Sealed, so that
/// nobody can have the portal say their own sentences by a link.
/// </summary>
internal sealed class RefusalNote(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector protector =
        protection.CreateProtector("Governance.Portal.Uploads.Refusal").ToTimeLimitedDataProtector();

    /// <summary>The sentence for an address.</summary>
    public string Seal(string sentence) => protector.Protect(sentence, Life);

    /// <summary>The sentence in an address; null where there is none, or it is too old, or not ours.</summary>
    public string? Open(string? note)
    {
        try
        {
            return string.IsNullOrEmpty(note) ? null : protector.Unprotect(note);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
