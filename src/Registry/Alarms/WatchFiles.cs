using Governance.Registry.Artifacts;
using Governance.Registry.Storage;

namespace Governance.Registry.Alarms;

/// <summary>What watches know across a restart: calibrations and states, as encrypted files below <c>watches/</c>.</summary>
/// <remarks>
/// Working memory and no fact: without ledger and row. What cannot be read counts as absent, and the watch begins anew. Each node
/// of several keeps its own.
/// </remarks>
public sealed class WatchFiles(ArtifactStore store, RegistryOptions options)
{
    private readonly SealedFiles files = new(store, Path.Combine(Path.GetFullPath(options.DataFolder), "watches"), ".watch");

    /// <summary>Keeps bytes under a key, in place of those kept before; the file appears whole or not at all.</summary>
    /// <param name="key">Any text.</param>
    /// <param name="content">In the clear.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task KeepAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => files.KeepAsync(key, content, cancellationToken);

    /// <summary>The bytes kept under a key; null where there are none that can be trusted.</summary>
    public Task<byte[]?> FindAsync(string key, CancellationToken cancellationToken) => files.FindAsync(key, cancellationToken);
}
