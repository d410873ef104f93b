using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Governance.Registry.Artifacts;

/// <summary>Makes names in a folder survive a power cut. .NET opens no folders, so the calls go to libc.</summary>
internal static class DurableFolder
{
    private const int ReadOnly = 0;
    private const int NotSupported = 22; // EINVAL: the file system keeps folders in order by itself

    /// <summary>Makes a folder with those above it, each name flushed to disk; nothing where it is there.</summary>
    /// <exception cref="IOException">The system refused it.</exception>
    public static void Make(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        string? above = Path.GetDirectoryName(Path.GetFullPath(folder));
        if (above is not null)
        {
            Make(above);
            Directory.CreateDirectory(folder);
            Flush(above);
        }
    }

    /// <summary>fsync of a folder.</summary>
    /// <exception cref="IOException">The system refused it.</exception>
    public static void Flush(string folder)
    {
        int descriptor = open(folder, ReadOnly);
        if (descriptor < 0)
        {
            throw Fault();
        }

        try
        {
            if (fsync(descriptor) != 0 && Marshal.GetLastPInvokeError() != NotSupported)
            {
                throw Fault();
            }
        }
        finally
        {
            _ = close(descriptor);
        }
    }

    private static IOException Fault() =>
        new("The folder cannot be flushed to disk: " + new Win32Exception(Marshal.GetLastPInvokeError()).Message);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fsync(int descriptor);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int descriptor);
}
