using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Governance.Audit.Inference;

/// <summary>Keeps the runtime from reporting on itself to its maker.</summary>
/// <remarks>
/// ONNX Runtime 1.29 for Linux starts a telemetry client with its environment: a database in the user's cache folder, a
/// log in the temporary folder, uploads over HTTPS of what models are loaded and how they run. It asks this variable
/// before it does; its own call to turn events off comes too late for the files.
/// </remarks>
internal static partial class RuntimeTelemetry
{
    /// <summary>Turns it off for this process, before anything of this room runs.</summary>
#pragma warning disable CA2255 // a library's initialiser: nothing here may load the runtime before it
    [ModuleInitializer]
    internal static void TurnOff()
#pragma warning restore CA2255
    {
        // Not Environment.SetEnvironmentVariable: on Unix that changes a copy which native code does not see.
        _ = SetVariable("ORT_DISABLE_TELEMETRY", "1", 1);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
