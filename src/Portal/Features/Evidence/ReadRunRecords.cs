using System.Text.Json;
using Governance.Audit.Runs;
using Governance.Registry.Artifacts;
using Governance.Registry.Evidence;

namespace Governance.Portal.Features.Evidence;

/// <summary>Reads how a run went: what was timed, which no findings document holds.</summary>
internal sealed class ReadRunRecords(ArtifactStore store)
{
    /// <summary>The run record of evidence.</summary>
    /// <param name="record">The evidence.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <exception cref="ArtifactDamagedException">The store's bytes are not those that were sealed.</exception>
    public async Task<RunRecord?> OfAsync(EvidenceRecord record, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize<RunRecord>(await store.ReadAsync(record.RunRecord, cancellationToken), ReportJson.Options);
}
