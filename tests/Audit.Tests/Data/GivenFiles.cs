using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Governance.Audit.Data;

namespace Governance.Audit.Tests.Data;

/// <summary>Small data files made in memory.</summary>
internal static class GivenFiles
{
    public static Table Read(byte[] file) => TableFile.Read(new MemoryStream(file), CancellationToken.None);

    public static Table Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    public static Table Read(string text, params ColumnRule[] rules) =>
        TableFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), rules, new DataLimits(), CancellationToken.None);

    public static InputException Refused(byte[] file) => Assert.Throws<InputException>(() => Read(file));

    public static InputException Refused(string text) => Refused(Encoding.UTF8.GetBytes(text));

    public static List<string?> Texts(Column column) => [.. Enumerable.Range(0, column.Count).Select(column.Text)];

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
