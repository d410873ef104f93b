using Microsoft.AspNetCore.Http.Metadata;

namespace Governance.Portal.Features.Uploads;

/// <summary>Accepts a form of more fields than the 1,024 of ASP.NET Core's default.</summary>
/// <param name="most">Fields at most.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ManyFieldsAttribute(int most) : Attribute, IFormOptionsMetadata
{
    /// <inheritdoc/>
    public bool? BufferBody => null;

    /// <inheritdoc/>
    public int? MemoryBufferThreshold => null;

    /// <inheritdoc/>
    public long? BufferBodyLengthLimit => null;

    /// <inheritdoc/>
    public int? ValueCountLimit => most;

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
    public long? MultipartBodyLengthLimit => null;
}
