namespace Governance.Registry.Artifacts;

/// <summary>Who writes to the store, as locks on an empty file beside it. The system gives them up when a process ends.</summary>
internal static class StoreLock
{
    /// <summary>Behind the folder's name.</summary>
    public const string Extension = ".lock";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>One of any number of writers; waits while someone is alone.</summary>
    /// <exception cref="IOException">Someone was alone for half a minute, or the file cannot be made.</exception>
    public static FileStream Share(string path)
    {
        for (TimeSpan waited = TimeSpan.Zero; ; waited += Pause)
        {
            try
            {
                // Made first where it is missing; a lock for reading works on every file system, one for writing does not.
                using (new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, 1))
                {
                    return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
                }
            }
            catch (IOException) when (File.Exists(path) && waited < Patience)
            {
                Thread.Sleep(Pause);
            }
        }
    }

    /// <summary>The only one; null where there are writers.</summary>
    public static FileStream? TryAlone(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}
