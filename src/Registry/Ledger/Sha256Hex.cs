using System.Buffers;

namespace Governance.Registry.Ledger;

/// <summary>The one spelling of a SHA-256 digest as text: 64 lower-case hexadecimal digits.</summary>
internal static class Sha256Hex
{
    public const int Length = 64;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    public static bool Fits(string? hex) => hex is { Length: Length } && hex.AsSpan().IndexOfAnyExcept(Digits) < 0;

    /// <exception cref="ArgumentException">The text is not 64 lower-case hexadecimal digits.</exception>
    public static string Check(string hex)
    {
        ArgumentNullException.ThrowIfNull(hex);
        return Fits(hex) ? hex : throw new ArgumentException("A digest is 64 lower-case hexadecimal digits.", nameof(hex));
    }
}
