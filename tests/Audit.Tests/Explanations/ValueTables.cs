using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Governance.Audit.Tests.Explanations;

/// <summary>Arrays of doubles in NumPy's .npz files: a zip of .npy members, version 1.0, little-endian, C order.</summary>
internal static class ValueTables
{
    /// <summary>Reads one member, flattened.</summary>
    public static double[] Read(string path, string name)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        using Stream stream = archive.GetEntry(name + ".npy")!.Open();
        using MemoryStream buffer = new();
        stream.CopyTo(buffer);
        ReadOnlySpan<byte> bytes = buffer.ToArray();
        int header = BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]);
        return !System.Text.Encoding.ASCII.GetString(bytes.Slice(10, header)).Contains("'<f8', 'fortran_order': False", StringComparison.Ordinal)
            ? throw new InvalidDataException($"{path} holds no doubles in C order under '{name}'.")
            : MemoryMarshal.Cast<byte, double>(bytes[(10 + header)..]).ToArray();
    }
}
