using Governance.Registry.Storage;

namespace Governance.Registry.Versions;

/// <summary>How a version came from another.</summary>
public enum ParentKind
{
    RetrainedFrom,
    QuantisedFrom,
    PrunedFrom,
    DistilledFrom,
    OptimisedFrom,
    EnsembleOf,
    PostProcessedFrom,
}

/// <summary>That one version came from another, of this or another model.</summary>
public sealed class VersionParent : IAppendOnly
{
    /// <summary>Records the descent of <paramref name="child"/>.</summary>
    public VersionParent(ModelVersionId child, ModelVersionId parent, ParentKind kind)
    {
        Child = child;
        Parent = parent;
        Kind = kind;
    }

    public ModelVersionId Child { get; private init; }

    public ModelVersionId Parent { get; private init; }

    public ParentKind Kind { get; private init; }
}
