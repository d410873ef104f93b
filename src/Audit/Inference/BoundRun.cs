using Governance.Audit.Data;
using Microsoft.ML.OnnxRuntime;

namespace Governance.Audit.Inference;

/// <summary>The bound inputs and outputs of one thread's runs of a session.</summary>
/// <remarks>
/// An input is copied to the device when it is bound, not when the session runs, and stays there until it is bound again
/// (IOBinding::BindInput of the runtime). On the CPU nothing is copied: the session reads the array itself.
/// </remarks>
internal sealed class BoundRun : IDisposable
{
    private readonly InferenceSession session;
    private readonly OrtIoBinding binding;
    private readonly Dictionary<string, OrtValue> held = new(StringComparer.Ordinal);

    /// <summary>Starts with nothing bound.</summary>
    /// <param name="session">The session; stays the caller's.</param>
    public BoundRun(InferenceSession session)
    {
        this.session = session;
        binding = session.CreateIoBinding();
    }

    /// <summary>Binds an input.</summary>
    /// <param name="input">Its name.</param>
    /// <param name="values">Numbers or truth values; not to be changed while bound. There may be more than the shape takes.</param>
    /// <param name="dims">All dimensions.</param>
    public void Bind(string input, Array values, params long[] dims)
    {
        OrtValue value = OrtTensors.Over(values, dims);
        binding.BindInput(input, value);
        Hold(input, value);
    }

    /// <summary>Binds the memory that an output of doubles is written to.</summary>
    /// <param name="output">Its name.</param>
    /// <param name="into">Where it is written, row-major; there may be more room than the shape takes.</param>
    /// <param name="dims">All its dimensions.</param>
    public void Take(string output, double[] into, params long[] dims)
    {
        OrtValue value = OrtTensors.Over(into, dims);
        binding.BindOutput(output, value);
        Hold(output, value);
    }

    /// <summary>Runs the session once, on what is bound.</summary>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="InputException">The runtime refused.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        using RunOptions run = new();
        using CancellationTokenRegistration stop = cancellationToken.Register(() => run.Terminate = true);
        try
        {
            session.RunWithBinding(run, binding);
            binding.SynchronizeBoundOutputs();
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OnnxRuntimeException fault)
        {
            throw new InputException($"The model cannot run these rows: {RuntimeFault.Sentence(fault)}", fault);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        binding.Dispose();
        foreach (OrtValue value in held.Values)
        {
            value.Dispose();
        }
    }

    // The binding points into the array, which must not move while the value that pins it is bound.
    private void Hold(string name, OrtValue value)
    {
        if (held.Remove(name, out OrtValue? before))
        {
            before.Dispose();
        }

        held.Add(name, value);
    }
}
