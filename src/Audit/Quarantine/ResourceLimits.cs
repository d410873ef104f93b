using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Governance.Audit.Quarantine;

/// <summary>Limits that the kernel holds this process to. They can only be lowered afterwards.</summary>
internal static partial class ResourceLimits
{
    private const int Processor = 0;
    private const int FileSize = 1;
    private const int Data = 2;
    private const int Core = 4;
    private const int OpenFiles = 7;

    // A runtime opens a few dozen libraries and devices; a model needs none.
    private const ulong MostOpenFiles = 256;

    /// <summary>Lowers the limits: memory and processor time as allowed, no file written, no core file.</summary>
    /// <exception cref="Win32Exception">The kernel refused; the process must not go on.</exception>
    [SupportedOSPlatform("linux")]
    public static void Apply(QuarantineAllowance allowance)
    {
        Set(Core, 0, 0);
        Set(FileSize, 0, 0);
        Set(OpenFiles, MostOpenFiles, MostOpenFiles);
        Set(Data, (ulong)allowance.MemoryBytes, (ulong)allowance.MemoryBytes);
        Set(Processor, (ulong)allowance.ProcessorSeconds, (ulong)allowance.ProcessorSeconds + 1);
    }

    private static void Set(int resource, ulong soft, ulong hard)
    {
        Limit limit = new() { Soft = soft, Hard = hard };
        if (SetLimit(resource, in limit) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"setrlimit({resource})");
        }
    }

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
