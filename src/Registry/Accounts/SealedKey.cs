using System.Security.Cryptography;
using System.Text;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;

namespace Governance.Registry.Accounts;

/// <summary>An authenticator's key as it lies in the database: AES-256-GCM under the key-encryption key, bound to its person.</summary>
/// <remarks>
/// Layout: nonce 12, ciphertext 32, tag 16. The ring wraps 32 bytes; the app's key is the first 20 of them
/// (<see cref="Totp.KeyLength"/>).
/// </remarks>
internal static class SealedKey
{
    public const int Length = NonceLength + PlainLength + ArtifactHeader.TagLength;

    private const int NonceLength = 12;
    private const int PlainLength = 32;

    /// <summary>Draws a key.</summary>
    public static (byte[] Sealed, string WrappedWith) New(KeyRing keys, UserId user) =>
        Wrap(keys, user, RandomNumberGenerator.GetBytes(PlainLength));

    /// <summary>The app's key.</summary>
    /// <exception cref="ArtifactKeyException">The key-encryption key is not here.</exception>
    /// <exception cref="AuthenticationTagMismatchException">The row is another person's, or was changed.</exception>
    public static byte[] Open(KeyRing keys, SecondFactor factor) => Unwrap(keys, factor)[..Totp.KeyLength];

    /// <summary>The same key under the key-encryption key that is active now.</summary>
    public static (byte[] Sealed, string WrappedWith) Rewrap(KeyRing keys, SecondFactor factor) =>
        Wrap(keys, factor.User, Unwrap(keys, factor));

    private static (byte[] Sealed, string WrappedWith) Wrap(KeyRing keys, UserId user, byte[] plain)
    {
        byte[] whole = new byte[Length];
        RandomNumberGenerator.Fill(whole.AsSpan(0, NonceLength));
        keys.Wrap(
            plain, whole.AsSpan(0, NonceLength), whole.AsSpan(NonceLength, PlainLength), whole.AsSpan(NonceLength + PlainLength), Bound(user));
        return (whole, Convert.ToHexStringLower(keys.ActiveId));
    }

    private static byte[] Unwrap(KeyRing keys, SecondFactor factor) => keys.Unwrap(
        Convert.FromHexString(factor.WrappedWith), factor.Sealed.AsSpan(0, NonceLength),
        factor.Sealed.AsSpan(NonceLength, PlainLength), factor.Sealed.AsSpan(NonceLength + PlainLength), Bound(factor.User));

    private static byte[] Bound(UserId user) => Encoding.UTF8.GetBytes($"governance/second-factor/1/{user}");
}
