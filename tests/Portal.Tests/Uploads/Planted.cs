using System.Buffers.Binary;

namespace Governance.Portal.Tests.Uploads;

/// <summary>Searches files for any 32 bytes in a row of a secret, at any place of either.</summary>
internal static class Planted
{
    private const int Window = 32;

    /// <summary>The files below a folder that hold a window of the secret; sockets and pipes are left out.</summary>
    public static IReadOnlyList<string> FilesWith(byte[] secret, string folder)
    {
        // Eight bytes that begin a window find it in one look; whether all 32 are there is compared then.
        Dictionary<ulong, List<int>> starts = [];
        for (int at = 0; at + Window <= secret.Length; at++)
        {
            ulong key = BinaryPrimitives.ReadUInt64LittleEndian(secret.AsSpan(at));
            (starts.TryGetValue(key, out List<int>? known) ? known : starts[key] = []).Add(at);
        }

        return
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(path => File.GetAttributes(path) is var kind && !kind.HasFlag(FileAttributes.ReparsePoint) && !kind.HasFlag(FileAttributes.Device) && new FileInfo(path).Length >= Window)
                .Where(path => Holds(File.ReadAllBytes(path), secret, starts)),
        ];
    }

    private static bool Holds(byte[] file, byte[] secret, Dictionary<ulong, List<int>> starts)
    {
        for (int at = 0; at + Window <= file.Length; at++)
        {
            if (starts.TryGetValue(BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at)), out List<int>? places)
                && places.Exists(place => file.AsSpan(at, Window).SequenceEqual(secret.AsSpan(place, Window))))
            {
                return true;
            }
        }

        return false;
    }
}
