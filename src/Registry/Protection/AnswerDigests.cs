using System.Security.Cryptography;
using Governance.Registry.Artifacts;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Protection;

/// <summary>Keyed digests (HMAC-SHA-256) under the registry's own secret: nobody without it can try out rows.</summary>
public sealed class AnswerDigests(IDbContextFactory<GovernanceDb> contexts, ArtifactStore store) : IDisposable
{
    private readonly SemaphoreSlim once = new(1, 1);
    private byte[]? secret;

    /// <summary>The digest of parts; where one ends and the next begins counts.</summary>
    /// <param name="purpose">Keeps digests of different uses apart.</param>
    /// <param name="part">What is digested.</param>
    /// <param name="cancellationToken">Ends the first call, which reads the secret.</param>
    /// <returns>32 bytes.</returns>
    /// <exception cref="ArtifactKeyException">The key that wraps the secret is not here.</exception>
    public async ValueTask<byte[]> OfAsync(string purpose, ReadOnlyMemory<byte> part, CancellationToken cancellationToken)
    {
        byte[] key = secret ?? await ReadAsync(cancellationToken);
        using IncrementalHash hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        byte[] name = System.Text.Encoding.UTF8.GetBytes(purpose);
        hash.AppendData(BitConverter.GetBytes(name.Length));
        hash.AppendData(name);
        hash.AppendData(part.Span);
        return hash.GetHashAndReset();
    }

    /// <inheritdoc/>
    public void Dispose() => once.Dispose();

    private async Task<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        await once.WaitAsync(cancellationToken);
        try
        {
            return secret ??= await FindAsync(cancellationToken) ?? await MakeAsync(cancellationToken);
        }
        finally
        {
            once.Release();
        }
    }

    private async Task<byte[]?> FindAsync(CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await db.AnswerSecrets.AsNoTracking().SingleOrDefaultAsync(cancellationToken))?.Open(store.Keys);
    }

    private async Task<byte[]> MakeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
            AnswerSecret made = AnswerSecret.New(store.Keys);
            db.AnswerSecrets.Add(made);
            await db.SaveChangesAsync(cancellationToken);
            return made.Open(store.Keys);
        }
        catch (DbUpdateException)
        {
            return await FindAsync(cancellationToken) ?? throw new InvalidOperationException("Another process made the secret and took it away.");
        }
    }
}
