using System.Reflection;
using Governance.Tests;

namespace Governance.Architecture.Tests;

/// <summary>Portal → Audit → Registry, and nothing points back.</summary>
public sealed class DirectionTests
{
    // Identity's stores and Data Protection abstractions are what the Registry may use of ASP.NET.
    private static readonly string[] WebNamespaces =
    [
        "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Mvc",
        "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.SignalR",
    ];

    [Fact]
    public void The_registry_knows_no_other_room() =>
        Assert.DoesNotContain(References(Rooms.Registry), name => name is "Governance.Audit" or "governance" or "Microsoft.ML.OnnxRuntime");

    [Fact]
    public void The_audit_does_not_know_the_portal() =>
        Assert.DoesNotContain("governance", References(Rooms.Audit));

    [Fact]
    public void The_registry_uses_nothing_of_the_web()
    {
        string[] used = [.. UsedNamespaces.Of(Rooms.Registry).Select(type => $"{type.Namespace}.{type.Name}")
            .Where(type => WebNamespaces.Any(web => type.StartsWith(web + ".", StringComparison.Ordinal))).Order()];

        Assert.Empty(used);
    }

    [Fact]
    public void The_audit_uses_nothing_of_the_web_and_no_database_provider()
    {
        string[] used = [.. UsedNamespaces.Of(Rooms.Audit).Select(type => $"{type.Namespace}.{type.Name}")
            .Where(type => type.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)
                || type.StartsWith("Microsoft.Data.Sqlite", StringComparison.Ordinal)
                || type.StartsWith("Npgsql", StringComparison.Ordinal)).Order()];

        Assert.Empty(used);
    }

    [Fact]
    public void Projects_name_only_rooms_below_them()
    {
        string[] registry = ProjectReferences("Registry");
        string[] audit = ProjectReferences("Audit");

        Assert.Empty(registry);
        Assert.Equal(["OnnxRuntime", "Registry"], audit);
        Assert.Subset(new HashSet<string> { "Audit", "Registry" }, ProjectReferences("Portal").ToHashSet());
    }

    // Pure mathematics: spans in, spans out. The files say what they use; a using that is not needed does not compile.
    [Theory]
    [InlineData("Explanations")]
    [InlineData("Fairness")]
    [InlineData("Performance")]
    [InlineData("Statistics")]
    [InlineData("Comparisons")]
    [InlineData("CrossValidation")]
    [InlineData("Slices")]
    [InlineData("Robustness")]
    [InlineData("Drift")]
    [InlineData("Training")]
    [InlineData("Theft/Detection")]
    [InlineData("Theft/Streams")]
    [InlineData("Theft/Traffic")]
    public void Kernels_know_neither_registry_nor_runtime(string folder)
    {
        string[] foreign = [.. Directory.EnumerateFiles(Path.Combine(Reference.Repository, "src", "Audit", folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadLines(file).Any(line =>
                line.Contains("Governance.Registry", StringComparison.Ordinal) || line.Contains("Microsoft.ML.OnnxRuntime", StringComparison.Ordinal)))
            .Select(file => Path.GetFileName(file)).Order()];

        Assert.Empty(foreign);
    }

    private static string[] References(Assembly room) => [.. room.GetReferencedAssemblies().Select(name => name.Name!)];

    private static string[] ProjectReferences(string room) =>
    [
        .. System.Xml.Linq.XDocument.Load(Path.Combine(Reference.Repository, "src", room, $"{room}.csproj"))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
            .Order(),
    ];
}
