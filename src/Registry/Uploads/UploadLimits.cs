namespace Governance.Registry.Uploads;

/// <summary>How much may be uploaded. One set for the whole portal.</summary>
public sealed record UploadLimits
{
    /// <summary>The largest model file: what one array holds, 57 bytes less than the 2 GiB that ONNX allows.</summary>
    public static readonly long MostModelBytes = Array.MaxLength;

    /// <summary>The largest data set, in bytes as they are sent. Default 512 MiB.</summary>
    public long MostDatasetBytes { get; init; } = 512L << 20;

    /// <summary>How many uploads one person may have under way. Default 8.</summary>
    public int MostPerPerson { get; init; } = 8;

    /// <summary>How many files of models' folders one person may have under way beside these. Default 64.</summary>
    public int MostFolderFiles { get; init; } = 64;

    /// <summary>The largest file beside a model in its folder, in bytes. Default 1 MiB.</summary>
    public long MostBesideBytes { get; init; } = 1L << 20;

    /// <summary>How many bytes the uploads of one person may take together, by their declared lengths. Default 6 GiB.</summary>
    public long MostBytesPerPerson { get; init; } = 6L << 30;

    /// <summary>An upload to which no byte was added for this long is removed. Default 24 hours.</summary>
    public TimeSpan Life { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Bytes that an upload leaves free on the disk, so that database and ledger can go on. Default 64 MiB.</summary>
    public long Reserve { get; init; } = 64L << 20;

    /// <summary>The most bytes of a file of a kind.</summary>
    public long MostOf(UploadKind kind) => kind == UploadKind.Dataset ? MostDatasetBytes : MostModelBytes;

    /// <summary>The most bytes of a file of a kind and name.</summary>
    public long MostOf(UploadKind kind, string fileName) =>
        kind == UploadKind.ModelFolder && !UploadRules.IsModel(fileName) ? MostBesideBytes : MostOf(kind);
}
