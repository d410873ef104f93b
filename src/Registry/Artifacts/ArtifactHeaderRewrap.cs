using System.Security.Cryptography;

namespace Governance.Registry.Artifacts;

/// <summary>Wraps the data key of a stored file anew, without touching its chunks.</summary>
/// <remarks>
/// The new header is first written down beside the store (temporary file, fsync, rename, fsync of the folder), then over
/// the old one, then the note goes. Whenever the process is killed, the old header or the note opens the file; a
/// reader that meets a header half written takes the note. The note counts only for the very file that it was made
/// from, so a file that was replaced meanwhile keeps its own.
/// </remarks>
internal sealed class ArtifactHeaderRewrap(string notes)
{
    /// <summary>Wraps with the active key.</summary>
    /// <param name="path">The file in the store.</param>
    /// <param name="digest">Its artefact.</param>
    /// <param name="keys">The keys; the first wraps.</param>
    /// <returns>False where it was wrapped so already, or is gone.</returns>
    /// <exception cref="ArtifactDamagedException">Its header is not this artefact's.</exception>
    /// <exception cref="ArtifactKeyException">The key that it was stored with is not here.</exception>
    public bool Run(string path, ArtifactDigest digest, KeyRing keys)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 0);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }

        using (file)
        {
            byte[] head = new byte[ArtifactHeader.Length];
            file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            byte[]? pending = PendingOf(digest);
            if (pending is not null && ArtifactHeader.IsOfSameFile(head, pending) && !head.AsSpan().SequenceEqual(pending))
            {
                Overwrite(file, pending); // an ended rotation, finished
                head = pending;
            }

            bool changes = !ArtifactHeader.KeyIdOf(head).SequenceEqual(keys.ActiveId);
            if (changes)
            {
                byte[] wrapped = ArtifactHeader.Rewrap(head, digest, keys);
                WriteDown(digest, wrapped);
                Overwrite(file, wrapped);
            }

            if (changes || pending is not null)
            {
                File.Delete(NoteOf(digest));
            }

            return changes;
        }
    }

    /// <summary>The header that was written down for an artefact; null where no rotation is under way on it.</summary>
    public byte[]? PendingOf(ArtifactDigest digest)
    {
        try
        {
            return File.ReadAllBytes(NoteOf(digest));
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Removes what was written down for an artefact that is erased.</summary>
    public void Forget(ArtifactDigest digest)
    {
        if (Directory.Exists(notes))
        {
            File.Delete(NoteOf(digest));
            DurableFolder.Flush(notes);
        }
    }

    /// <summary>The name of the key that a file is wrapped with, 16 hexadecimal digits; null where it cannot be read.</summary>
    public static string? KeyNameOf(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
            byte[] head = new byte[ArtifactHeader.Length];
            return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length
                ? null
                : Convert.ToHexStringLower(ArtifactHeader.KeyIdOf(head));
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static void Overwrite(FileStream file, byte[] header)
    {
        file.Position = 0;
        file.Write(header); // one write of 120 bytes
        file.Flush(flushToDisk: true);
    }

    private void WriteDown(ArtifactDigest digest, byte[] header)
    {
        DurableFolder.Make(notes);
        string temporary = Path.Combine(notes, $"{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.part");
        using (FileStream file = new(temporary, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            file.Write(header);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, NoteOf(digest), overwrite: true);
        DurableFolder.Flush(notes);
    }

    private string NoteOf(ArtifactDigest digest) => Path.Combine(notes, digest.Hex);
}
