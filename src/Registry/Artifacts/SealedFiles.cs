using System.Security.Cryptography;
using System.Text;

namespace Governance.Registry.Artifacts;

/// <summary>Working memory that outlives the process: encrypted files by key, in a folder of their own, without ledger and row.</summary>
/// <remarks>A file is encrypted as artefacts are and bound to its key; what cannot be read counts as absent.</remarks>
/// <param name="store">Knows the keys.</param>
/// <param name="folder">Where the files lie; made when the first one is kept.</param>
/// <param name="extension">Of their names, with the dot.</param>
public sealed class SealedFiles(ArtifactStore store, string folder, string extension)
{
    /// <summary>Keeps bytes under a key, in place of those kept before; the file appears whole or not at all.</summary>
    /// <param name="key">Any text.</param>
    /// <param name="content">In the clear.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task KeepAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        DurableFolder.Make(folder);
        byte[] bound = Bound(key);
        using MemoryStream source = new([.. bound, .. content.Span], writable: false);
        using MemoryStream target = new();
        (ArtifactDigest digest, _) = await ArtifactCipher.EncryptAsync(source, target, source.Length, store.Keys, cancellationToken);
        string temporary = Path.Combine(folder, $"{Guid.CreateVersion7():n}.part");
        await using (FileStream file = new(temporary, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            await file.WriteAsync(Encoding.ASCII.GetBytes(digest.Hex), cancellationToken);
            target.WriteTo(file);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, PathOf(bound), overwrite: true);
    }

    /// <summary>The bytes kept under a key; null where there are none that can be trusted.</summary>
    public async Task<byte[]?> FindAsync(string key, CancellationToken cancellationToken)
    {
        byte[] bound = Bound(key);
        if (!File.Exists(PathOf(bound)))
        {
            return null;
        }

        try
        {
            byte[] all = await File.ReadAllBytesAsync(PathOf(bound), cancellationToken);
            ArtifactDigest digest = new(Encoding.ASCII.GetString(all, 0, Math.Min(64, all.Length)));
            using MemoryStream encrypted = new(all, 64, all.Length - 64, writable: false);
            using MemoryStream clear = new();
            await ArtifactCipher.DecryptAsync(encrypted, digest, () => store.Keys, () => null, chunk =>
            {
                clear.Write(chunk.Span);
                return ValueTask.CompletedTask;
            }, cancellationToken);
            byte[] content = clear.ToArray();
            return content.AsSpan().StartsWith(bound) ? content[bound.Length..] : null;
        }
        catch (Exception fault) when (fault is ArtifactDamagedException or ArtifactKeyException or IOException or FormatException or ArgumentException)
        {
            return null; // damaged, or its key was taken away
        }
    }

    /// <summary>Removes what was kept under a key, if anything was.</summary>
    public void Remove(string key) => File.Delete(PathOf(Bound(key)));

    private string PathOf(byte[] bound) => Path.Combine(folder, Convert.ToHexStringLower(bound) + extension);

    private static byte[] Bound(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
