using System.Reflection;

namespace Governance.Architecture.Tests;

/// <summary>Whoever starts something long can stop it.</summary>
public sealed class AsyncTests
{
    [Fact]
    public void Asynchronous_methods_of_Registry_and_Audit_take_a_required_token_last()
    {
        string[] found =
        [
            .. new[] { Rooms.Registry, Rooms.Audit }.SelectMany(Rooms.TypesOf)
                .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
                .Where(method => IsAsynchronous(method.ReturnType) && !IsGiven(method))
                .Where(method => method.GetParameters() is not [.., { ParameterType: var last, HasDefaultValue: false }] || last != typeof(CancellationToken))
                .Select(method => $"{method.DeclaringType!.Name}.{method.Name}").Order(),
        ];

        Assert.Empty(found);
    }

    private static bool IsAsynchronous(Type type) => type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() is Type open
            && (open == typeof(Task<>) || open == typeof(ValueTask<>) || open == typeof(IAsyncEnumerable<>)));

    // The framework gives the signature of what overrides or implements its own.
    private static bool IsGiven(MethodInfo method) =>
        method.GetBaseDefinition() != method
        || method.DeclaringType!.GetInterfaces()
            .Where(contract => contract.Namespace?.StartsWith("Governance.", StringComparison.Ordinal) != true)
            .Any(contract => method.DeclaringType.GetInterfaceMap(contract).TargetMethods.Contains(method));
}
