using Governance.Registry.Uploads;

namespace Governance.Portal.Features.Uploads;

/// <summary>What a program asks for with <c>POST /api/v1/uploads</c>.</summary>
/// <param name="Kind"><c>model</c> or <c>dataset</c>.</param>
/// <param name="FileName">With its extension.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Model">The model that it is for; may be left out for data sets.</param>
internal sealed record UploadRequest(UploadKind Kind, string FileName, long Length, string? Model);

/// <summary>An upload as programs see it.</summary>
/// <param name="Id">Stands in its address.</param>
/// <param name="Kind"><c>model</c> or <c>dataset</c>.</param>
/// <param name="FileName">Without folders.</param>
/// <param name="Length">As declared, in bytes.</param>
/// <param name="Model">The model that it is for, or null.</param>
/// <param name="Offset">How many bytes are kept.</param>
/// <param name="Sha256">Of the whole, once it is whole; null before.</param>
/// <param name="ExpiresAt">When it is removed if no byte comes any more.</param>
/// <param name="Tail">The last piece that is kept, by which a file is known again; null where nothing is.</param>
internal sealed record UploadAnswer(
    Guid Id, UploadKind Kind, string FileName, long Length, string? Model, long Offset, string? Sha256,
    DateTimeOffset ExpiresAt, UploadTail? Tail)
{
    /// <summary>The answer for a state.</summary>
    public static UploadAnswer Of(UploadState state, UploadLimits limits, UploadTail? tail = null) => new(
        state.Upload.Id.Value, state.Upload.Kind, state.Upload.FileName, state.Upload.Length, state.Upload.Model,
        state.Offset, state.Digest?.Hex, state.LastWrittenAt + limits.Life, tail);
}
