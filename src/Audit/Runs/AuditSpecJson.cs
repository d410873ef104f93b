using System.Text.Json;

namespace Governance.Audit.Runs;

/// <summary>Audit options as the JSON that a run keeps.</summary>
public static class AuditSpecJson
{
    /// <summary>UTF-8 JSON.</summary>
    public static byte[] Write(AuditOptions options) => JsonSerializer.SerializeToUtf8Bytes(options, ReportJson.Options);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static AuditOptions Read(string json) => JsonSerializer.Deserialize<AuditOptions>(json, ReportJson.Options)!;
}
