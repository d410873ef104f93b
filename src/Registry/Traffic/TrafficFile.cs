using Governance.Registry.Artifacts;

namespace Governance.Registry.Traffic;

/// <summary>Which file of a chunk.</summary>
public enum TrafficPart
{
    /// <summary>The rows or labels themselves, until retention ends.</summary>
    Raw,

    /// <summary>Counts, histograms and sketches of its rows.</summary>
    Summary,
}

/// <summary>A file of a chunk in the artefact store. Operational and no fact; the row goes when the file is destroyed.</summary>
/// <remarks>The files of the store that rows of this kind name are kept, backed up and wrapped anew as artefacts are.</remarks>
public sealed class TrafficFile
{
    /// <summary>Notes a file.</summary>
    /// <param name="digest">SHA-256 of its bytes in the clear; unique, for the chunk's id stands in them.</param>
    /// <param name="length">In bytes, in the clear.</param>
    /// <param name="chunk">Of which chunk.</param>
    /// <param name="part">Which of its files.</param>
    public TrafficFile(ArtifactDigest digest, long length, Guid chunk, TrafficPart part)
    {
        Digest = digest;
        Length = length;
        Chunk = chunk;
        Part = part;
    }

    public ArtifactDigest Digest { get; private init; }

    public long Length { get; private init; }

    public Guid Chunk { get; private init; }

    public TrafficPart Part { get; private init; }
}
