using Governance.Registry.Artifacts;

namespace Governance.Registry.Traffic;

/// <summary>A chunk whose files lie in the store already, and whose rows come with the commit.</summary>
/// <param name="Id">It stands in the files as well.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Day">See <see cref="TrafficChunk"/>.</param>
/// <param name="Rows">How many.</param>
/// <param name="From">The earliest time in it.</param>
/// <param name="To">The latest time in it.</param>
/// <param name="Raw">The rows or labels; null where only what was counted is left.</param>
/// <param name="Summary">What was counted; null for labels.</param>
public sealed record NewChunk(
    Guid Id, TrafficKind Kind, DateOnly Day, int Rows, DateTimeOffset From, DateTimeOffset To, StoredArtifact? Raw, StoredArtifact? Summary)
{
    /// <summary>Its files.</summary>
    internal IEnumerable<TrafficFile> Files()
    {
        if (Raw is not null)
        {
            yield return new TrafficFile(Raw.Digest, Raw.Length, Id, TrafficPart.Raw);
        }

        if (Summary is not null)
        {
            yield return new TrafficFile(Summary.Digest, Summary.Length, Id, TrafficPart.Summary);
        }
    }
}
