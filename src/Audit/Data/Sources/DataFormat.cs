using System.Text;

namespace Governance.Audit.Data.Sources;

/// <summary>The formats that hold a table.</summary>
internal enum DataFormat
{
    Csv,
    JsonLines,
    Npy,
    Zip,
}

/// <summary>Tells formats apart by their first bytes, never by a file's name.</summary>
internal static class DataSignature
{
    private const string Export = "export the table as CSV (UTF-8, commas, one header line) and use that";

    private static readonly (byte[] Start, int At, string Name, string Advice)[] Foreign =
    [
        ([0x1F, 0x8B], 0, "a gzip file inside another archive", "pack the data once"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], 0, "a 7-Zip archive", "unpack it and use the file inside"),
        (Ascii("Rar!\x1A\x07"), 0, "a RAR archive", "unpack it and use the file inside"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], 0, "an xz file", "unpack it, or pack the data as gzip"),
        (Ascii("BZh"), 0, "a bzip2 file", "unpack it, or pack the data as gzip"),
        ([0x28, 0xB5, 0x2F, 0xFD], 0, "a Zstandard file", "unpack it, or pack the data as gzip"),
        ([0x04, 0x22, 0x4D, 0x18], 0, "an LZ4 file", "unpack it, or pack the data as gzip"),
        (Ascii("ustar"), 257, "a tar archive", "unpack it and use the file inside"),
        (Ascii("PAR1"), 0, "a Parquet file", Export),
        (Ascii("ARROW1"), 0, "an Arrow file", Export),
        (Ascii("FEA1"), 0, "a Feather file", Export),
        (Ascii("Obj\x01"), 0, "an Avro file", Export),
        (Ascii("ORC"), 0, "an ORC file", Export),
        ([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A], 0, "an HDF5 file", Export),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], 0, "an old Office file (.xls)", Export),
        (Ascii("SQLite format 3\0"), 0, "a SQLite database", Export),
        ([0x80, 2], 0, "a Python pickle, which is a program", Export),
        ([0x80, 3], 0, "a Python pickle, which is a program", Export),
        ([0x80, 4], 0, "a Python pickle, which is a program", Export),
        ([0x80, 5], 0, "a Python pickle, which is a program", Export),
        (Ascii("RDX"), 0, "an R data file", Export),
        (Ascii("%PDF-"), 0, "a PDF document", Export),
        ([0x89, 0x50, 0x4E, 0x47], 0, "a PNG image", "put the pictures into a zip archive, with a CSV that names them in a column file"),
        ([0xFF, 0xD8, 0xFF], 0, "a JPEG image", "use its pixels: a row of numbers in a table, or an array in an NPY file"),
        ([0x7F, 0x45, 0x4C, 0x46], 0, "a program", "use a table"),
        (Ascii("<?xml"), 0, "an XML document", Export),
        (Ascii("<!DOCTYPE"), 0, "an HTML page", Export),
        (Ascii("<html"), 0, "an HTML page", Export),
    ];

    /// <summary>The format of a file.</summary>
    /// <param name="head">Its first bytes, unpacked.</param>
    /// <exception cref="InputException">It is a known format that holds no table or cannot be read; the sentence names it.</exception>
    public static DataFormat Of(ReadOnlySpan<byte> head)
    {
        foreach ((byte[] start, int at, string name, string advice) in Foreign)
        {
            // A name of a column may begin like some marks; a binary file has control characters soon.
            if (head.Length >= at + start.Length && head.Slice(at, start.Length).SequenceEqual(start)
                && (!IsWord(start) || head.IndexOfAnyInRange((byte)0, (byte)8) >= 0))
            {
                throw Refusal(name, advice);
            }
        }

        if (head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8))
        {
            return DataFormat.Zip;
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y']))
        {
            return DataFormat.Npy;
        }

        // The version of an ONNX file and the name of its producer stand first in it.
        return head is [0x08, < 0x20, 0x12, ..] ? throw Refusal("an ONNX model", "give the data here, and the model where a model is asked for")
            : TextEncodings.FaultOfStart(head) is InputException fault ? throw fault
            : OfText(head);
    }

    /// <summary>A refusal that names a format.</summary>
    public static InputException Refusal(string name, string advice) =>
        new($"The data is {name}, not CSV, JSON Lines, NPY or NPZ; {advice}.") { Line = 1 };

    private static DataFormat OfText(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> bom = [0xEF, 0xBB, 0xBF];
        ReadOnlySpan<byte> text = (head.StartsWith(bom) ? head[bom.Length..] : head).TrimStart(" \t\r\n"u8);
        ReadOnlySpan<byte> inside = text.IsEmpty ? text : text[1..].TrimStart(" \t\r\n"u8);
        return text.StartsWith("{"u8) && (inside.IsEmpty || inside[0] is (byte)'"' or (byte)'}') ? DataFormat.JsonLines
            : text.StartsWith("["u8) && !inside.IsEmpty && inside[0] is (byte)'{' or (byte)'['
            ? throw Refusal("a JSON array", "write one object a line (JSON Lines)")
            : DataFormat.Csv;
    }

    private static bool IsWord(ReadOnlySpan<byte> start)
    {
        foreach (byte each in start)
        {
            if (!char.IsAsciiLetterOrDigit((char)each))
            {
                return false;
            }
        }

        return true;
    }

    private static byte[] Ascii(string text) => Encoding.Latin1.GetBytes(text);
}
