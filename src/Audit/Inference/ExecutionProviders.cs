using System.Runtime.InteropServices;
using Governance.Audit.Data;
using Microsoft.ML.OnnxRuntime;

namespace Governance.Audit.Inference;

/// <summary>Chooses where a session runs: on the CPU, or on an NVIDIA device by CUDA.</summary>
/// <remarks>
/// The list of providers that the runtime prints says what it was compiled with, not what the machine has, so the
/// only proof of a device is a session that was made on it.
/// </remarks>
public static class ExecutionProviders
{
    // What the CUDA 13 provider of ONNX Runtime 1.29 links against or loads with its first product, driver first.
    private static readonly string[] Libraries =
    [
        "libcuda.so.1", "libcudart.so.13", "libcublasLt.so.13", "libcublas.so.13", "libcurand.so.10", "libcudnn.so.9",
    ];

    /// <summary>Sets the provider on the options of a session to be made.</summary>
    /// <param name="options">The session's options.</param>
    /// <param name="choice">"auto", "cpu" or "cuda".</param>
    /// <param name="warning">Why "auto" took the CPU, or null.</param>
    /// <returns>"cpu", or "cuda" with the device's name behind it.</returns>
    /// <exception cref="InputException">"cuda" was asked for and is not usable, or the choice is none of the three.</exception>
    public static string Attach(SessionOptions options, string choice, out AuditWarning? warning)
    {
        warning = null;
        if (choice == "cpu")
        {
            return "cpu";
        }

        if (choice is not ("auto" or "cuda"))
        {
            throw new InputException($"The provider '{choice}' is not known: take auto, cpu or cuda.");
        }

        string? missing = Missing() ?? Append(options);
        if (missing is null)
        {
            return $"cuda {DeviceName()}".TrimEnd();
        }

        if (choice == "cuda")
        {
            throw new InputException($"CUDA cannot be used: {missing}");
        }

        warning = new AuditWarning("provider-cpu", $"The model runs on the CPU, because CUDA cannot be used: {missing}");
        return "cpu";
    }

    /// <summary>Why no CUDA session can be made here, as a sentence; null where nothing is known to be missing.</summary>
    public static string? Missing() => Missing(RuntimeHasCuda(), CanLoad);

    /// <summary>The same for a runtime and libraries that somebody else knows of.</summary>
    /// <param name="compiled">Whether the runtime was compiled with CUDA.</param>
    /// <param name="canLoad">Whether a library can be loaded.</param>
    internal static string? Missing(bool compiled, Func<string, bool> canLoad)
    {
        if (!compiled)
        {
            return "this build holds the CPU library of ONNX Runtime only (build with -p:Gpu=true).";
        }

        List<string> absent = [.. Libraries.Where(library => !canLoad(library))];
        return absent.Count == 0 ? null
            : absent.Contains("libcuda.so.1") ? $"the NVIDIA driver is missing ({string.Join(", ", absent)} not found)."
            : $"the CUDA libraries {string.Join(", ", absent)} are not found.";
    }

    private static string? Append(SessionOptions options)
    {
        try
        {
            // Without this, products of 32-bit floats are rounded to 10 bits (TF32), which attributions show.
            using OrtCUDAProviderOptions cuda = new();
            cuda.UpdateOptions(new Dictionary<string, string>(StringComparer.Ordinal) { ["device_id"] = "0", ["use_tf32"] = "0" });
            options.AppendExecutionProvider_CUDA(cuda);
            return null;
        }
        catch (OnnxRuntimeException fault)
        {
            return RuntimeFault.Sentence(fault);
        }
    }

    private static bool RuntimeHasCuda() => OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider");

    private static bool CanLoad(string library)
    {
        if (!NativeLibrary.TryLoad(library, out nint handle))
        {
            return false;
        }

        NativeLibrary.Free(handle);
        return true;
    }

    private static string DeviceName()
    {
        const string Folder = "/proc/driver/nvidia/gpus";
        string? information = Directory.Exists(Folder)
            ? Directory.EnumerateFiles(Folder, "information", SearchOption.AllDirectories).Order().FirstOrDefault()
            : null;
        string? model = information is null ? null : File.ReadLines(information).FirstOrDefault(line => line.StartsWith("Model:", StringComparison.Ordinal));
        return model?["Model:".Length..].Trim() ?? "";
    }
}
