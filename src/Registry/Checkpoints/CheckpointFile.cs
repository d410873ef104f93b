using System.Text;
using Governance.Registry.Storage;

namespace Governance.Registry.Checkpoints;

/// <summary>The file outside the database that every checkpoint is appended to, durably: signed notes, one behind another.</summary>
/// <remarks>
/// Opened for appending only (O_APPEND), so that a file system which allows no more (chattr +a, a WORM share) serves as well.
/// Its end is read back before anything is signed.
/// </remarks>
public sealed class CheckpointFile(RegistryOptions options)
{
    // Longer than any two notes.
    private const int TailBytes = 1 << 15;

    // Ends a note that a power cut left unfinished, so that the next one is read for itself. No key is called so.
    private const string Closing = "\n\n\u2014 unfinished AAAAAAAA\n";

    /// <summary>Where it is.</summary>
    public string FilePath => options.EffectiveCheckpointFile;

    /// <summary>Whether it lies on the same disk as the data folder: then one accident, or one thief, takes both.</summary>
    public bool IsBesideTheData => MountOf(FilePath) == MountOf(options.DataFolder);

    /// <summary>What the last whole note in it says; null where there is none.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public async Task<TreeHead?> LastAsync(CancellationToken cancellationToken)
    {
        string[] notes = [.. SignedCheckpoint.Split(await TailAsync(cancellationToken))];
        return notes.Reverse().Select(HeadOf).FirstOrDefault(head => head is not null);
    }

    /// <summary>Every note in it; none where there is no file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public async Task<IReadOnlyList<string>> NotesAsync(CancellationToken cancellationToken) => File.Exists(FilePath)
        ? [.. SignedCheckpoint.Split(await File.ReadAllTextAsync(FilePath, cancellationToken))]
        : [];

    /// <summary>Appends a note, unless the file ends with it already.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task AppendAsync(string note, CancellationToken cancellationToken)
    {
        string[] notes = [.. SignedCheckpoint.Split(await TailAsync(cancellationToken))];
        if (notes is [.., string last] && last == note)
        {
            return; // the process was killed before it could note the copy
        }

        bool torn = notes is [.., string unfinished] && HeadOf(unfinished) is null && !unfinished.EndsWith(Closing, StringComparison.Ordinal);
        AppendOnlyFile.Append(FilePath, Encoding.UTF8.GetBytes(torn ? Closing + note : note));
    }

    private async Task<string> TailAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(FilePath))
        {
            return "";
        }

        await using FileStream file = new(FilePath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0, useAsync: true);
        file.Seek(-Math.Min(TailBytes, file.Length), SeekOrigin.End);
        using StreamReader reader = new(file, Encoding.UTF8);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    private static TreeHead? HeadOf(string note)
    {
        try
        {
            return TreeHead.Parse(SignedNote.Parse(note).Text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string MountOf(string path)
    {
        string full = Path.GetFullPath(path);
        return DriveInfo.GetDrives().Select(drive => drive.RootDirectory.FullName)
            .Where(root => full == root || full.StartsWith(root.EndsWith('/') ? root : root + "/", StringComparison.Ordinal))
            .MaxBy(root => root.Length) ?? "/";
    }
}
