namespace Governance.Registry.Artifacts;

/// <summary>The keys as they are now: read at the first use, and again when their file has changed.</summary>
/// <remarks>
/// A rotation is another process. A server that runs meanwhile must open what was wrapped with a key younger than the
/// server itself, and should wrap with that key from then on.
/// </remarks>
internal sealed class KeyRingSource(Func<KeyRing> load, Func<long> stamp)
{
    private readonly Lock gate = new();
    private KeyRing? ring;
    private long loadedAt;

    /// <summary>The keys.</summary>
    /// <exception cref="ArtifactKeyException">They cannot be used.</exception>
    public KeyRing Value
    {
        get
        {
            lock (gate)
            {
                long now = stamp();
                if (ring is null || (now != loadedAt && now != 0))
                {
                    ring = load();
                    loadedAt = stamp() == now ? now : 0; // written while it was read, or made just now: look again next time
                }

                return ring;
            }
        }
    }

    /// <summary>What changes when a key file is written; 0 where there is no file.</summary>
    public static long StampOf(string? file)
    {
        FileInfo? info = file is null ? null : new FileInfo(file);
        return info is { Exists: true } ? info.LastWriteTimeUtc.Ticks ^ (info.Length << 48) : 0;
    }
}
