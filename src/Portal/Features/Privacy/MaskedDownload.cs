using System.Text.Json;
using System.Text.Json.Nodes;
using Governance.Audit.Runs;
using Governance.Registry.Artifacts;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.Privacy;

/// <summary>A findings document without what a role does not see, which says so and names the sealed one. Pure.</summary>
internal static class MaskedDownload
{
    /// <summary>Writes it; it is not the sealed document, so its digest is another.</summary>
    /// <param name="document">As the person may see it.</param>
    /// <param name="original">The digest of the sealed document.</param>
    public static byte[] Write(FindingsDocument document, ArtifactDigest original)
    {
        JsonObject json = JsonSerializer.SerializeToNode(document, ReportJson.Options)!.AsObject();
        json["masked"] = new JsonObject
        {
            ["sealed"] = original.Hex,
            ["reason"] = $"Groups and cohorts of fewer than {PolicyPack.Default.SmallestShownGroup} rows, what would tell of them, and cells of masked columns are left out for your role.",
        };
        return JsonSerializer.SerializeToUtf8Bytes(json, ReportJson.Options);
    }
}
