using Governance.Audit.Data;
using Microsoft.ML.OnnxRuntime;

namespace Governance.Audit.Inference;

/// <summary>A session of the runtime and where it runs.</summary>
/// <param name="Session">The session.</param>
/// <param name="Provider">"cpu", or "cuda" with the device's name behind it.</param>
/// <param name="Warning">Why "auto" took the CPU, or null.</param>
internal sealed record OpenSession(InferenceSession Session, string Provider, AuditWarning? Warning)
{
    /// <summary>Loads a model from bytes.</summary>
    /// <param name="model">The ONNX file.</param>
    /// <param name="provider">"auto", "cpu" or "cuda".</param>
    /// <param name="cancellationToken">Ends the load.</param>
    /// <exception cref="InputException">The runtime refuses the model, or the provider cannot be used.</exception>
    public static OpenSession Load(byte[] model, string provider, CancellationToken cancellationToken)
    {
        using SessionOptions options = new()
        {
            // Parallel over batches, never inside one: the sums of a row then do not depend on the number of threads.
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        string taken = ExecutionProviders.Attach(options, provider, out AuditWarning? warning);
        using CancellationTokenRegistration stop = cancellationToken.Register(() => options.SetLoadCancellationFlag(true));
        try
        {
            return new OpenSession(new InferenceSession(model, options), taken, warning);
        }
        catch (OnnxRuntimeException fault)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new InputException($"The model cannot be loaded: {RuntimeFault.Sentence(fault)}", fault);
        }
    }
}
