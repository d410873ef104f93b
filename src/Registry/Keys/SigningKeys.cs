using System.Security.Cryptography;
using Governance.Registry.Artifacts;
using Governance.Registry.Storage;

namespace Governance.Registry.Keys;

/// <summary>
/// The keys that this installation signs with, read from their folder beside the key-encryption key; the first one is made
/// when it is first asked for. Never in the database, nor in its backups.
/// </summary>
/// <remarks>
/// After a rotation the old private key stays until a checkpoint that both keys sign has been sealed: whoever trusts the old
/// public key can follow to the new one. What another process changes in the folder is seen at the next call.
/// </remarks>
public sealed class SigningKeys(RegistryOptions options) : IDisposable
{
    private readonly Lock turn = new();
    private readonly Lazy<KeyFolder> folder = new(() => new KeyFolder(options.EffectiveSigningKeyFolder));
    private (int Number, ECDsa Private, InstallationKey Public)[] held = [];

    /// <summary>The key that signs.</summary>
    /// <exception cref="ArtifactKeyException">There is no place for keys, or a key cannot be used.</exception>
    public InstallationKey Current => Locked(() => held[^1].Public);

    /// <summary>Every key whose private half is here, the oldest first; more than one only between a rotation and the next checkpoint.</summary>
    /// <exception cref="ArtifactKeyException">As for <see cref="Current"/>.</exception>
    public IReadOnlyList<InstallationKey> All => Locked<IReadOnlyList<InstallationKey>>(() => [.. held.Select(key => key.Public)]);

    /// <summary>Signs with the current key: ECDSA P-256 over SHA-256, as ASN.1 DER.</summary>
    /// <exception cref="ArtifactKeyException">As for <see cref="Current"/>.</exception>
    public KeySignature Sign(ReadOnlySpan<byte> message)
    {
        lock (turn)
        {
            Refresh();
            return Sign(held[^1].Private, held[^1].Public, message);
        }
    }

    /// <summary>Signs with every key that is here, the current one first.</summary>
    /// <exception cref="ArtifactKeyException">As for <see cref="Current"/>.</exception>
    public IReadOnlyList<(InstallationKey Key, KeySignature Signature)> SignWithAll(ReadOnlySpan<byte> message)
    {
        lock (turn)
        {
            Refresh();
            List<(InstallationKey, KeySignature)> signatures = [];
            for (int i = held.Length - 1; i >= 0; i--)
            {
                signatures.Add((held[i].Public, Sign(held[i].Private, held[i].Public, message)));
            }

            return signatures;
        }
    }

    /// <summary>Whether a signature is a key's over a message.</summary>
    /// <param name="publicKeyPem">PEM text of a P-256 key.</param>
    /// <param name="message">What was signed.</param>
    /// <param name="signature">ASN.1 DER.</param>
    /// <exception cref="FormatException">The text is no such key.</exception>
    public static bool Verify(string publicKeyPem, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        InstallationKey.Read(publicKeyPem).Verify(message, signature);

    /// <summary>Makes the next key; from now on it signs, and the ones before only checkpoints.</summary>
    internal InstallationKey Next() => Locked(() =>
    {
        folder.Value.Make(held[^1].Number + 1);
        Refresh();
        return held[^1].Public;
    });

    /// <summary>Destroys the private halves of all keys but the current one.</summary>
    internal void DestroyOld() => Locked(() =>
    {
        foreach ((int number, _, _) in held[..^1])
        {
            folder.Value.Destroy(number);
        }

        Refresh();
        return 0;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((_, ECDsa key, _) in held)
        {
            key.Dispose();
        }

        held = [];
    }

    private static KeySignature Sign(ECDsa key, InstallationKey half, ReadOnlySpan<byte> message) => new(
        half.Fingerprint.Hex, key.SignData(message.ToArray(), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    private T Locked<T>(Func<T> work)
    {
        lock (turn)
        {
            Refresh();
            return work();
        }
    }

    private void Refresh()
    {
        IReadOnlyList<int> numbers = folder.Value.Numbers();
        if (numbers.Count == 0)
        {
            folder.Value.Make(1);
            numbers = folder.Value.Numbers();
        }

        if (numbers.SequenceEqual(held.Select(key => key.Number)))
        {
            return;
        }

        Dispose();
        held =
        [
            .. numbers.Select(number =>
            {
                ECDsa key = folder.Value.Read(number);
                return (number, key, InstallationKey.Of(key));
            }),
        ];
    }
}
