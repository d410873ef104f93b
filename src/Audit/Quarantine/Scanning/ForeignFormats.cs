using Governance.Audit.Data;

namespace Governance.Audit.Quarantine.Scanning;

/// <summary>Knows files that are something else by their first bytes.</summary>
internal static class ForeignFormats
{
    // The last is a flat-buffer file of the runtime's own, which it would load although the same bytes may also be read
    // as an ONNX file: two readers, two models.
    private static readonly (int Offset, byte[] Magic, string What)[] Known =
    [
        (0, "PK\u0003\u0004"u8.ToArray(), "a zip archive"),
        (0, [0x1F, 0x8B], "a gzip archive"),
        (0, [0x80, 0x02], "a Python pickle"),
        (0, [0x80, 0x03], "a Python pickle"),
        (0, [0x80, 0x04], "a Python pickle"),
        (0, [0x80, 0x05], "a Python pickle"),
        (0, [0x89, .. "HDF\r\n"u8], "an HDF5 file"),
        (0, "GGUF"u8.ToArray(), "a GGUF file"),
        (0, "%PDF"u8.ToArray(), "a PDF file"),
        (4, "TFL3"u8.ToArray(), "a TensorFlow Lite file"),
        (4, "ORTM"u8.ToArray(), "a file in the runtime's own format (.ort)"),
    ];

    /// <summary>Refuses an empty file and what is known to be of another format.</summary>
    /// <exception cref="InputException">It is; the sentence names the format.</exception>
    public static void Refuse(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty)
        {
            throw new InputException("The model file is empty.");
        }

        foreach ((int offset, byte[] magic, string what) in Known)
        {
            if (file.Length >= offset + magic.Length && file[offset..].StartsWith(magic))
            {
                throw new InputException($"The file is no ONNX model but {what}.");
            }
        }
    }
}
