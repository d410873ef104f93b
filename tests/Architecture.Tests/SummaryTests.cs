using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Governance.Architecture.Tests;

/// <summary>Every public type and method of Registry and Audit says in a sentence what it is.</summary>
public sealed class SummaryTests
{
    public static TheoryData<string> RoomNames() => new("Registry", "Audit");

    [Theory]
    [MemberData(nameof(RoomNames))]
    public void Every_public_type_and_method_has_a_summary(string name)
    {
        Assembly room = name == "Registry" ? Rooms.Registry : Rooms.Audit;
        HashSet<string> described = Described(room);

        string[] silent =
        [
            .. Rooms.TypesOf(room).Where(type => type.IsVisible)
                .SelectMany(type => Names(type).Where(member => !described.Contains(member)))
                .Order(),
        ];

        Assert.Empty(silent);
    }

    // Names as in the XML file, without parameters: overloads are described together or not at all.
    private static IEnumerable<string> Names(Type type)
    {
        string name = type.FullName!.Replace('+', '.');
        yield return $"T:{name}";
        if (type.IsEnum || typeof(Delegate).IsAssignableFrom(type))
        {
            yield break;
        }

        foreach (MethodInfo method in type.GetMethods(
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).Where(IsOurs))
        {
            yield return $"M:{name}.{method.Name}";
        }
    }

    private static bool IsOurs(MethodInfo method) =>
        !method.IsSpecialName
        && method.GetCustomAttribute<CompilerGeneratedAttribute>() is null
        && method.GetBaseDefinition() == method
        && method.Name is not ("Deconstruct" or "Equals" or "ToString" or "GetHashCode" or "<Clone>$");

    private static HashSet<string> Described(Assembly room)
    {
        string file = Path.ChangeExtension(room.Location, ".xml");
        return
        [
            .. XDocument.Load(file).Descendants("member")
                .Where(member => member.Element("inheritdoc") is not null || !string.IsNullOrWhiteSpace(member.Element("summary")?.Value))
                .Select(member => member.Attribute("name")!.Value.Split('(')[0].Split("``")[0]),
        ];
    }
}
