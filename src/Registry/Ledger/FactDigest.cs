using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Governance.Registry.Ledger;

/// <summary>SHA-256 of a fact's canonical JSON: what a leaf names, what a signer saw.</summary>
public readonly record struct FactDigest
{
    private readonly string? hex;

    /// <summary>A digest from its text.</summary>
    /// <exception cref="ArgumentException"><paramref name="hex"/> is not 64 lower-case hexadecimal digits.</exception>
    public FactDigest(string hex) => this.hex = Sha256Hex.Check(hex);

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string Hex => hex ?? throw new InvalidOperationException("This digest was never set.");

    /// <summary>The digest of a fact, written canonically first.</summary>
    public static FactDigest Of(JsonNode fact) => Of(CanonicalJson.Serialize(fact));

    /// <summary>The digest of bytes that are canonical already.</summary>
    public static FactDigest Of(ReadOnlySpan<byte> canonical) => new(Convert.ToHexStringLower(SHA256.HashData(canonical)));

    /// <summary>Reads a digest that a person or program sent.</summary>
    /// <returns>False where the text is no digest.</returns>
    public static bool TryParse(string? text, out FactDigest digest)
    {
        bool fits = Sha256Hex.Fits(text);
        digest = fits ? new FactDigest(text!) : default;
        return fits;
    }

    /// <inheritdoc/>
    public override string ToString() => Hex;
}
