using Governance.Audit.Data;
using Microsoft.ML.OnnxRuntime;

namespace Governance.Audit.Inference;

/// <summary>One run's output, copied out of the runtime's memory.</summary>
/// <param name="Numbers">Row-major, or null for text.</param>
/// <param name="Texts">Row-major, or null for numbers.</param>
/// <param name="Dims">All dimensions, the batch included.</param>
/// <param name="Keys">The keys of a sequence of maps as text, in the order of the columns; else null.</param>
internal sealed record RawOutput(double[]? Numbers, string[]? Texts, int[] Dims, string[]? Keys);

/// <summary>Makes native values, runs the session, copies, disposes; beside it only <see cref="BoundOutputs"/> and <see cref="BoundRun"/> hold native memory.</summary>
internal sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession session;
    private readonly OutputPool pool = new();

    /// <summary>Loads a model from bytes.</summary>
    /// <param name="model">The ONNX file.</param>
    /// <param name="provider">"auto", "cpu" or "cuda".</param>
    /// <param name="cancellationToken">Ends the load.</param>
    /// <exception cref="InputException">The runtime refuses the model, or the provider cannot be used.</exception>
    public OnnxSession(byte[] model, string provider, CancellationToken cancellationToken)
    {
        (session, Provider, Warning) = OpenSession.Load(model, provider, cancellationToken);
    }

    /// <summary>"cpu", or "cuda" with the device's name behind it.</summary>
    public string Provider { get; }

    /// <summary>Why "auto" took the CPU, or null.</summary>
    public AuditWarning? Warning { get; }

    /// <summary>The names of the inputs that a run must be given, in graph order.</summary>
    public IReadOnlyList<string> InputNames => session.InputNames;

    /// <summary>The names of the outputs, in graph order.</summary>
    public IReadOnlyList<string> OutputNames => session.OutputNames;

    /// <summary>What the runtime knows about an input.</summary>
    public NodeMetadata Input(string name) => session.InputMetadata[name];

    /// <summary>What the runtime knows about an output.</summary>
    public NodeMetadata Output(string name) => session.OutputMetadata[name];

    /// <summary>Runs the model once.</summary>
    /// <param name="tensors">All inputs.</param>
    /// <param name="start">The first row.</param>
    /// <param name="count">Rows, at least 1.</param>
    /// <param name="scalar">For each input, whether it takes no batch dimension.</param>
    /// <param name="outputs">The outputs wanted, tensors or sequences of maps.</param>
    /// <param name="again">Whether batches of so many rows come again, so that memory for their outputs is worth keeping.</param>
    /// <param name="cancellationToken">Ends the run within some 0.1 s.</param>
    /// <exception cref="OnnxRuntimeException">The runtime refused.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<RawOutput> Run(
        IReadOnlyList<InputTensor> tensors, int start, int count, IReadOnlyList<bool> scalar,
        IReadOnlyList<string> outputs, bool again, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string[] names = new string[tensors.Count];
        List<OrtValue> values = new(tensors.Count);
        try
        {
            for (int i = 0; i < tensors.Count; i++)
            {
                names[i] = tensors[i].Name;
                values.Add(OrtTensors.Make(tensors[i], start, count, scalar[i]));
            }

            string key = outputs.Count == 1 ? outputs[0] : string.Join('\n', outputs);
            if (again && pool.Take(key, count) is BoundOutputs bound)
            {
                if (RunBound(names, values, outputs, key, count, bound, cancellationToken) is IReadOnlyList<RawOutput> copied)
                {
                    return copied;
                }
            }

            IReadOnlyList<RawOutput> raw = RunFree(names, values, outputs, cancellationToken);
            if (again)
            {
                pool.Learn(key, count, [.. outputs.Select(Output)], raw);
            }

            return raw;
        }
        finally
        {
            values.ForEach(value => value.Dispose());
        }
    }

    public void Dispose()
    {
        pool.Dispose();
        session.Dispose();
    }

    private IReadOnlyList<RawOutput> RunFree(
        string[] names, List<OrtValue> values, IReadOnlyList<string> outputs, CancellationToken cancellationToken)
    {
        using RunOptions run = new();
        using CancellationTokenRegistration stop = cancellationToken.Register(() => run.Terminate = true);
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, names, values, outputs);
            return [.. results.Select(OrtTensors.Copy)];
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    // Null where the runtime refuses: its outputs have another shape this time, or the rows are at fault, which a run
    // without bound memory will tell.
    private IReadOnlyList<RawOutput>? RunBound(
        string[] names, List<OrtValue> values, IReadOnlyList<string> outputs, string key, int count, BoundOutputs bound,
        CancellationToken cancellationToken)
    {
        bool kept = false;
        try
        {
            using (cancellationToken.Register(() => bound.Run.Terminate = true))
            {
                session.Run(bound.Run, names, values, outputs, bound.Values);
            }

            IReadOnlyList<RawOutput> copied = bound.Copy();
            kept = !cancellationToken.IsCancellationRequested;
            return copied;
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OnnxRuntimeException)
        {
            pool.Forget(key, count);
            return null;
        }
        finally
        {
            if (kept)
            {
                pool.Return(key, count, bound);
            }
            else
            {
                bound.Dispose();
            }
        }
    }
}
