using Governance.Audit.Data;
using Governance.Audit.Encodings;

namespace Governance.Audit.Copies;

/// <summary>A model that is named as independent of the registered one.</summary>
/// <param name="Name">What the result calls it.</param>
/// <param name="File">The ONNX file.</param>
/// <param name="Encoding">How it reads the data; null to go by the registered model's encoding.</param>
public sealed record GivenControl(string Name, byte[] File, ModelEncoding? Encoding);

/// <summary>"Is this a copy?"</summary>
public sealed record CopyQuestion
{
    /// <summary>The suspect's ONNX file.</summary>
    public required byte[] Suspect { get; init; }

    /// <summary>How the suspect reads the data; null to go by the model's encoding, then by position.</summary>
    public ModelEncoding? SuspectEncoding { get; init; }

    /// <summary>The registered model's ONNX file.</summary>
    public required byte[] Model { get; init; }

    /// <summary>How the model reads the data; null to take columns as they are.</summary>
    public ModelEncoding? Encoding { get; init; }

    /// <summary>Readable rows of what the model is used on, best those it was trained on.</summary>
    public required Table Data { get; init; }

    /// <summary>The column with the true outcome; null takes the encoding's, else a column that holds just the classes.</summary>
    public string? Label { get; init; }

    /// <summary>Models known to be independent; may be empty.</summary>
    public IReadOnlyList<GivenControl> Controls { get; init; } = [];

    /// <summary>32 bytes that the probe rows are drawn by.</summary>
    public required byte[] Secret { get; init; }

    /// <summary>"auto", "cpu" or "cuda".</summary>
    public string Provider { get; init; } = "cpu";

    /// <summary>Threads of the runtime's batches, at least 1.</summary>
    public int Threads { get; init; } = 1;
}
