using Governance.Registry.Storage;

namespace Governance.Registry.Comments;

/// <summary>Which comment.</summary>
public readonly record struct CommentId(Guid Value) : IGuidId<CommentId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static CommentId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static CommentId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Which change of a comment.</summary>
public readonly record struct CommentEditId(Guid Value) : IGuidId<CommentEditId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static CommentEditId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static CommentEditId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
