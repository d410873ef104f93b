using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Governance.Registry.Artifacts;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Alerts;

/// <summary>What a webhook's deliveries are signed with: 256 random bits, wrapped by the key-encryption key, shown once.</summary>
/// <remarks>No fact: it is wrapped anew when keys rotate, and erased when its destination ends.</remarks>
public sealed class WebhookSecret
{
    private const int NonceLength = 12;
    private const int SecretLength = 32;

    /// <summary>A stored secret.</summary>
    /// <param name="destination">Whose.</param>
    /// <param name="key">The name of the key that wraps it.</param>
    /// <param name="sealed">Nonce 12, ciphertext 32, tag 16.</param>
    public WebhookSecret(AlertDestinationId destination, string key, byte[] @sealed)
    {
        Destination = destination;
        Key = key;
        Sealed = @sealed;
    }

    public AlertDestinationId Destination { get; private init; }

    public string Key { get; private set; }

    public byte[] Sealed { get; private set; }

    /// <summary>Draws one.</summary>
    /// <returns>The row, and what its receiver is told: <c>whsec_</c> and 43 characters of base64url.</returns>
    internal static (WebhookSecret Row, string Shown) New(KeyRing keys, AlertDestinationId destination)
    {
        byte[] secret = RandomNumberGenerator.GetBytes(SecretLength);
        WebhookSecret row = new(destination, "", []);
        row.Wrap(secret, keys);
        return (row, Text(secret));
    }

    /// <summary>The secret as its receiver knows it; its UTF-8 bytes are the key of the signature.</summary>
    /// <exception cref="ArtifactKeyException">The key that wraps it is not here.</exception>
    internal string Open(KeyRing keys) => Text(Unwrap(keys));

    /// <summary>Wraps every secret anew that another than the active key wraps.</summary>
    internal static async Task RewrapAsync(IDbContextFactory<GovernanceDb> contexts, KeyRing keys, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        string active = keys.Names[0];
        foreach (WebhookSecret row in await db.WebhookSecrets.Where(each => each.Key != active).ToListAsync(cancellationToken))
        {
            row.Wrap(row.Unwrap(keys), keys);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>How many secrets a key wraps.</summary>
    internal static async Task<int> CountAsync(IDbContextFactory<GovernanceDb> contexts, string key, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.WebhookSecrets.CountAsync(row => row.Key == key, cancellationToken);
    }

    private static string Text(byte[] secret) => "whsec_" + Base64Url.EncodeToString(secret);

    private byte[] Bound() => Encoding.UTF8.GetBytes($"governance/webhook-secret/1/{Destination}");

    private byte[] Unwrap(KeyRing keys) => keys.Unwrap(
        Convert.FromHexString(Key), Sealed.AsSpan(0, NonceLength), Sealed.AsSpan(NonceLength, SecretLength),
        Sealed.AsSpan(NonceLength + SecretLength), Bound());

    private void Wrap(byte[] secret, KeyRing keys)
    {
        byte[] bytes = new byte[NonceLength + SecretLength + ArtifactHeader.TagLength];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, NonceLength));
        keys.Wrap(
            secret, bytes.AsSpan(0, NonceLength), bytes.AsSpan(NonceLength, SecretLength), bytes.AsSpan(NonceLength + SecretLength), Bound());
        Key = keys.Names[0];
        Sealed = bytes;
    }
}
