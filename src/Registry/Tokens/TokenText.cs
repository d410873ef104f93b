using System.Buffers;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Governance.Registry.Ledger;

namespace Governance.Registry.Tokens;

/// <summary>The secret itself: <c>gov_</c>, 256 random bits as 43 letters and digits, and 6 of a checksum.</summary>
/// <remarks>
/// Prefix and checksum let scanners of code and logs find a token that leaked, and let us refuse a mistyped one before
/// the database is asked. Only the SHA-256 is kept: over 112 bits of entropy a plain hash is enough (ASVS 6.5.2).
/// </remarks>
public static class TokenText
{
    /// <summary>How every token begins.</summary>
    public const string Prefix = "gov_";

    /// <summary>Characters of a whole token.</summary>
    public const int Length = 53; // prefix, 43 and 6

    /// <summary>Characters from the beginning that may be shown: 24 of the 256 bits.</summary>
    public const int HintLength = 8;

    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int SecretBytes = 32;
    private const int SecretDigits = 43; // 62^43 > 2^256
    private const int ChecksumDigits = 6; // 62^6 > 2^32

    private static readonly SearchValues<char> Known = SearchValues.Create(Digits);

    /// <summary>A new token from the system's generator of random numbers.</summary>
    public static string New()
    {
        string head = Prefix + Write(new BigInteger(RandomNumberGenerator.GetBytes(SecretBytes), isUnsigned: true), SecretDigits);
        return head + ChecksumOf(head);
    }

    /// <summary>Whether a text is written as a token and its checksum fits; says nothing of whether we issued it.</summary>
    public static bool Fits(string? text) =>
        text is { Length: Length } && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.AsSpan(Prefix.Length).IndexOfAnyExcept(Known) < 0
        && text.EndsWith(ChecksumOf(text[..^ChecksumDigits]), StringComparison.Ordinal);

    /// <summary>What is stored of a token: the SHA-256 of its characters.</summary>
    public static FactDigest DigestOf(string text) => FactDigest.Of(Encoding.ASCII.GetBytes(text));

    private static string ChecksumOf(string head) => Write(Crc32(Encoding.ASCII.GetBytes(head)), ChecksumDigits);

    private static string Write(BigInteger value, int length) => string.Create(length, value, (text, rest) =>
    {
        for (int at = text.Length - 1; at >= 0; at--)
        {
            rest = BigInteger.DivRem(rest, Digits.Length, out BigInteger digit);
            text[at] = Digits[(int)digit];
        }
    });

    // ISO 3309 and zip: reflected polynomial 0xEDB88320. The check value of "123456789" is 0xCBF43926.
    internal static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint rest = uint.MaxValue;
        foreach (byte one in bytes)
        {
            rest ^= one;
            for (int bit = 0; bit < 8; bit++)
            {
                rest = (rest & 1) == 0 ? rest >> 1 : (rest >> 1) ^ 0xEDB88320;
            }
        }

        return ~rest;
    }
}
