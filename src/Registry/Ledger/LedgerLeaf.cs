using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Governance.Registry.Storage;

namespace Governance.Registry.Ledger;

/// <summary>What the ledger says of one change, in the form that is hashed: <c>governance/leaf/1</c>.</summary>
/// <remarks>
/// Every member is always present, null where it has nothing to say:
/// <c>{schema, seq, utc, actor, session, action, subject:{kind,id}, scope:{kind,id}|null, before, after, reason,
/// checkpoint}</c>. The form is final: a later need is a new schema number.
/// </remarks>
/// <param name="Sequence">From 0, without a gap: the index of the leaf in the tree.</param>
/// <param name="At">UTC, to the microsecond; never before the previous leaf's.</param>
/// <param name="Actor">"user:" and an id, or "system". Never a name.</param>
/// <param name="Session">The session in which it was done; null for the command line and for the system.</param>
/// <param name="Action">A noun, a dot and a past participle: <c>version.registered</c>.</param>
/// <param name="Subject">The row that changed.</param>
/// <param name="Scope">The version or model that it belongs to, whose history shows it; null where there is none.</param>
/// <param name="Before">The fact's digest before; null where it is new.</param>
/// <param name="After">The fact's digest after; null where it is gone.</param>
/// <param name="Reason">The salted digest of what the person wrote; null where they wrote nothing.</param>
/// <param name="Checkpoint">The size of the last signed checkpoint at that time; null before the first.</param>
public sealed record LedgerLeaf(
    long Sequence,
    DateTimeOffset At,
    string Actor,
    string? Session,
    string Action,
    LedgerSubject Subject,
    LedgerSubject? Scope,
    FactDigest? Before,
    FactDigest? After,
    FactDigest? Reason,
    long? Checkpoint)
{
    /// <summary>The name of this form.</summary>
    public const string Schema = "governance/leaf/1";

    /// <summary>The leaf as canonical JSON text; its UTF-8 bytes are hashed.</summary>
    public string ToText() => Encoding.UTF8.GetString(CanonicalJson.Serialize(new JsonObject
    {
        ["schema"] = Schema,
        ["seq"] = Sequence,
        ["utc"] = Microseconds.Iso(At),
        ["actor"] = Actor,
        ["session"] = Session,
        ["action"] = Action,
        ["subject"] = Subject.ToJson(),
        ["scope"] = Scope?.ToJson(),
        ["before"] = Before?.Hex,
        ["after"] = After?.Hex,
        ["reason"] = Reason?.Hex,
        ["checkpoint"] = Checkpoint,
    }));

    /// <summary>Reads a leaf back.</summary>
    /// <param name="text">JSON, canonical or not: whoever verifies compares it with <see cref="ToText"/>.</param>
    /// <exception cref="FormatException">It is no leaf of this schema.</exception>
    public static LedgerLeaf Parse(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement leaf = document.RootElement;
            return leaf.GetProperty("schema").GetString() != Schema
                ? throw new FormatException($"Not a leaf of schema {Schema}.")
                : new LedgerLeaf(
                    leaf.GetProperty("seq").GetInt64(),
                    DateTimeOffset.ParseExact(
                        leaf.GetProperty("utc").GetString()!, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'",
                        CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                    leaf.GetProperty("actor").GetString()!,
                    leaf.GetProperty("session").GetString(),
                    leaf.GetProperty("action").GetString()!,
                    ReadSubject(leaf.GetProperty("subject"))!.Value,
                    ReadSubject(leaf.GetProperty("scope")),
                    ReadDigest(leaf.GetProperty("before")),
                    ReadDigest(leaf.GetProperty("after")),
                    ReadDigest(leaf.GetProperty("reason")),
                    leaf.GetProperty("checkpoint") is { ValueKind: JsonValueKind.Number } size ? size.GetInt64() : null);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException
            or ArgumentException)
        {
            throw new FormatException("Not a leaf: " + fault.Message, fault);
        }
    }

    private static LedgerSubject? ReadSubject(JsonElement element) => element.ValueKind == JsonValueKind.Null
        ? null
        : new LedgerSubject(element.GetProperty("kind").GetString()!, element.GetProperty("id").GetString()!);

    private static FactDigest? ReadDigest(JsonElement element) =>
        element.GetString() is string hex ? new FactDigest(hex) : null;
}
