using System.Collections.Concurrent;
using System.Security.Cryptography;
using Governance.Audit.Data;
using Governance.Audit.Inference;

namespace Governance.Audit.Quarantine;

/// <summary>The one road by which a stranger's model comes to a runtime of this process.</summary>
/// <remarks>
/// First our own reader, then a child process that loads the model and runs it on a few rows under limits of memory,
/// processor time, files and wall time. What it says is remembered by the digest of what it was given, so that the same
/// model is tried once in the life of this object.
/// </remarks>
public sealed class ModelQuarantine(QuarantineOptions options) : IDisposable
{
    private const int MostRemembered = 256;

    private readonly ConcurrentDictionary<string, TrialReport> remembered = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim places = new(options.SideBySide, options.SideBySide);

    /// <summary>Tries a model.</summary>
    /// <param name="file">The ONNX file. Kept in what comes back.</param>
    /// <param name="encoding">How readable rows become its inputs, as JSON; null to take columns as they are.</param>
    /// <param name="rows">Rows to try it on beside made-up ones, as CSV; null for none.</param>
    /// <param name="cancellationToken">Ends the trial and kills the child.</param>
    /// <exception cref="InputException">The model is not accepted; the sentence names the fault.</exception>
    public async Task<AdmittedModel> AdmitAsync(byte[] file, byte[]? encoding, byte[]? rows, CancellationToken cancellationToken)
    {
        ModelContent content = await Task.Run(() => PreParser.Read(file, options.Limits), cancellationToken);
        string key = $"{content.Sha256}/{Key(encoding)}/{Key(rows)}";
        if (!remembered.TryGetValue(key, out TrialReport? report))
        {
            report = await TryAsync(file, encoding, rows, content, cancellationToken);
            if (remembered.Count < MostRemembered)
            {
                remembered.TryAdd(key, report);
            }
        }

        return report.Refusal is string sentence
            ? throw new InputException(sentence)
            : new AdmittedModel(
                file, content, report.Signature!,
                [.. content.Checks, .. ManifestDigest.Check(encoding, content.Sha256) is { } digest ? (ModelCheck[])[digest] : [], .. report.Checks]);
    }

    /// <inheritdoc />
    public void Dispose() => places.Dispose();

    private async Task<TrialReport> TryAsync(
        byte[] file, byte[]? encoding, byte[]? rows, ModelContent content, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            using QuarantineProcess process = new(options, options.For(file.Length));
            return await process.RunAsync(file, encoding, rows, content, cancellationToken);
        }
        finally
        {
            places.Release();
        }
    }

    private static string Key(byte[]? part) => part is null ? "" : Convert.ToHexStringLower(SHA256.HashData(part));
}
