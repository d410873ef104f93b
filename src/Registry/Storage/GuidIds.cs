namespace Governance.Registry.Storage;

/// <summary>The id types of this project: whatever is one is stored as its UUID, without being listed anywhere.</summary>
internal static class GuidIds
{
    /// <summary>All of them, in no order.</summary>
    public static IReadOnlyList<Type> All { get; } =
    [
        .. typeof(GuidIds).Assembly.GetTypes().Where(type => type.IsValueType && type.GetInterfaces()
            .Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IGuidId<>))),
    ];
}
