using Governance.Registry.Evidence;

namespace Governance.Audit.Runs;

/// <summary>The finished parts of one run of the portal, encrypted beside the store.</summary>
internal sealed class SealedShards(RunCheckpoints checkpoints, AuditRunId run) : IShardStore
{
    /// <inheritdoc/>
    public byte[]? Find(string key) => checkpoints.Find(run, key);

    /// <inheritdoc/>
    public void Keep(string key, byte[] result) => checkpoints.Keep(run, key, result);
}
