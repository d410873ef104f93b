namespace Governance.Audit.Inference;

/// <summary>
/// Something that turns rows into outputs: an ONNX session, a remote server, a function in a test.
/// </summary>
/// <remarks>Safe to call from several threads at once.</remarks>
public interface IPredictor
{
    /// <summary>What the model takes and gives.</summary>
    ModelSignature Signature { get; }

    /// <summary>Where it runs: "cpu", or "cuda" with the device's name behind it.</summary>
    string Provider { get; }

    /// <summary>Runs the model on a batch.</summary>
    /// <param name="batch">At least one row; tensors in the order and types of <see cref="Signature"/>.</param>
    /// <param name="cancellationToken">Ends a run in progress; it then throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="Data.InputException">The model refused the rows, or ran past its time limit.</exception>
    Prediction Predict(InputBatch batch, CancellationToken cancellationToken);

    /// <summary>Runs the model on a batch for one of its outputs.</summary>
    /// <param name="batch">At least one row; tensors in the order and types of <see cref="Signature"/>.</param>
    /// <param name="output">The output's name.</param>
    /// <param name="cancellationToken">Ends a run in progress; it then throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="Data.InputException">The model refused the rows, or ran past its time limit.</exception>
    /// <exception cref="ArgumentException">There is no such output.</exception>
    OutputValues Predict(InputBatch batch, string output, CancellationToken cancellationToken) =>
        Predict(batch, cancellationToken)[output];
}
