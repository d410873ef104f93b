using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Governance.Audit.Tests.Data;

/// <summary>Archives and arrays made in memory, for tests and for the long run of bench.</summary>
internal static class PackedFiles
{
    public static byte[] Gzip(byte[] bytes, CompressionLevel level = CompressionLevel.Optimal)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, level))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    public static byte[] Zip(params (string Name, byte[] Bytes)[] files)
    {
        using MemoryStream packed = new();
        using (ZipArchive archive = new(packed, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] bytes) in files)
            {
                using Stream entry = archive.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return packed.ToArray();
    }

    /// <summary>An NPY file with this header text and these element bytes.</summary>
    public static byte[] Npy(string header, byte[] data, byte version = 1)
    {
        byte[] text = Encoding.UTF8.GetBytes(header.PadRight(118) + "\n");
        byte[] size = new byte[version == 1 ? 2 : 4];
        _ = version == 1
            ? BinaryPrimitives.TryWriteUInt16LittleEndian(size, (ushort)text.Length)
            : BinaryPrimitives.TryWriteUInt32LittleEndian(size, (uint)text.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. size, .. text, .. data];
    }

    public static byte[] Npy(string type, bool fortran, string shape, byte[] data, byte version = 1) =>
        Npy($"{{'descr': '{type}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': {shape}, }}", data, version);

    public static byte[] Doubles(params double[] values)
    {
        byte[] bytes = new byte[8 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(8 * i), values[i]);
        }

        return bytes;
    }
}
