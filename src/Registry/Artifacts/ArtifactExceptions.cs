namespace Governance.Registry.Artifacts;

/// <summary>The bytes in the store are not those that were put there: flipped, cut, swapped or missing.</summary>
public sealed class ArtifactDamagedException : IOException
{
    /// <summary>Names the artefact and what is wrong; never holds a path or its bytes.</summary>
    public ArtifactDamagedException(ArtifactDigest digest, string fault, Exception? inner = null)
        : base($"Artefact {digest.Short} is damaged: {fault}", inner) => Digest = digest;

    /// <summary>Which artefact.</summary>
    public ArtifactDigest Digest { get; }
}

/// <summary>The key-encryption key is missing, unsafe, or not the one that the artefacts were stored with.</summary>
public sealed class ArtifactKeyException : InvalidOperationException
{
    /// <summary>One sentence that says what to do; never holds key material.</summary>
    public ArtifactKeyException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

/// <summary>More bytes came than the caller allowed; nothing was kept.</summary>
public sealed class ArtifactTooLargeException : IOException
{
    /// <summary>Names the limit.</summary>
    public ArtifactTooLargeException(long limit)
        : base($"The file is larger than the limit of {limit} bytes.") => Limit = limit;

    /// <summary>The limit, in bytes.</summary>
    public long Limit { get; }
}
