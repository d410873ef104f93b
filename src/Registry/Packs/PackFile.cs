using System.Buffers.Binary;
using System.Text;

namespace Governance.Registry.Packs;

/// <summary>The zip of an evidence pack: the same files give the same bytes, and no other bytes give the same files.</summary>
/// <remarks>
/// Written here and not by <see cref="System.IO.Compression.ZipArchive"/>, whose headers differ between systems: files in the
/// order of their names, uncompressed, with the first time that a zip can hold. Every program that reads zip files reads it.
/// Source: APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
/// </remarks>
public static class PackFile
{
    private const uint LocalMark = 0x04034b50, CentralMark = 0x02014b50, EndMark = 0x06054b50;
    private const int LocalLength = 30, CentralLength = 46, EndLength = 22;
    private const ushort Version = 20, Utf8Names = 1 << 11, FirstDay = (1 << 5) | 1; // 1 January 1980

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes a pack.</summary>
    /// <param name="files">Paths with forward slashes, and what is in them: under 65,535 files and under 2 GiB together.</param>
    /// <exception cref="ArgumentException">There is too much for a zip of this form.</exception>
    public static byte[] Write(IReadOnlyDictionary<string, byte[]> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (files.Count >= ushort.MaxValue || files.Sum(file => (long)file.Value.Length) >= int.MaxValue)
        {
            throw new ArgumentException("There is too much for one pack.", nameof(files));
        }

        using MemoryStream bytes = new();
        using MemoryStream directory = new();
        foreach ((string path, byte[] content) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            byte[] name = Utf8.GetBytes(path);
            byte[] common = new byte[26]; // what local header and directory say alike, from "version needed" to "extra length"
            Span<byte> fields = common;
            BinaryPrimitives.WriteUInt16LittleEndian(fields, Version);
            BinaryPrimitives.WriteUInt16LittleEndian(fields[2..], Utf8Names);
            BinaryPrimitives.WriteUInt16LittleEndian(fields[8..], FirstDay);
            BinaryPrimitives.WriteUInt32LittleEndian(fields[10..], Crc32(content));
            BinaryPrimitives.WriteUInt32LittleEndian(fields[14..], (uint)content.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(fields[18..], (uint)content.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(fields[22..], (ushort)name.Length);

            byte[] central = new byte[CentralLength];
            BinaryPrimitives.WriteUInt32LittleEndian(central, CentralMark);
            BinaryPrimitives.WriteUInt16LittleEndian(central.AsSpan(4), Version);
            common.CopyTo(central, 6);
            BinaryPrimitives.WriteUInt32LittleEndian(central.AsSpan(42), (uint)bytes.Length);
            directory.Write(central);
            directory.Write(name);

            byte[] mark = new byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(mark, LocalMark);
            bytes.Write(mark);
            bytes.Write(common);
            bytes.Write(name);
            bytes.Write(content);
        }

        byte[] end = new byte[EndLength];
        BinaryPrimitives.WriteUInt32LittleEndian(end, EndMark);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), (ushort)files.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), (ushort)files.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), (uint)directory.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(16), (uint)bytes.Length);
        directory.WriteTo(bytes);
        bytes.Write(end);
        return bytes.ToArray();
    }

    /// <summary>Reads a pack.</summary>
    /// <param name="zip">All of it.</param>
    /// <exception cref="FormatException">It is not to the last byte as <see cref="Write"/> makes it of some files; one sentence.</exception>
    public static Dictionary<string, byte[]> Read(ReadOnlySpan<byte> zip)
    {
        Dictionary<string, byte[]> files = new(StringComparer.Ordinal);
        ReadOnlySpan<byte> rest = zip;
        while (rest.Length >= LocalLength && BinaryPrimitives.ReadUInt32LittleEndian(rest) == LocalMark)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(rest[18..]);
            int name = BinaryPrimitives.ReadUInt16LittleEndian(rest[26..]);
            if (length > rest.Length - LocalLength - name || !files.TryAdd(NameOf(rest.Slice(LocalLength, name)), rest.Slice(LocalLength + name, (int)length).ToArray()))
            {
                throw new FormatException("The pack is cut off, or a part of it was changed.");
            }

            rest = rest[(LocalLength + name + (int)length)..];
        }

        return files.Count == 0 ? throw new FormatException("It is no evidence pack.")
            : Write(files).AsSpan().SequenceEqual(zip) ? files
            : throw new FormatException("The pack was changed: it is not, to the last byte, as packs are written.");
    }

    private static string NameOf(ReadOnlySpan<byte> name)
    {
        try
        {
            return Utf8.GetString(name);
        }
        catch (DecoderFallbackException fault)
        {
            throw new FormatException("The name of a file in the pack was changed.", fault);
        }
    }

    // The polynomial of zip, reflected.
    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        Span<uint> table = stackalloc uint[256];
        for (uint each = 0; each < table.Length; each++)
        {
            uint value = each;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 1 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
            }

            table[(int)each] = value;
        }

        uint crc = uint.MaxValue;
        foreach (byte each in bytes)
        {
            crc = table[(int)((crc ^ each) & 0xFF)] ^ (crc >> 8);
        }

        return ~crc;
    }
}
