using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Models;

/// <summary>A model loaded for one run of a command, with the encoding that the command line gave.</summary>
internal sealed class ModelRun : IDisposable
{
    // A run of one batch takes milliseconds; one that takes minutes is an endless loop in the graph.
    private static readonly TimeSpan BatchLimit = TimeSpan.FromMinutes(2);

    private ModelRun(byte[] file, OnnxPredictor predictor, ModelEncoding? encoding)
    {
        File = file;
        Predictor = predictor;
        Encoding = encoding;
    }

    /// <summary>The bytes of the ONNX file.</summary>
    public byte[] File { get; }

    /// <summary>The model.</summary>
    public OnnxPredictor Predictor { get; }

    /// <summary>The encoding, or null where columns are taken as they are.</summary>
    public ModelEncoding? Encoding { get; }

    /// <summary>How a command runs a model: with a limit for a batch, unless --limit-seconds gives one for all.</summary>
    /// <param name="context">The run.</param>
    /// <param name="threads">The most batches in flight.</param>
    public static PredictorOptions Options(CommandContext context, int threads) => new()
    {
        Provider = context.Provider,
        Threads = threads,
        RunLimit = context.Arguments.GetValue(CommonOptions.LimitSeconds) is null ? BatchLimit : null,
    };

    /// <summary>Loads model and encoding.</summary>
    /// <exception cref="InputException">One of them cannot be read, or the provider cannot be used.</exception>
    public static async Task<ModelRun> LoadAsync(CommandContext context, string modelPath, CancellationToken cancellationToken)
    {
        byte[] file = ModelPrecision.Apply(
            context, (await AdmittedFile.ReadAsync(context, modelPath, null, cancellationToken)).File, cancellationToken);
        ModelEncoding? encoding = context.Encoding is string path
            ? ModelEncoding.Read(await UserFiles.ReadAsync(path, cancellationToken))
            : null;
        PredictorOptions options = Options(context, context.Threads);
        OnnxPredictor predictor = OnnxPredictor.Load(file, options, cancellationToken);
        return new ModelRun(file, predictor, encoding);
    }

    public void Dispose() => Predictor.Dispose();
}
