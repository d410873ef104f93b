using System.Globalization;
using System.Text.Json;
using Governance.Audit.Runs;

namespace Governance.Portal.Features.Explanations;

/// <summary>Results of <c>governance explain</c> in a folder that only its user can read, so that a second request runs no model.</summary>
/// <remarks>
/// A file is named by the result's key and the number of threads: threads change no value, and keeping them apart lets
/// anybody check that. A file that cannot be read is as good as none; the oldest go where the folder passes its limit.
/// </remarks>
internal sealed class ResultCache
{
    /// <summary>The most bytes of all files.</summary>
    public const long MostBytes = 256L << 20;

    private readonly string folder;
    private readonly long mostBytes;

    /// <summary>A cache in a folder, which need not exist.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="mostBytes">The most bytes of all files; a larger result is not kept.</param>
    public ResultCache(string folder, long mostBytes = MostBytes)
    {
        this.folder = folder;
        this.mostBytes = mostBytes;
    }

    /// <summary>The user's cache: below XDG_CACHE_HOME, else below ~/.cache; null where there is no home.</summary>
    public static ResultCache? OfUser()
    {
        string? root = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (string.IsNullOrEmpty(root) || !Path.IsPathRooted(root))
        {
            string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            root = home.Length == 0 ? null : Path.Combine(home, ".cache");
        }

        return root is null ? null : new ResultCache(Path.Combine(root, "governance", "explanations"));
    }

    /// <summary>The result of that key, or null.</summary>
    public CachedResult? Find(string key, int threads)
    {
        try
        {
            using FileStream stream = new(FileOf(key, threads), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            CachedResult? result = JsonSerializer.Deserialize<CachedResult>(stream, ReportJson.Options);
            return result?.Report?.ResultKey == key && result.Warnings is not null ? result : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException
            or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Keeps a result, if it can be kept: a cache that cannot be written costs time, not the result.</summary>
    public void Keep(string key, int threads, CachedResult result)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(result, ReportJson.Options);
        if (json.Length > mostBytes)
        {
            return;
        }

        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            Write(FileOf(key, threads), json);
            Trim();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static void Write(string file, byte[] json)
    {
        string temporary = string.Create(CultureInfo.InvariantCulture, $"{file}.{Environment.ProcessId}.part");
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (FileStream stream = new(temporary, options))
        {
            stream.Write(json);
        }

        File.Move(temporary, file, overwrite: true);
    }

    private void Trim()
    {
        long held = 0;
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles().OrderByDescending(file => file.LastWriteTimeUtc))
        {
            held += file.Length;
            if (held > mostBytes)
            {
                file.Delete();
            }
        }
    }

    private string FileOf(string key, int threads) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{key}-{threads}.json"));
}
