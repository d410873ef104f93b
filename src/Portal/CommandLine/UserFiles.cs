using Governance.Audit.Data;

namespace Governance.Portal.CommandLine;

/// <summary>Files that the user of the command line named.</summary>
internal static class UserFiles
{
    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="InputException">It cannot be read; the sentence names it.</exception>
    public static FileStream OpenRead(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"The file '{path}' cannot be read: {Reason(fault)}", fault);
        }
    }

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="InputException">It cannot be read; the sentence names it.</exception>
    public static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using FileStream stream = OpenRead(path);
        byte[] bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    /// <summary>Writes a whole file by way of a temporary one beside it.</summary>
    /// <exception cref="InputException">It cannot be written; the sentence names it.</exception>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        string temporary = path + ".part";
        try
        {
            await File.WriteAllBytesAsync(temporary, bytes, cancellationToken);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"The file '{path}' cannot be written: {Reason(fault)}", fault);
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary); // the run was stopped while it was written
            }
        }
    }

    /// <summary>Refuses a path that can hold no file, so that a long run does not end in that refusal.</summary>
    /// <exception cref="InputException">It is empty, a folder, or in a folder that does not exist.</exception>
    public static void RefuseUnwritable(string path)
    {
        string? reason = string.IsNullOrWhiteSpace(path) ? "it has no name."
            : Directory.Exists(path) ? "it is a folder."
            : !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))) ? "its folder does not exist."
            : null;
        if (reason is not null)
        {
            throw new InputException($"The file '{path}' cannot be written: {reason}");
        }
    }

    private static string Reason(Exception fault) => fault switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file.",
        UnauthorizedAccessException => "it is a folder, or access is denied.",
        _ => "the system refused it.",
    };
}
