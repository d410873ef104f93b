using System.Text.Json.Nodes;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;

namespace Governance.Registry.Versions;

/// <summary>What a version <em>is</em>: the digest of its artefact, its encoding and its parents.</summary>
public static class VersionDigest
{
    /// <summary>The name of the form that is hashed.</summary>
    public const string Schema = "governance/version/1";

    /// <summary>Computes it. The order in which the parents are given does not matter.</summary>
    /// <param name="artifact">The model file.</param>
    /// <param name="encoding">The canonical JSON of the encoding; null where columns are taken as they are.</param>
    /// <param name="parents">Each parent's own version digest and its kind.</param>
    public static FactDigest Of(
        ArtifactDigest artifact, ArtifactDigest? encoding, IEnumerable<(FactDigest Parent, ParentKind Kind)> parents)
    {
        JsonArray list = [];
        foreach ((FactDigest parent, ParentKind kind) in parents.OrderBy(p => p.Parent.Hex, StringComparer.Ordinal)
            .ThenBy(p => p.Kind))
        {
            list.Add(new JsonObject { ["digest"] = parent.Hex, ["kind"] = kind.ToString() });
        }

        return FactDigest.Of(new JsonObject
        {
            ["schema"] = Schema,
            ["artifact"] = artifact.Hex,
            ["encoding"] = encoding?.Hex,
            ["parents"] = list,
        });
    }
}
