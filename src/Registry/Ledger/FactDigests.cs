using System.Text.Json.Nodes;

namespace Governance.Registry.Ledger;

/// <summary>The digest of a fact as it stands now.</summary>
public static class FactDigests
{
    /// <summary>SHA-256 of the fact's canonical JSON, its subject included.</summary>
    public static FactDigest Digest(this IFact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return FactDigest.Of(new JsonObject { ["subject"] = fact.Subject.ToJson(), ["fact"] = fact.ToFact() });
    }
}
