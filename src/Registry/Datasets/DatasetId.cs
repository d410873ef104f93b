using Governance.Registry.Storage;

namespace Governance.Registry.Datasets;

/// <summary>Which data set.</summary>
public readonly record struct DatasetId(Guid Value) : IGuidId<DatasetId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static DatasetId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static DatasetId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
