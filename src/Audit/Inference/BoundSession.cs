namespace Governance.Audit.Inference;

/// <summary>A model whose inputs and outputs are bound: what stays the same from run to run is sent to the device once.</summary>
/// <remarks>Safe to use from several threads, each with a <see cref="BoundRun"/> of its own.</remarks>
internal sealed class BoundSession : IDisposable
{
    private readonly OpenSession opened;

    /// <summary>Loads a model.</summary>
    /// <param name="model">The ONNX file.</param>
    /// <param name="provider">"cpu" or "cuda".</param>
    /// <param name="cancellationToken">Ends the load.</param>
    /// <exception cref="Data.InputException">The runtime refuses the model, or the provider cannot be used.</exception>
    public BoundSession(byte[] model, string provider, CancellationToken cancellationToken) =>
        opened = OpenSession.Load(model, provider, cancellationToken);

    /// <summary>"cpu", or "cuda" with the device's name behind it.</summary>
    public string Provider => opened.Provider;

    /// <summary>Bindings for one thread.</summary>
    public BoundRun Open() => new(opened.Session);

    /// <inheritdoc/>
    public void Dispose() => opened.Session.Dispose();
}
