namespace Governance.Audit.Explanations.Fusion;

/// <summary>What passed between this process and the model's session for a report.</summary>
/// <param name="Path">"rows" where masked rows were sent, "fused" where the session made them from coalitions.</param>
/// <param name="Reason">Why, one sentence; null where the method plays no coalitions.</param>
/// <param name="Bytes">Inputs handed over and outputs taken back, numbers back as doubles; the row and the background counted once, however many threads hold them.</param>
/// <param name="BytesPerExplanation"><paramref name="Bytes"/> over the rows explained, rounded up.</param>
public sealed record Transport(string Path, string? Reason, long Bytes, long BytesPerExplanation)
{
    /// <summary>The transport of reports that become one.</summary>
    /// <param name="parts">Theirs; null where none is known.</param>
    /// <param name="rows">The rows explained by all of them.</param>
    public static Transport? Of(IEnumerable<Transport?> parts, int rows)
    {
        Transport?[] all = [.. parts];
        return all.Length == 0 || all.Contains(null) ? null : Of(all[0]!.Path, all[0]!.Reason, all.Sum(part => part!.Bytes), rows);
    }

    /// <summary>The transport of some rows.</summary>
    public static Transport Of(string path, string? reason, long bytes, int rows) => new(path, reason, bytes, (bytes + rows - 1) / Math.Max(1, rows));
}
