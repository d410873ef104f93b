using Governance.Audit.Data;
using Microsoft.ML.OnnxRuntime;

namespace Governance.Audit.Inference;

/// <summary>Single runs of a session, each within a limit of time, with the runtime's faults as sentences.</summary>
/// <param name="session">The session.</param>
/// <param name="scalar">For each input, whether it takes no batch dimension.</param>
/// <param name="limit">The longest run; null for none.</param>
internal sealed class LimitedRuns(OnnxSession session, bool[] scalar, TimeSpan? limit)
{
    /// <summary>Runs some rows.</summary>
    /// <exception cref="InputException">The model refused them, or ran past the limit.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<RawOutput> Once(
        InputBatch batch, int start, int count, string[] names, bool again, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (limit is TimeSpan most)
        {
            limited.CancelAfter(most);
        }

        try
        {
            return session.Run(batch.Tensors, start, count, scalar, names, again, limited.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InputException($"The model ran past its limit of {limit!.Value.TotalSeconds} seconds.");
        }
        catch (OperationCanceledException)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OnnxRuntimeException fault)
        {
            throw new InputException($"The model cannot run these rows: {RuntimeFault.Sentence(fault)}", fault);
        }
    }

    /// <summary>Whether a row is taken alone.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public bool Takes(InputBatch batch, int row, string[] names, CancellationToken cancellationToken)
    {
        try
        {
            Once(batch, row, 1, names, false, cancellationToken);
            return true;
        }
        catch (InputException)
        {
            return false;
        }
    }
}
