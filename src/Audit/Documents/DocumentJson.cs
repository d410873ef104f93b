using System.Text.Json;
using Governance.Audit.Runs;
using Governance.Registry.Ledger;

namespace Governance.Audit.Documents;

/// <summary>Documents as JSON: canonical, so that the same document gives the same bytes.</summary>
public static class DocumentJson
{
    /// <summary>UTF-8.</summary>
    public static byte[] Write(GovernedDocument document) =>
        CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(document, ReportJson.Options));
}
