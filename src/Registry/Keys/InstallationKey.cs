using System.Security.Cryptography;
using Governance.Registry.Ledger;

namespace Governance.Registry.Keys;

/// <summary>The public half of a key that this installation signs with: ECDSA on P-256 with SHA-256.</summary>
public sealed record InstallationKey
{
    /// <summary>How many bytes name a key in a signed note.</summary>
    public const int NoteIdLength = 4;

    private InstallationKey(byte[] der, string pem)
    {
        Der = der;
        Pem = pem;
        Fingerprint = FactDigest.Of(der);
    }

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    public byte[] Der { get; }

    /// <summary>The same as PEM: lines of 64, a line's end behind the last.</summary>
    public string Pem { get; }

    /// <summary>SHA-256 of <see cref="Der"/>: the key's name everywhere but in signed notes.</summary>
    public FactDigest Fingerprint { get; }

    /// <summary>The first four bytes of the fingerprint: the key's id in signed notes. Source: C2SP signed-note, type 0x02.</summary>
    public ReadOnlySpan<byte> NoteId => SHA256.HashData(Der).AsSpan(0, NoteIdLength);

    /// <summary>The public half of a key.</summary>
    /// <exception cref="FormatException">It is on another curve.</exception>
    public static InstallationKey Of(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        string? curve = key.ExportParameters(includePrivateParameters: false).Curve.Oid?.Value;
        return curve == "1.2.840.10045.3.1.7"
            ? new InstallationKey(key.ExportSubjectPublicKeyInfo(), key.ExportSubjectPublicKeyInfoPem() + "\n")
            : throw new FormatException("A signing key of an installation is on the curve P-256.");
    }

    /// <summary>Reads a public key.</summary>
    /// <param name="pem">PEM text of one P-256 key.</param>
    /// <exception cref="FormatException">It is none; one sentence.</exception>
    public static InstallationKey Read(string pem)
    {
        using ECDsa key = Signatures.SigningKey.Read(pem);
        return Of(key);
    }

    /// <summary>Whether a signature is this key's over a message.</summary>
    /// <param name="message">What was signed.</param>
    /// <param name="signature">ASN.1 DER (RFC 3279), nothing behind it.</param>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        using ECDsa key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Der, out _);
        return key.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }
}

/// <summary>A signature by a key of this installation.</summary>
/// <param name="KeyId">The key's fingerprint, 64 lower-case hexadecimal digits.</param>
/// <param name="Bytes">ASN.1 DER (RFC 3279), 68 to 72 bytes as a rule.</param>
public readonly record struct KeySignature(string KeyId, byte[] Bytes);
