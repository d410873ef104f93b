namespace Governance.Registry.Uploads;

/// <summary>What a file is by its first bytes.</summary>
public enum ContentKind
{
    /// <summary>Neither of the others: text in some encoding, or something unknown.</summary>
    Text,

    /// <summary>Text whose first character is an opening brace.</summary>
    JsonLines,

    /// <summary>A protobuf message that begins as an ONNX model does.</summary>
    Onnx,

    /// <summary>A gzip stream.</summary>
    Gzip,

    /// <summary>A zip archive, as which NPZ files come.</summary>
    Zip,

    /// <summary>A NumPy array.</summary>
    Npy,

    /// <summary>Something that is never taken; <see cref="FileContent.Name"/> says what.</summary>
    Foreign,
}

/// <summary>What a file is by its first bytes, with a name for sentences. Pure.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">Such as "a PNG picture".</param>
public readonly record struct FileContent(ContentKind Kind, string Name)
{
    /// <summary>How many bytes are enough to tell.</summary>
    public const int HeadLength = 64 << 10;

    private static readonly (byte[] Magic, ContentKind Kind, string Name)[] Magics =
    [
        ([0x1F, 0x8B], ContentKind.Gzip, "gzip"),
        ([.. "PK"u8, 3, 4], ContentKind.Zip, "a zip archive"),
        ([.. "PK"u8, 5, 6], ContentKind.Zip, "an empty zip archive"),
        ([0x93, .. "NUMPY"u8], ContentKind.Npy, "a NumPy array"),
        ([0x89, .. "PNG"u8], ContentKind.Foreign, "a PNG picture"),
        ([0x89, .. "HDF"u8], ContentKind.Foreign, "an HDF5 file"),
        ([0xFF, 0xD8, 0xFF], ContentKind.Foreign, "a JPEG picture"),
        ([.. "%PDF-"u8], ContentKind.Foreign, "a PDF document"),
        ([0x7F, .. "ELF"u8], ContentKind.Foreign, "a program"),
        ([.. "MZ"u8, 0x90, 0x00], ContentKind.Foreign, "a program"),
        ([.. "PAR1"u8], ContentKind.Foreign, "a Parquet file"),
        ([.. "ARROW1"u8], ContentKind.Foreign, "an Arrow file"),
        ([.. "ORTM"u8], ContentKind.Foreign, "a model in ORT format"),
        ([.. "7z"u8, 0xBC, 0xAF], ContentKind.Foreign, "a 7-Zip archive"),
        ([.. "Rar!"u8], ContentKind.Foreign, "a RAR archive"),
        ([.. "BZh"u8], ContentKind.Foreign, "bzip2"),
        ([0xFD, .. "7zXZ"u8], ContentKind.Foreign, "xz"),
        ([0x28, 0xB5, 0x2F, 0xFD], ContentKind.Foreign, "zstandard"),
        ([.. "SQLite format 3"u8], ContentKind.Foreign, "a database"),
        ([0xD0, 0xCF, 0x11, 0xE0], ContentKind.Foreign, "an old Office document"),
    ];

    /// <summary>Tells by the first bytes of a file.</summary>
    /// <param name="head">The first <see cref="HeadLength"/> bytes, or all where the file is shorter.</param>
    public static FileContent Of(ReadOnlySpan<byte> head)
    {
        head = head[..Math.Min(head.Length, HeadLength)];
        foreach ((byte[] magic, ContentKind kind, string name) in Magics)
        {
            if (head.StartsWith(magic))
            {
                return new FileContent(kind, name);
            }
        }

        // Pickle from protocol 2 on begins so; no text and no protobuf message of ours does.
        if (head is [0x80, >= 2 and <= 5, ..])
        {
            return new FileContent(ContentKind.Foreign, "a Python pickle");
        }

        return OnnxStart.Matches(head) ? new FileContent(ContentKind.Onnx, "an ONNX model")
            : FirstOfText(head) == '{' ? new FileContent(ContentKind.JsonLines, "JSON")
            : new FileContent(ContentKind.Text, "text");
    }

    private static byte FirstOfText(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> text = head.StartsWith("\uFEFF"u8) ? head[3..] : head;
        int first = text.IndexOfAnyExcept(" \t\r\n"u8);
        return first < 0 ? (byte)0 : text[first];
    }
}
