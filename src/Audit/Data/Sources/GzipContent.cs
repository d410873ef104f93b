using System.Buffers.Binary;
using System.IO.Compression;

namespace Governance.Audit.Data.Sources;

/// <summary>The content of a gzip file, checked to be whole.</summary>
/// <remarks>
/// The framework's stream ends quietly where a file was cut. So the checksum and length in the last eight bytes are
/// compared with what came out: of the whole, or, where several members were written one after another, of the last one.
/// </remarks>
/// <param name="stream">Seekable, not disposed.</param>
/// <param name="origin">Where the file begins in it.</param>
/// <param name="limits">What may come out.</param>
internal sealed class GzipContent(Stream stream, long origin, DataLimits limits)
{
    /// <summary>Opens the content from the beginning.</summary>
    public UnpackedStream Open()
    {
        stream.Position = origin;
        UnpackBudget budget = new("gzip file", () => stream.Position - origin, limits);
        return new UnpackedStream(new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true), budget, IsWhole);
    }

    private bool IsWhole(uint checksum, long length)
    {
        Span<byte> trailer = stackalloc byte[8];
        stream.Position = Math.Max(origin, stream.Length - trailer.Length);
        if (stream.ReadAtLeast(trailer, trailer.Length, throwOnEndOfStream: false) < trailer.Length)
        {
            return false;
        }

        uint expected = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]);
        return (size == (uint)length && expected == checksum) || (size < length && expected == ChecksumOfEnd(length - size));
    }

    private uint ChecksumOfEnd(long skip)
    {
        stream.Position = origin;
        using GZipStream unpacked = new(stream, CompressionMode.Decompress, leaveOpen: true);
        Crc32 checksum = default;
        byte[] block = new byte[1 << 16];
        int got;
        while ((got = unpacked.Read(block)) > 0)
        {
            int before = (int)Math.Min(got, skip);
            skip -= before;
            checksum.Add(block.AsSpan(before, got - before));
        }

        return checksum.Value;
    }
}
