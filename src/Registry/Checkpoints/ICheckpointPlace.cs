namespace Governance.Registry.Checkpoints;

/// <summary>A place outside the database where checkpoints are kept.</summary>
public interface ICheckpointPlace
{
    /// <summary>Its name in the list of copies, at most 300 characters.</summary>
    string Name { get; }

    /// <summary>Whether it wants every checkpoint; false where the last one says it all.</summary>
    bool WantsAll { get; }

    /// <summary>The shortest time between two copies; zero for at once.</summary>
    TimeSpan Pause { get; }

    /// <summary>Keeps a checkpoint there; bringing the same one twice does no harm.</summary>
    /// <returns>What the place signed for it; null where it signs nothing.</returns>
    /// <exception cref="CopyFaultException">It could not be kept.</exception>
    Task<string?> KeepAsync(SignedCheckpoint checkpoint, CancellationToken cancellationToken);
}

/// <summary>A copy of a checkpoint could not be kept; the message is one sentence for people.</summary>
public sealed class CopyFaultException : Exception
{
    /// <summary>Says why.</summary>
    public CopyFaultException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

/// <summary>The file as a place.</summary>
internal sealed class FilePlace(CheckpointFile file) : ICheckpointPlace
{
    /// <inheritdoc/>
    public string Name => "file " + file.FilePath;

    /// <inheritdoc/>
    public bool WantsAll => true;

    /// <inheritdoc/>
    public TimeSpan Pause => TimeSpan.Zero;

    /// <inheritdoc/>
    public async Task<string?> KeepAsync(SignedCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        try
        {
            await file.AppendAsync(checkpoint.Note, cancellationToken);
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CopyFaultException(fault.Message, fault);
        }
    }
}
