using System.Text.Json;
using Governance.Audit.Runs;
using Governance.Registry.Artifacts;

namespace Governance.Portal.Features.Evidence;

/// <summary>Findings documents that were read before, as they were sealed, so that a look at a large one does not parse it again.</summary>
/// <remarks>What is kept is what was sealed: masking comes after it, for each person.</remarks>
internal sealed class SealedDocuments(ArtifactStore store)
{
    /// <summary>The most bytes of JSON kept; in memory attributions take about as many.</summary>
    public const long MostBytes = 192L << 20;

    private readonly KeptReadings<FindingsDocument> kept = new(store, MostBytes);

    /// <summary>The document of this digest.</summary>
    /// <exception cref="ArtifactDamagedException">The store's bytes are not those that were sealed.</exception>
    public Task<FindingsDocument> OfAsync(ArtifactDigest digest, CancellationToken cancellationToken) => kept.OfAsync(
        digest, "",
        json => (JsonSerializer.Deserialize<FindingsDocument>(json, ReportJson.Options) ?? throw new JsonException("The findings document is empty."), json.LongLength),
        cancellationToken);
}
