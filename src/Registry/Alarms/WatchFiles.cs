using System.Security.Cryptography;
using System.Text;
using Governance.Registry.Artifacts;
using Governance.Registry.Storage;

namespace Governance.Registry.Alarms;

/// <summary>What watches know across a restart: calibrations and states, as encrypted files below <c>watches/</c>.</summary>
/// <remarks>
/// Working memory and no fact: without ledger and row. A file is encrypted as artefacts are and bound to its key; what
/// cannot be read counts as absent, and the watch begins anew. Each node of several keeps its own.
/// </remarks>
public sealed class WatchFiles(ArtifactStore store, RegistryOptions options)
{
    private string Folder => Path.Combine(Path.GetFullPath(options.DataFolder), "watches");

    /// <summary>Keeps bytes under a key, in place of those kept before; the file appears whole or not at all.</summary>
    /// <param name="key">Any text.</param>
    /// <param name="content">In the clear.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task KeepAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        DurableFolder.Make(Folder);
        byte[] bound = Bound(key);
        using MemoryStream source = new([.. bound, .. content.Span], writable: false);
        using MemoryStream target = new();
        (ArtifactDigest digest, _) = await ArtifactCipher.EncryptAsync(source, target, source.Length, store.Keys, cancellationToken);
        string temporary = Path.Combine(Folder, $"{Guid.CreateVersion7():n}.part");
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

    private string PathOf(byte[] bound) => Path.Combine(Folder, $"{Convert.ToHexStringLower(bound)}.watch");

    private static byte[] Bound(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
