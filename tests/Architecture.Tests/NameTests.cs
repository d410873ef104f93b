using System.Reflection;

namespace Governance.Architecture.Tests;

/// <summary>Names that say something, and that do not stand in each other's way.</summary>
public sealed class NameTests
{
    private static readonly string[] Meaningless = ["Service", "Manager", "Helper", "Util", "Utils", "Processor", "Dto", "Impl"];

    private static readonly Assembly[] All = [Rooms.Registry, Rooms.Audit, Rooms.Portal];

    [Fact]
    public void No_type_ends_with_a_word_of_no_meaning()
    {
        string[] found = [.. All.SelectMany(Rooms.TypesOf).Select(type => type.Name.Split('`')[0])
            .Where(name => Meaningless.Any(word => name.EndsWith(word, StringComparison.Ordinal))).Order()];

        Assert.Empty(found);
    }

    // A class SignOffs in a namespace SignOffs is CS0118 wherever both are in sight.
    [Fact]
    public void No_type_bears_the_name_of_a_namespace()
    {
        HashSet<string> segments = [.. All.SelectMany(Rooms.TypesOf).SelectMany(type => type.Namespace!.Split('.'))];

        string[] found = [.. All.SelectMany(Rooms.TypesOf).Where(type => segments.Contains(type.Name)).Select(type => type.FullName!).Order()];

        Assert.Empty(found);
    }

    [Fact]
    public void Classes_are_sealed_unless_something_derives_from_them()
    {
        HashSet<Type> bases = [.. All.SelectMany(room => room.GetTypes())
            .Select(type => type.BaseType).OfType<Type>().Select(type => type.IsGenericType ? type.GetGenericTypeDefinition() : type)];

        string[] open = [.. new[] { Rooms.Registry, Rooms.Audit }.SelectMany(Rooms.TypesOf)
            .Where(type => type.IsClass && !type.IsAbstract && !type.IsSealed && !bases.Contains(type))
            .Select(type => type.FullName!).Order()];

        Assert.Empty(open);
    }

    [Fact]
    public void Namespaces_are_folders()
    {
        string[] found = [.. All.SelectMany(Rooms.TypesOf).Select(type => type.Namespace!).Distinct()
            .Where(space => !Directory.Exists(FolderOf(space))).Order()];

        Assert.Empty(found);
    }

    private static string FolderOf(string space) => Path.Combine(
        [Governance.Tests.Reference.Repository, "src", .. space.Split('.').Skip(1)]);
}
