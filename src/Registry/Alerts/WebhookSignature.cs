using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Governance.Registry.Alerts;

/// <summary>The header that proves where a delivery comes from and when it was sent.</summary>
/// <remarks>
/// <c>Governance-Signature: t=UNIX,v1=HEX</c>, where HEX is HMAC-SHA256 over "UNIX.BODY", keyed with the UTF-8 bytes of the
/// secret. A receiver compares in constant time and refuses a time more than five minutes away.
/// </remarks>
public static class WebhookSignature
{
    /// <summary>The name of the header.</summary>
    public const string Header = "Governance-Signature";

    /// <summary>How far the time of a signature may be away.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>The header's value.</summary>
    /// <param name="secret">As its receiver was shown it.</param>
    /// <param name="body">The body as it is sent.</param>
    /// <param name="at">The moment of sending; whole seconds count.</param>
    public static string Of(string secret, string body, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(secret);
        ArgumentNullException.ThrowIfNull(body);
        string time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"t={time},v1={Convert.ToHexStringLower(Mac(secret, time, body))}";
    }

    /// <summary>Whether a header proves a body, as a receiver would ask.</summary>
    /// <param name="secret">As its receiver was shown it.</param>
    /// <param name="body">The body as it came.</param>
    /// <param name="header">The header's value.</param>
    /// <param name="now">The receiver's clock.</param>
    public static bool Holds(string secret, string body, string? header, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(secret);
        ArgumentNullException.ThrowIfNull(body);
        if (header?.Split(',') is not [['t', '=', .. string time], ['v', '1', '=', .. string hex]]
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            || Math.Abs(now.ToUnixTimeSeconds() - seconds) > Tolerance.TotalSeconds || hex.Length != 64 || !hex.All(char.IsAsciiHexDigitLower))
        {
            return false;
        }

        return CryptographicOperations.FixedTimeEquals(Mac(secret, time, body), Convert.FromHexString(hex));
    }

    private static byte[] Mac(string secret, string time, string body) =>
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{body}"));
}
