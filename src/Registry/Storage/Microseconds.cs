namespace Governance.Registry.Storage;

/// <summary>Times as they are stored and hashed.</summary>
public static class Microseconds
{
    /// <summary>
    /// Cuts a time to whole microseconds in UTC. Done before hashing, because the databases keep no more, and a leaf
    /// hashed over finer ticks would not verify after a reload.
    /// </summary>
    public static DateTimeOffset Truncate(DateTimeOffset at) =>
        new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    /// <summary>ISO 8601 with six decimals and Z, such as 2026-03-01T09:00:00.000001Z: the form in every leaf.</summary>
    public static string Iso(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
