using System.Reflection;
using Governance.Audit.Runs;
using Governance.Portal;
using Governance.Registry;

namespace Governance.Architecture.Tests;

/// <summary>The three rooms.</summary>
internal static class Rooms
{
    public static readonly Assembly Registry = typeof(RegistryServices).Assembly;
    public static readonly Assembly Audit = typeof(Engine).Assembly;
    public static readonly Assembly Portal = typeof(PortalHost).Assembly;

    /// <summary>The types that we wrote in a room: none that the compiler or a generator made.</summary>
    public static IEnumerable<Type> TypesOf(Assembly room) => room.GetTypes().Where(type =>
        type.Namespace?.StartsWith("Governance.", StringComparison.Ordinal) == true
        && !type.Name.Contains('<', StringComparison.Ordinal)
        && type.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is null
        && !type.Namespace.Contains(".Migrations", StringComparison.Ordinal));
}
