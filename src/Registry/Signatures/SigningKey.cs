using System.Security.Cryptography;
using System.Text;
using Governance.Registry.Ledger;

namespace Governance.Registry.Signatures;

/// <summary>Keys of publishers: ECDSA on P-256, P-384 or P-521, each with its own hash.</summary>
/// <remarks>
/// The key alone decides the algorithm; nothing in a signature can ask for another one. Curves and hashes as OpenSSF
/// model signing has them.
/// </remarks>
public static class SigningKey
{
    private const int MostCharacters = 10_000;

    /// <summary>Reads a public key, or the public half of a private one.</summary>
    /// <param name="pem">PEM text.</param>
    /// <returns>The key; the caller disposes it.</returns>
    /// <exception cref="FormatException">It is no such key; one sentence.</exception>
    public static ECDsa Read(string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        ECDsa key = ECDsa.Create();
        try
        {
            if (pem.Length > MostCharacters)
            {
                throw new FormatException("The key file is too long to be a key.");
            }

            if (pem.Contains("ENCRYPTED PRIVATE KEY", StringComparison.Ordinal))
            {
                throw new FormatException("The private key is encrypted with a password; give it without one.");
            }

            key.ImportFromPem(pem);
            _ = HashOf(key);
            return key;
        }
        catch (Exception fault) when (fault is ArgumentException or CryptographicException or PlatformNotSupportedException)
        {
            key.Dispose();
            throw new FormatException("The file holds no ECDSA key in PEM form.", fault);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>The hash that belongs to a key's curve.</summary>
    /// <exception cref="FormatException">The curve is none of the three.</exception>
    public static HashAlgorithmName HashOf(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        ECParameters parameters = key.ExportParameters(includePrivateParameters: false);
        return parameters.Curve.Oid?.Value switch
        {
            "1.2.840.10045.3.1.7" => HashAlgorithmName.SHA256,
            "1.3.132.0.34" => HashAlgorithmName.SHA384,
            "1.3.132.0.35" => HashAlgorithmName.SHA512,
            _ => throw new FormatException("Only keys on the curves P-256, P-384 and P-521 are used for signatures."),
        };
    }

    /// <summary>The public key in one spelling: SubjectPublicKeyInfo, lines of 64, a line's end behind the last.</summary>
    public static string ToPem(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.ExportSubjectPublicKeyInfoPem() + "\n";
    }

    /// <summary>SHA-256 of <see cref="ToPem"/>: the hint by which signatures name their key.</summary>
    public static FactDigest FingerprintOf(ECDsa key) => FactDigest.Of(Encoding.ASCII.GetBytes(ToPem(key)));
}
