using System.ComponentModel;
using System.Runtime.InteropServices;
using Governance.Registry.Artifacts;
using Microsoft.Win32.SafeHandles;

namespace Governance.Registry.Checkpoints;

/// <summary>Appends to a file with O_APPEND, which .NET's own FileMode.Append does not set: it seeks, and a file that allows only appending refuses that.</summary>
internal static class AppendOnlyFile
{
    // Of Linux, on every processor that .NET runs on.
    private const int WriteOnly = 0x1;
    private const int Create = 0x40;
    private const int AtEnd = 0x400;
    private const int CloseOnExec = 0x80000;
    private const int Mode = 0x1A0; // rw-r-----

    /// <summary>Appends and flushes; a new file is flushed with its folder.</summary>
    /// <exception cref="IOException">The system refused it.</exception>
    public static void Append(string path, ReadOnlySpan<byte> bytes)
    {
        bool isNew = !File.Exists(path);
        int descriptor = open(path, WriteOnly | Create | AtEnd | CloseOnExec, Mode);
        if (descriptor < 0)
        {
            int code = Marshal.GetLastPInvokeError();
            throw new IOException($"The file '{path}' cannot be appended to: {new Win32Exception(code).Message}.", code);
        }

        using (FileStream file = new(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Write, bufferSize: 0))
        {
            file.Write(bytes); // whatever the offset, with O_APPEND it goes to the end
            file.Flush(flushToDisk: true);
        }

        if (isNew)
        {
            DurableFolder.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, int mode);
}
