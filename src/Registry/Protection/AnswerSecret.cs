using System.Security.Cryptography;
using System.Text;
using Governance.Registry.Artifacts;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Protection;

/// <summary>The secret of keyed digests and seeds of answers, wrapped by a key-encryption key. One row.</summary>
public sealed class AnswerSecret
{
    /// <summary>The only id.</summary>
    public const int OnlyId = 1;

    private const int SecretLength = 32;
    private const int NonceLength = 12;

    /// <summary>Keeps a wrapped secret.</summary>
    /// <param name="id">Always <see cref="OnlyId"/>.</param>
    /// <param name="key">The name of the key that wraps it.</param>
    /// <param name="sealed">Nonce, ciphertext and tag.</param>
    public AnswerSecret(int id, string key, byte[] @sealed)
    {
        Id = id;
        Key = key;
        Sealed = @sealed;
    }

    public int Id { get; private init; }

    public string Key { get; private set; }

    public byte[] Sealed { get; private set; }

    private static byte[] Bound => Encoding.ASCII.GetBytes("governance/answer-secret/1");

    /// <summary>A new secret of 256 random bits.</summary>
    internal static AnswerSecret New(KeyRing keys)
    {
        AnswerSecret secret = new(OnlyId, "", []);
        secret.Wrap(RandomNumberGenerator.GetBytes(SecretLength), keys);
        return secret;
    }

    /// <summary>The secret in the clear.</summary>
    /// <exception cref="ArtifactKeyException">The key that wraps it is not here.</exception>
    internal byte[] Open(KeyRing keys) => keys.Unwrap(
        Convert.FromHexString(Key), Sealed.AsSpan(0, NonceLength), Sealed.AsSpan(NonceLength, SecretLength),
        Sealed.AsSpan(NonceLength + SecretLength), Bound);

    /// <summary>Wraps the secret with the active key where another wraps it.</summary>
    internal static async Task RewrapAsync(IDbContextFactory<GovernanceDb> contexts, KeyRing keys, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        AnswerSecret? secret = await db.AnswerSecrets.SingleOrDefaultAsync(cancellationToken);
        if (secret is not null && secret.Key != keys.Names[0])
        {
            secret.Wrap(secret.Open(keys), keys);
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>Whether a key wraps the secret now.</summary>
    internal static async Task<bool> IsWrappedByAsync(IDbContextFactory<GovernanceDb> contexts, string key, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.AnswerSecrets.AnyAsync(secret => secret.Key == key, cancellationToken);
    }

    private void Wrap(byte[] secret, KeyRing keys)
    {
        byte[] bytes = new byte[NonceLength + SecretLength + ArtifactHeader.TagLength];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, NonceLength));
        keys.Wrap(
            secret, bytes.AsSpan(0, NonceLength), bytes.AsSpan(NonceLength, SecretLength), bytes.AsSpan(NonceLength + SecretLength), Bound);
        Key = keys.Names[0];
        Sealed = bytes;
    }
}
