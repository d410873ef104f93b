using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Registry.Ledger;
using Governance.Registry.Versions;

namespace Governance.Audit.Registrations;

/// <summary>Puts a version on record after its file has loaded and its encoding has been fitted to it.</summary>
public sealed class AdmitVersion(RegisterVersion register)
{
    /// <summary>The largest model file, in bytes: what one ONNX file can hold.</summary>
    public const long MostBytes = int.MaxValue;

    /// <summary>Checks and registers.</summary>
    /// <param name="actor">The author.</param>
    /// <param name="modelName">Of which model.</param>
    /// <param name="file">The ONNX file.</param>
    /// <param name="encoding">An encoding or a manifest as JSON; null to take columns as they are.</param>
    /// <param name="note">What is new in it; null for nothing.</param>
    /// <param name="parents">What it came from.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <exception cref="InputException">The file is no model that runs here, or the encoding does not fit it.</exception>
    public async Task<RegisterVersionOutcome> RunAsync(
        Actor actor, string modelName, byte[] file, byte[]? encoding, string? note,
        IReadOnlyList<(ModelVersionId Version, ParentKind Kind)> parents, CancellationToken cancellationToken)
    {
        ModelEncoding? read = encoding is null ? null : ModelEncoding.Read(encoding);
        await Task.Run(() => Check(file, read, cancellationToken), cancellationToken);
        using MemoryStream stream = new(file, writable: false);
        return await register.RunAsync(
            actor,
            new NewVersion(
                modelName, stream, MostBytes, read is null ? (ReadOnlyMemory<byte>?)null : read.CanonicalBytes(), note, parents),
            cancellationToken);
    }

    private static void Check(byte[] file, ModelEncoding? encoding, CancellationToken cancellationToken)
    {
        using OnnxPredictor predictor = OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, cancellationToken);
        if (encoding is not null)
        {
            _ = new RowEncoder(predictor.Signature, encoding);
        }

        _ = new DecisionRule(predictor.Signature, encoding);
    }
}
