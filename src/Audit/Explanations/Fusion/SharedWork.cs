using Governance.Audit.Inference;

namespace Governance.Audit.Explanations.Fusion;

/// <summary>What parts of one explanation do once for all of them: load the fused graph, and score the reference rows that they share.</summary>
/// <remarks>Safe to use from several threads.</remarks>
internal sealed class SharedWork : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<InputBatch, double[]> scores = new(ReferenceEqualityComparer.Instance);
    private FusedSessions? sessions;
    private string? refusal;

    /// <summary>Finds the fused graph, or makes it the first time; others wait.</summary>
    /// <param name="take">Told of the sessions known, null the first time; gives those to keep, or why there are none.</param>
    /// <returns>What <paramref name="take"/> gave, or the refusal of the first time.</returns>
    public ChosenTransport Fused(Func<FusedSessions?, (ChosenTransport Chosen, FusedSessions? Made)> take)
    {
        lock (gate)
        {
            if (refusal is not null)
            {
                return new ChosenTransport(null, refusal, true);
            }

            (ChosenTransport chosen, FusedSessions? made) = take(sessions);
            sessions ??= made;
            refusal = chosen.Refused ? chosen.Reason : null;
            return chosen;
        }
    }

    /// <summary>The outputs of reference rows, computed for the first who asks.</summary>
    /// <param name="rows">The rows; the same object each time.</param>
    /// <param name="score">Computes them.</param>
    public double[] Scores(InputBatch rows, Func<double[]> score)
    {
        lock (gate)
        {
            return scores.TryGetValue(rows, out double[]? known) ? known : scores[rows] = score();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => sessions?.Dispose();
}
