using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Governance.Audit.Monitoring;

/// <summary>Streams of a plan's seed, by what they are drawn for, so that no figure depends on what was read before it.</summary>
internal static class StreamOf
{
    /// <summary>The stream of some words and numbers.</summary>
    public static long Words(params object[] parts) =>
        BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));

    /// <summary>The stream of a window.</summary>
    public static long Window(string monitor, MonitorWindow window) => Words(monitor, window.From.UtcTicks, window.To.UtcTicks);
}
