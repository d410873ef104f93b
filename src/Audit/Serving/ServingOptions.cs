namespace Governance.Audit.Serving;

/// <summary>What serving may take of the machine.</summary>
public sealed record ServingOptions
{
    /// <summary>
    /// The most memory of all loaded versions together, in bytes: a quarter of what the process may have unless told otherwise. A
    /// single version larger than that is loaded alone.
    /// </summary>
    public long MemoryBytes { get; init; } = Math.Max(256L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);

    /// <summary>How long larger batches are tried when a version is loaded.</summary>
    public TimeSpan ProofTime { get; init; } = TimeSpan.FromSeconds(2);
}
