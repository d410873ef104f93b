using System.Runtime.InteropServices;

namespace Governance.Portal.Security;

/// <summary>Keeps the memory of this process, where models are in the clear, out of files.</summary>
internal static class CoreDumps
{
    private const int SetDumpable = 4; // PR_SET_DUMPABLE of prctl(2)
    private const int CoreSize = 4; // RLIMIT_CORE of setrlimit(2)

    /// <summary>No core file when the process dies, and no reading of its memory by others of the same user.</summary>
    /// <remarks>Where the system refuses (it is not Linux), nothing is lost but this.</remarks>
    public static void Forbid()
    {
        if (OperatingSystem.IsLinux())
        {
            Limit none = default;
            _ = setrlimit(CoreSize, in none);
            _ = prctl(SetDumpable, 0, 0, 0, 0);
        }
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int prctl(int option, nuint first, nuint second, nuint third, nuint fourth);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int setrlimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Limit
    {
        private readonly nuint current;
        private readonly nuint most;
    }
}
