using System.Text.Json.Nodes;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;

namespace Governance.Registry.Evidence;

/// <summary>One digest for all evidence on a version: what a signer saw.</summary>
/// <remarks>
/// Over the findings documents only, each once: the same audit run again gives the same findings and so the same root,
/// while one different number gives another and voids what was signed over the old one.
/// </remarks>
public static class EvidenceRoot
{
    /// <summary>The name of the form that is hashed.</summary>
    public const string Schema = "governance/evidence-root/1";

    /// <summary>Computes it over the records that decide. Order and repetition do not matter.</summary>
    /// <param name="version">The version's own digest.</param>
    /// <param name="records">All evidence on the version.</param>
    public static FactDigest Of(FactDigest version, IEnumerable<EvidenceRecord> records) =>
        Of(version, records.Where(record => record.Decides).Select(record => record.Findings));

    /// <summary>Computes it. Order and repetition do not matter.</summary>
    /// <param name="version">The version's own digest.</param>
    /// <param name="findings">The findings documents; none is allowed and has a root too.</param>
    public static FactDigest Of(FactDigest version, IEnumerable<ArtifactDigest> findings)
    {
        JsonArray list = [];
        foreach (string hex in findings.Select(digest => digest.Hex).Distinct().Order(StringComparer.Ordinal))
        {
            list.Add(hex);
        }

        return FactDigest.Of(new JsonObject { ["schema"] = Schema, ["version"] = version.Hex, ["findings"] = list });
    }
}
