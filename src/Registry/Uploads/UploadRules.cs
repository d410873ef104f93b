using System.Globalization;
using Governance.Registry.Access;

namespace Governance.Registry.Uploads;

/// <summary>What may be uploaded, as sentences. Pure: it reads no clock, no user and no disk.</summary>
public static class UploadRules
{
    /// <summary>The longest file name, in UTF-16 code units.</summary>
    public const int MaxNameLength = 255;

    private static readonly (string Extension, ContentKind[] Contents)[] DataExtensions =
    [
        (".csv", [ContentKind.Text, ContentKind.JsonLines]), (".tsv", [ContentKind.Text, ContentKind.JsonLines]),
        (".txt", [ContentKind.Text, ContentKind.JsonLines]), (".jsonl", [ContentKind.JsonLines]),
        (".ndjson", [ContentKind.JsonLines]), (".npy", [ContentKind.Npy]), (".npz", [ContentKind.Zip]),
        (".zip", [ContentKind.Zip]), (".gz", [ContentKind.Gzip]),
    ];

    /// <summary>The refusal of a file without bytes.</summary>
    internal static Refusal Empty { get; } = new("empty-file", "The file is empty.");

    /// <summary>The extensions of a kind, with their dots, as a file chooser takes them.</summary>
    public static IReadOnlyList<string> ExtensionsOf(UploadKind kind) =>
        kind == UploadKind.Model ? [".onnx"] : [.. DataExtensions.Select(each => each.Extension)];

    /// <summary>The file name without folders, whichever system's slash they have.</summary>
    public static string BareName(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        return fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..].Trim();
    }

    /// <summary>Why a file of this name and length is refused before a byte of it is read, or null.</summary>
    /// <param name="kind">What it is uploaded as.</param>
    /// <param name="fileName">Without folders.</param>
    /// <param name="length">As declared, in bytes.</param>
    /// <param name="limits">What is allowed.</param>
    public static Refusal? RefusalFor(UploadKind kind, string fileName, long length, UploadLimits limits)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(limits);
        long most = limits.MostOf(kind, fileName);
        return fileName.Length is 0 or > MaxNameLength || fileName.Any(char.IsControl)
            ? new Refusal("bad-file-name", $"A file name has 1 to {MaxNameLength} characters and no control characters.")
            : ContentsOf(kind, fileName) is null
            ? new Refusal("bad-extension", kind == UploadKind.Model
                ? "A model is one ONNX file, named with the extension .onnx."
                : $"A data set is a file with one of the extensions {string.Join(", ", ExtensionsOf(kind))}.")
            : length < 1
            ? Empty
            : length > most
            ? new Refusal("too-large", string.Create(
                CultureInfo.InvariantCulture, $"The file has {length:N0} bytes; at most {most:N0} ({Bytes(most)}) are allowed."))
            : null;
    }

    /// <summary>Why the content of a file does not fit what it is uploaded as, or null.</summary>
    /// <param name="kind">What it is uploaded as.</param>
    /// <param name="fileName">With an extension that the kind has.</param>
    /// <param name="head">Its first <see cref="FileContent.HeadLength"/> bytes, or all.</param>
    public static Refusal? ContentRefusalFor(UploadKind kind, string fileName, ReadOnlySpan<byte> head)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        FileContent content = FileContent.Of(head);
        return ContentsOf(kind, fileName)?.Contains(content.Kind) == true
            ? null
            : new Refusal(
                "wrong-content",
                $"The file is named '{fileName}', but its content is {content.Name}{(IsModel(fileName) ? ", not an ONNX model" : "")}{(kind == UploadKind.ModelFolder && !IsModel(fileName) ? ": beside a model only text is taken" : "")}.");
    }

    /// <summary>Whether a name is that of a model file.</summary>
    public static bool IsModel(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        return fileName.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A length for people, such as "1.5 MiB"; up to 1 KiB in bytes.</summary>
    public static string Bytes(long length) => length switch
    {
        < 1L << 10 => string.Create(CultureInfo.InvariantCulture, $"{length} bytes"),
        < 1L << 20 => string.Create(CultureInfo.InvariantCulture, $"{length / 1024.0:0.#} KiB"),
        < 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{length / 1048576.0:0.#} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{length / 1073741824.0:0.##} GiB"),
    };

    private static ContentKind[]? ContentsOf(UploadKind kind, string fileName) => kind switch
    {
        UploadKind.Model => IsModel(fileName) ? [ContentKind.Onnx] : null,
        UploadKind.ModelFolder => IsModel(fileName) ? [ContentKind.Onnx] : [ContentKind.Text, ContentKind.JsonLines],
        _ => DataExtensions.FirstOrDefault(each => fileName.EndsWith(each.Extension, StringComparison.OrdinalIgnoreCase)).Contents,
    };
}
