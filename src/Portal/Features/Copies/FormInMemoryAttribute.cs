using Microsoft.AspNetCore.Http.Metadata;

namespace Governance.Portal.Features.Copies;

/// <summary>Keeps the files of a form in memory: a suspect may hold the very weights that never lie on disk in the clear.</summary>
/// <param name="mostBytes">The longest form, in bytes.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class FormInMemoryAttribute(long mostBytes) : Attribute, IFormOptionsMetadata
{
    /// <inheritdoc/>
    public bool? BufferBody => false;

    /// <inheritdoc/>
    public int? MemoryBufferThreshold => (int)Math.Min(int.MaxValue, mostBytes);

    /// <inheritdoc/>
    public long? BufferBodyLengthLimit => mostBytes;

    /// <inheritdoc/>
    public int? ValueCountLimit => null;

    /// <inheritdoc/>
    public int? KeyLengthLimit => null;

    /// <inheritdoc/>
    public int? ValueLengthLimit => null;

    /// <inheritdoc/>
    public int? MultipartBoundaryLengthLimit => null;

    /// <inheritdoc/>
    public int? MultipartHeadersCountLimit => null;

    /// <inheritdoc/>
    public int? MultipartHeadersLengthLimit => null;

    /// <inheritdoc/>
    public long? MultipartBodyLengthLimit => mostBytes;
}
