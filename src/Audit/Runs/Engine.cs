namespace Governance.Audit.Runs;

/// <summary>The name and version of this software, as every result carries it.</summary>
public static class Engine
{
    /// <summary>Such as "governance 0.1.0".</summary>
    public static string Name { get; } =
        "governance " + (typeof(Engine).Assembly.GetName().Version ?? new Version(0, 0, 0)).ToString(3);

    /// <summary>The version of the ONNX Runtime library that is loaded, such as "1.29.0".</summary>
    public static string OnnxRuntime => Microsoft.ML.OnnxRuntime.OrtEnv.Instance().GetVersionString();
}
