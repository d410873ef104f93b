using System.Security.Cryptography;
using System.Text;
using Governance.Registry.Artifacts;
using Governance.Registry.Storage;

namespace Governance.Registry.Evidence;

/// <summary>What unfinished runs have finished so far: encrypted files beside the store, a folder a run.</summary>
/// <remarks>
/// Working memory and no fact: without ledger and row, and gone when the run is over. A file is encrypted as artefacts are
/// and bound to its run and key, so that one put in another's place is not taken; what cannot be read counts as absent.
/// </remarks>
public sealed class RunCheckpoints(ArtifactStore store, RegistryOptions options)
{
    private const string Extension = ".step";

    private string Folder => Path.Combine(Path.GetFullPath(options.DataFolder), "checkpoints");

    /// <summary>Keeps a result; the file appears whole or not at all.</summary>
    /// <param name="run">The run.</param>
    /// <param name="key">Which of its parts.</param>
    /// <param name="result">In the clear.</param>
    public void Keep(AuditRunId run, string key, ReadOnlySpan<byte> result)
    {
        string home = FolderOf(run);
        DurableFolder.Make(home);
        byte[] bound = [.. Bound(run, key), .. result];
        using MemoryStream source = new(bound, writable: false);
        using MemoryStream target = new();

        // Both streams are memory, so the cipher is done when it returns.
        (ArtifactDigest digest, _) = ArtifactCipher.EncryptAsync(source, target, bound.Length, store.Keys, CancellationToken.None).GetAwaiter().GetResult();
        string path = Path.Combine(home, $"{NameOf(key)}-{digest.Hex}{Extension}");
        string temporary = $"{path}.{Guid.CreateVersion7():n}.part";
        using (FileStream file = new(temporary, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            target.WriteTo(file);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>A result kept before; null where there is none that can be trusted.</summary>
    public byte[]? Find(AuditRunId run, string key)
    {
        string home = FolderOf(run);
        foreach (string path in Directory.Exists(home) ? Directory.EnumerateFiles(home, NameOf(key) + "-*" + Extension) : [])
        {
            try
            {
                return Read(path, Bound(run, key));
            }
            catch (Exception fault) when (fault is ArtifactDamagedException or ArtifactKeyException or IOException or FormatException or ArgumentException)
            {
                // damaged, or its key was taken away: computed again
            }
        }

        return null;
    }

    /// <summary>Forgets everything of a run that is over.</summary>
    public void Remove(AuditRunId run)
    {
        string home = FolderOf(run);
        if (Directory.Exists(home))
        {
            Directory.Delete(home, recursive: true);
        }
    }

    /// <summary>Forgets the runs that are not among these.</summary>
    public void Sweep(IReadOnlyCollection<AuditRunId> alive)
    {
        HashSet<string> kept = [.. alive.Select(run => Path.GetFileName(FolderOf(run)))];
        foreach (string home in Directory.Exists(Folder) ? Directory.EnumerateDirectories(Folder) : [])
        {
            if (!kept.Contains(Path.GetFileName(home)))
            {
                Directory.Delete(home, recursive: true);
            }
        }
    }

    private byte[]? Read(string path, byte[] bound)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        ArtifactDigest digest = new(name[(name.LastIndexOf('-') + 1)..]);
        using FileStream source = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        using MemoryStream clear = new();
        using MemoryStream encrypted = new();
        source.CopyTo(encrypted);
        encrypted.Position = 0;
        ArtifactCipher.DecryptAsync(
            encrypted, digest, () => store.Keys, () => null, chunk =>
            {
                clear.Write(chunk.Span);
                return ValueTask.CompletedTask;
            }, CancellationToken.None).GetAwaiter().GetResult();
        byte[] all = clear.ToArray();
        return all.AsSpan().StartsWith(bound) ? all[bound.Length..] : null;
    }

    private string FolderOf(AuditRunId run) => Path.Combine(Folder, run.Value.ToString("n"));

    private static string NameOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32];

    private static byte[] Bound(AuditRunId run, string key) => SHA256.HashData(Encoding.UTF8.GetBytes($"{run.Value:n}\n{key}"));
}
