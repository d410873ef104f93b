using Governance.Registry.Storage;

namespace Governance.Registry.Uploads;

/// <summary>Which upload. No secret: only its owner may continue it, whoever knows the id.</summary>
public readonly record struct UploadId(Guid Value) : IGuidId<UploadId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static UploadId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static UploadId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
