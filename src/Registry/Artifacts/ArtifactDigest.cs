using System.Security.Cryptography;
using Governance.Registry.Ledger;

namespace Governance.Registry.Artifacts;

/// <summary>SHA-256 of the bytes of an artefact in the clear: its name in the store.</summary>
public readonly record struct ArtifactDigest
{
    private readonly string? hex;

    /// <summary>A digest from its text.</summary>
    /// <exception cref="ArgumentException"><paramref name="hex"/> is not 64 lower-case hexadecimal digits.</exception>
    public ArtifactDigest(string hex) => this.hex = Sha256Hex.Check(hex);

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string Hex => hex ?? throw new InvalidOperationException("This digest was never set.");

    /// <summary>The first eight digits, as pages show it.</summary>
    public string Short => Hex[..8];

    /// <summary>The digest of bytes in memory.</summary>
    public static ArtifactDigest Of(ReadOnlySpan<byte> bytes) => new(Convert.ToHexStringLower(SHA256.HashData(bytes)));

    /// <inheritdoc/>
    public override string ToString() => Hex;
}
