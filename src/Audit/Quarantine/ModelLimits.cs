namespace Governance.Audit.Quarantine;

/// <summary>How large and how deep a model may be. A policy may raise them; zero or less is never meant.</summary>
public sealed record ModelLimits
{
    /// <summary>The limits that hold unless a policy says otherwise.</summary>
    public static ModelLimits Default { get; } = new();

    /// <summary>The largest file, in bytes: what one ONNX file and one array can hold, 2 GiB less 57 bytes.</summary>
    public long Bytes { get; init; } = Array.MaxLength;

    /// <summary>The most operators, those of subgraphs and of functions at each of their calls included.</summary>
    public int Nodes { get; init; } = 10_000;

    /// <summary>The most levels of If, Loop and Scan inside each other, calls of functions looked through.</summary>
    public int ControlDepth { get; init; } = 4;

    /// <summary>The most levels of functions that call functions: a runtime's time to inline them doubles with each.</summary>
    public int CallDepth { get; init; } = 8;

    /// <summary>The most rounds of a Loop, those of the loops around it multiplied in.</summary>
    public long LoopRounds { get; init; } = 1_000_000;

    /// <summary>The most elements of one value that one row of input makes: 2^26, 256 MiB of floats.</summary>
    public long ValueElements { get; init; } = 1L << 26;

    /// <summary>The most messages (operators, attributes, tensors, entries) of the file's format, and unknown fields.</summary>
    public int Messages { get; init; } = 500_000;

    /// <summary>The longest name, in bytes of UTF-8.</summary>
    public int NameBytes { get; init; } = 4_096;

    /// <summary>The most inputs and the most outputs.</summary>
    public int Ends { get; init; } = 4_096;
}
