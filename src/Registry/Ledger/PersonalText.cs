using System.Security.Cryptography;
using System.Text;

namespace Governance.Registry.Ledger;

/// <summary>
/// Free text that a person wrote (a rationale, a condition). Facts and leaves hold only its salted digest, so it can
/// be erased on request without breaking the tree, and nobody can guess it from the digest.
/// </summary>
public sealed class PersonalText
{
    /// <summary>The longest text, in UTF-16 code units.</summary>
    public const int MaxLength = 4_000;

    private const int SaltLength = 16;

    /// <summary>A text with the salt it was digested with.</summary>
    /// <exception cref="ArgumentException">The text is blank or too long, or does not fit its digest's salt length.</exception>
    public PersonalText(FactDigest digest, byte[] salt, string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        ArgumentNullException.ThrowIfNull(salt);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, MaxLength, nameof(text));
        ArgumentOutOfRangeException.ThrowIfNotEqual(salt.Length, SaltLength, nameof(salt));
        Digest = digest;
        Salt = salt;
        Text = text;
    }

    /// <summary>HMAC-SHA256 of the UTF-8 text, keyed with the salt.</summary>
    public FactDigest Digest { get; private init; }

    /// <summary>16 random bytes, erased together with the text.</summary>
    public byte[] Salt { get; private init; }

    /// <summary>What was written.</summary>
    public string Text { get; private init; }

    /// <summary>Salts and digests a text.</summary>
    /// <exception cref="ArgumentException">The text is blank or too long.</exception>
    public static PersonalText Write(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        byte[] salt = RandomNumberGenerator.GetBytes(SaltLength);
        return new PersonalText(DigestOf(salt, text), salt, text);
    }

    /// <summary>Whether text and salt still give the digest.</summary>
    public bool Holds() => DigestOf(Salt, Text) == Digest;

    private static FactDigest DigestOf(byte[] salt, string text) =>
        new(Convert.ToHexStringLower(HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(text))));
}
