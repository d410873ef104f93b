using Governance.Registry.Traffic;

namespace Governance.Audit.Traffic;

/// <summary>What came of a batch: it is there for good.</summary>
/// <param name="Rows">Rows or labels that count from now on (at the second time of the same batch: that counted at the first).</param>
/// <param name="Repeated">Rows or labels that were there already, with the same content; they count once.</param>
/// <param name="Conflicts">Rows whose id was there already with another content: the first counts. Of labels, corrections: the later value counts from its time on.</param>
/// <param name="AcceptedBefore">Whether this very batch had been accepted before, so that nothing was added now.</param>
public sealed record IngestOutcome(int Rows, int Repeated, int Conflicts, bool AcceptedBefore)
{
    /// <summary>What was said of a batch at its first time.</summary>
    internal static IngestOutcome Of(AcceptedBatch batch) => new(batch.Rows, batch.Repeated, batch.Conflicts, true);
}
