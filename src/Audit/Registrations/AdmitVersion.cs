using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Quarantine;
using Governance.Audit.Runs;
using Governance.Registry.Annotations;
using Governance.Registry.Ledger;
using Governance.Registry.Versions;

namespace Governance.Audit.Registrations;

/// <summary>Puts a version on record after its file has passed the quarantine and its encoding has been fitted to it.</summary>
public sealed class AdmitVersion(ModelQuarantine quarantine, RegisterVersion register)
{
    /// <summary>The largest model file, in bytes: what one ONNX file and one array can hold.</summary>
    public const long MostBytes = 0x7FFF_FFC7;

    /// <summary>Checks and registers.</summary>
    /// <param name="actor">The author.</param>
    /// <param name="modelName">Of which model.</param>
    /// <param name="file">The ONNX file.</param>
    /// <param name="encoding">An encoding or a manifest as JSON; null to take columns as they are.</param>
    /// <param name="note">What is new in it; null for nothing.</param>
    /// <param name="parents">What it came from.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <exception cref="InputException">The file is no model that runs here, or the encoding does not fit it.</exception>
    public Task<RegisterVersionOutcome> RunAsync(
        Actor actor, string modelName, byte[] file, byte[]? encoding, string? note,
        IReadOnlyList<(ModelVersionId Version, ParentKind Kind)> parents, CancellationToken cancellationToken) =>
        RunAsync(actor, modelName, file, encoding, note, parents, signature: null, annotations: [], cancellationToken);

    /// <summary>Checks and registers a version that may be signed, with what it is annotated with from the start; a wrong signature refuses it.</summary>
    /// <param name="actor">The author.</param>
    /// <param name="modelName">Of which model.</param>
    /// <param name="file">The ONNX file.</param>
    /// <param name="encoding">An encoding or a manifest as JSON; null to take columns as they are.</param>
    /// <param name="note">What is new in it; null for nothing.</param>
    /// <param name="parents">What it came from.</param>
    /// <param name="signature">A publisher's detached signature over the file; null for an unsigned one.</param>
    /// <param name="annotations">Tags, a description and an origin.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <exception cref="InputException">The file is no model that runs here, or the encoding does not fit it.</exception>
    public async Task<RegisterVersionOutcome> RunAsync(
        Actor actor, string modelName, byte[] file, byte[]? encoding, string? note,
        IReadOnlyList<(ModelVersionId Version, ParentKind Kind)> parents, byte[]? signature, IReadOnlyList<NewAnnotation> annotations,
        CancellationToken cancellationToken)
    {
        ModelEncoding? read = encoding is null ? null : ModelEncoding.Read(encoding);
        AdmittedModel model = await quarantine.AdmitAsync(file, encoding, null, cancellationToken);
        Check(model, read);
        InspectionReport report = await Task.Run(() => InspectModel.Report(model, cancellationToken), cancellationToken);
        using MemoryStream stream = new(file, writable: false);
        return await register.RunAsync(
            actor,
            new NewVersion(
                modelName, stream, MostBytes, read is null ? (ReadOnlyMemory<byte>?)null : read.CanonicalBytes(), note, parents)
            {
                Inspection = new NewInspection(
                    JsonSerializer.SerializeToUtf8Bytes(report, ReportJson.Options),
                    model.Checks.Count(check => !check.Ok)),
                Annotations = annotations,
                Signature = signature is null ? (ReadOnlyMemory<byte>?)null : signature,
            },
            cancellationToken);
    }

    private static void Check(AdmittedModel model, ModelEncoding? encoding)
    {
        if (encoding is not null)
        {
            _ = new RowEncoder(model.Signature, encoding);
        }

        _ = new DecisionRule(model.Signature, encoding);
        if (model.Checks.FirstOrDefault(check => check is { Name: "runs", Ok: false }) is ModelCheck failed)
        {
            throw new InputException($"The model does not run. {failed.Message}");
        }

        // Audits run in the process that serves pages: one row must not be able to ask for all its memory.
        if (model.Checks.FirstOrDefault(check => check is { Name: "sizes", Ok: false }) is ModelCheck boundless)
        {
            throw new InputException($"The model is not accepted here. {boundless.Message}");
        }
    }
}
