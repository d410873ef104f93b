using System.Buffers.Binary;
using System.IO.Compression;
using Governance.Audit.Data.Images;

namespace Governance.Audit.Data.Sources;

/// <summary>A file in a zip archive. Its name is a label, never a path.</summary>
/// <param name="Name">As in the archive.</param>
/// <param name="Open">Opens its content from the beginning, counted and checked.</param>
/// <param name="Head">Its first bytes, at most 512.</param>
internal sealed record ZipItem(string Name, Func<Stream> Open, byte[] Head);

/// <summary>The files of a zip archive, after it was found to be harmless.</summary>
/// <remarks>
/// The directory is bounded before it is read, names that point outside refuse the whole archive, and content is only
/// ever streamed under a running budget over all files; what the directory says about sizes is not believed.
/// </remarks>
internal sealed class ZipContent
{
    private const int MostDirectoryBytes = 1 << 20;
    private const int EndBytes = 22;

    /// <summary>Opens an archive.</summary>
    /// <param name="stream">Seekable, at the archive's begin; not disposed.</param>
    /// <param name="limits">Entries, bytes and ratio.</param>
    /// <exception cref="InputException">It is damaged, hostile, encrypted, or holds no data; the sentence says which.</exception>
    public ZipContent(Stream stream, DataLimits limits)
    {
        CheckDirectory(stream, limits);
        stream.Position = 0;
        ZipArchive archive;
        List<ZipArchiveEntry> files;
        try
        {
            archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            files = [.. archive.Entries];
        }
        catch (InvalidDataException fault)
        {
            throw Fault("(or spreadsheet) is damaged or cut short", fault);
        }

        // Many files are pictures or too many; what they are is looked at below.
        if (files.Count > limits.Entries && files.Count(IsNotNamedPicture) > 1)
        {
            throw TooMany(files.Count, limits);
        }

        files.ForEach(Check);
        RefuseDocuments(files);
        files.RemoveAll(file => file.FullName.EndsWith('/') && file.Length == 0);
        if (files.Count == 0)
        {
            throw Fault("holds no file");
        }

        UnpackBudget budget = new("zip archive", () => stream.Length, limits);
        Items = [.. files.Select(file => Item(file, budget))];
        if (!PngTable.Is(Items) && Items.FirstOrDefault(item => !IsArray(item)) is ZipItem other && Items.Count > 1)
        {
            throw Fault($"holds {Items.Count} files, of which '{DataFault.Shorten(other.Name)}' is no array; give one data file, an NPZ archive of arrays, or PNG pictures with one CSV");
        }
    }

    /// <summary>Its files: several arrays, pictures with at most one CSV, or one file of any format.</summary>
    public IReadOnlyList<ZipItem> Items { get; }

    /// <summary>Whether an item is an NPY file.</summary>
    public static bool IsArray(ZipItem item) => item.Head is [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..];

    // The end record tells how large the directory is, before anything of it is read.
    private static void CheckDirectory(Stream stream, DataLimits limits)
    {
        byte[] tail = new byte[(int)Math.Min(stream.Length, EndBytes + ushort.MaxValue)];
        stream.Position = stream.Length - tail.Length;
        stream.ReadExactly(tail);
        int at = tail.AsSpan(0, Math.Max(0, tail.Length - EndBytes + 4)).LastIndexOf("PK\x05\x06"u8);
        if (at < 0)
        {
            throw Fault("(or spreadsheet) is damaged or cut short");
        }

        ReadOnlySpan<byte> end = tail.AsSpan(at, EndBytes);
        int entries = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        if (entries > Math.Max(limits.Entries, limits.Pictures))
        {
            throw TooMany(entries, limits);
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(end[12..]) > MostDirectoryBytes)
        {
            throw Fault($"has a directory of more than {MostDirectoryBytes:N0} bytes");
        }
    }

    private static void Check(ZipArchiveEntry entry)
    {
        string name = entry.FullName;
        if (name.Length == 0 || name[0] == '/' || name.Contains('\\') || name.Contains(':') || name.Split('/').Contains("..")
            || name.Any(char.IsControl))
        {
            throw Fault($"holds the name '{DataFault.Shorten(name)}', which points outside of it or is no name");
        }

        if (entry.IsEncrypted)
        {
            throw Fault("is encrypted; unpack it and use the file inside");
        }
    }

    private static bool IsNotNamedPicture(ZipArchiveEntry entry) =>
        entry.Length > 0 && !entry.FullName.EndsWith(".png", StringComparison.OrdinalIgnoreCase);

    private static void RefuseDocuments(List<ZipArchiveEntry> files)
    {
        bool Has(string name) => files.Any(file => file.FullName.StartsWith(name, StringComparison.Ordinal));
        string? document = Has("xl/") ? "an Excel workbook (.xlsx)"
            : Has("word/") ? "a Word document" : Has("ppt/") ? "a PowerPoint file"
            : Has("META-INF/manifest.xml") && Has("content.xml") ? "an OpenDocument file (.ods)"
            : Has("META-INF/") ? "a Java archive" : Has("data.pkl") || files.Any(file => file.FullName.EndsWith("/data.pkl", StringComparison.Ordinal)) ? "a PyTorch file, which is a program"
            : null;
        if (document is not null)
        {
            throw DataSignature.Refusal(document, "export the table as CSV (UTF-8, commas, one header line) and use that");
        }
    }

    private static ZipItem Item(ZipArchiveEntry file, UnpackBudget budget)
    {
        UnpackedStream? last = null;
        UnpackedStream Open()
        {
            budget.Forget(last?.Given ?? 0);
            try
            {
                return last = new UnpackedStream(file.Open(), budget, (checksum, length) => checksum == file.Crc32 && length == file.Length);
            }
            catch (Exception fault) when (fault is InvalidDataException or NotSupportedException)
            {
                throw budget.Damaged(fault);
            }
        }

        using UnpackedStream stream = Open();
        byte[] head = new byte[512];
        return new ZipItem(file.FullName, Open, head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)]);
    }

    private static InputException TooMany(int entries, DataLimits limits) =>
        Fault($"holds {entries:N0} files; at most {limits.Entries:N0} are accepted, or {limits.Pictures:N0} PNG pictures");

    private static InputException Fault(string what, Exception? inner = null) => inner is null
        ? new InputException($"The zip archive {what}.") { Line = 1 }
        : new InputException($"The zip archive {what}.", inner) { Line = 1 };
}
