using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Governance.Architecture.Tests;

/// <summary>What an assembly refers to, read from its metadata: what is written but not used does not count.</summary>
internal static class UsedNamespaces
{
    /// <summary>Every foreign type that an assembly refers to, as namespace and name.</summary>
    public static IReadOnlySet<(string Namespace, string Name)> Of(Assembly assembly)
    {
        using PEReader file = new(File.OpenRead(assembly.Location));
        MetadataReader metadata = file.GetMetadataReader();
        return metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Select(type => (metadata.GetString(type.Namespace), metadata.GetString(type.Name)))
            .ToHashSet();
    }
}
