using System.Runtime.InteropServices;

namespace Governance.Audit.Inference;

/// <summary>Asks the CUDA runtime how much memory of the device is free.</summary>
internal static class DeviceMemory
{
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int MemoryInfo(out nuint free, out nuint total);

    /// <summary>Free bytes of the first device; null where there is no CUDA runtime or no device.</summary>
    public static long? Free()
    {
        if (!NativeLibrary.TryLoad("libcudart.so.13", out nint library))
        {
            return null;
        }

        return NativeLibrary.TryGetExport(library, "cudaMemGetInfo", out nint address)
            && Marshal.GetDelegateForFunctionPointer<MemoryInfo>(address)(out nuint free, out _) == 0
            ? (long)free
            : null;
    }
}
