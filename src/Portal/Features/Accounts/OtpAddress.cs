using Governance.Registry.Accounts;

namespace Governance.Portal.Features.Accounts;

/// <summary>The address by which authenticator apps take a key: the "Key URI Format" that they all read.</summary>
internal static class OtpAddress
{
    /// <summary>Who issues the codes, as the app shows it.</summary>
    public const string Issuer = "Governance";

    /// <summary>The address of an account's key; hash, digits and period are the format's defaults.</summary>
    public static string Of(string userName, ReadOnlySpan<byte> key) =>
        $"otpauth://totp/{Issuer}:{Uri.EscapeDataString(userName)}?secret={Base32.Encode(key)}&issuer={Issuer}";
}
