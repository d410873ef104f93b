using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Quarantine;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Models;

/// <summary>The road of every command from a model's path to its bytes: through the quarantine.</summary>
internal static class AdmittedFile
{
    // Of this process, so that a command that reads the same model twice tries it once.
    private static readonly Lazy<ModelQuarantine> Quarantine = new(() => new ModelQuarantine(QuarantineCommand.Options));

    /// <summary>Reads a model file and tries it in a process of its own, on the CPU.</summary>
    /// <param name="context">The run.</param>
    /// <param name="path">The ONNX file.</param>
    /// <param name="rows">Rows to try it on, as CSV; null for made-up ones alone.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">The file cannot be read, is not accepted, or the provider cannot be used.</exception>
    public static async Task<AdmittedModel> ReadAsync(
        CommandContext context, string path, byte[]? rows, CancellationToken cancellationToken)
    {
        if (context.Provider == "cuda" && ExecutionProviders.Missing() is string missing)
        {
            throw new InputException($"CUDA cannot be used: {missing}");
        }

        byte[]? encoding = context.Encoding is string named ? await UserFiles.ReadAsync(named, cancellationToken) : null;
        return await ReadAsync(path, encoding, rows, cancellationToken);
    }

    /// <summary>Reads a model file and tries it in a process of its own, on the CPU, with the encoding given.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="encoding">JSON, or null where columns are taken as they are.</param>
    /// <param name="rows">Rows to try it on, as CSV; null for made-up ones alone.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">The file cannot be read, or is not accepted.</exception>
    public static async Task<AdmittedModel> ReadAsync(string path, byte[]? encoding, byte[]? rows, CancellationToken cancellationToken) =>
        await Quarantine.Value.AdmitAsync(await ReadAsync(path, cancellationToken), encoding, rows, cancellationToken);

    private static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using (FileStream stream = UserFiles.OpenRead(path))
        {
            long most = QuarantineCommand.Options.Limits.Bytes;
            if (!stream.CanSeek)
            {
                throw new InputException($"The file '{path}' cannot be read: it is a pipe or a device.");
            }

            if (stream.Length > most)
            {
                throw new InputException($"The model file has {stream.Length:N0} bytes, more than the {most:N0} that are accepted.");
            }
        }

        return await UserFiles.ReadAsync(path, cancellationToken);
    }
}
