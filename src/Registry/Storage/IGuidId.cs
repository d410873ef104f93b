namespace Governance.Registry.Storage;

/// <summary>What every id type has, so that one converter stores them all.</summary>
/// <typeparam name="TSelf">The id type itself.</typeparam>
public interface IGuidId<TSelf>
    where TSelf : struct, IGuidId<TSelf>
{
    /// <summary>The id as both databases keep it: a UUID of version 7, made in C#.</summary>
    Guid Value { get; }

    /// <summary>The id of a stored value.</summary>
    static abstract TSelf From(Guid value);
}
