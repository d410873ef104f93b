using Governance.Registry.Access;

namespace Governance.Registry.Uploads;

/// <summary>What a file is uploaded as: decides who may, how large it may be, and what its content must be.</summary>
public enum UploadKind
{
    /// <summary>The ONNX file of a version.</summary>
    Model,

    /// <summary>A table or tensor: CSV, JSONL, NPY, NPZ, or one of them in gzip.</summary>
    Dataset,

    /// <summary>A file of a model's folder: the ONNX file, or a small one beside it. Which model it is for is said when a version is made of the folder.</summary>
    ModelFolder,
}

/// <summary>A file on its way into the portal. It is no fact yet: no row and no ledger entry speak of it.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Owner">Who began it; nobody else sees it.</param>
/// <param name="Kind">What it is uploaded as.</param>
/// <param name="FileName">The name on the owner's disk, without folders; 1 to 255 characters.</param>
/// <param name="Length">How many bytes it will have, as its owner declared; at least 1.</param>
/// <param name="Model">The name of the model that it is for; null where it is for none.</param>
/// <param name="BegunAt">UTC.</param>
public sealed record Upload(
    UploadId Id, UserId Owner, UploadKind Kind, string FileName, long Length, string? Model, DateTimeOffset BegunAt)
{
    /// <summary>Its place among its owner's folders, such as <c>runs/7/model/MLmodel</c>; null but for <see cref="UploadKind.ModelFolder"/>.</summary>
    public string? Path { get; init; }
}

/// <summary>An upload and how far it came.</summary>
/// <param name="Upload">The upload.</param>
/// <param name="Offset">How many bytes from the start are kept safely, in [0, <see cref="Upload.Length"/>].</param>
/// <param name="Digest">SHA-256 of the whole, once the last byte has come and all were read back; null before.</param>
/// <param name="LastWrittenAt">When a byte came last, UTC; it expires some time after this.</param>
public sealed record UploadState(
    Upload Upload, long Offset, Artifacts.ArtifactDigest? Digest, DateTimeOffset LastWrittenAt)
{
    /// <summary>Whether every byte is there and was checked.</summary>
    public bool IsWhole => Digest is not null;
}
