using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Encodings;

namespace Governance.Portal.Features.Explanations;

/// <summary>
/// The file of --groups: <c>{"capital": ["gain", "loss"]}</c>, features or columns by name or by position from 0; the
/// object may stand under "groups".
/// </summary>
internal static class PlayerGroupsFile
{
    /// <summary>Reads groups.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="slots">The features, for those given by position.</param>
    /// <exception cref="InputException">It is no JSON of that form.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(ReadOnlyMemory<byte> json, IReadOnlyList<FeatureSlot> slots)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            JsonElement root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("groups", out JsonElement inner)
                && inner.ValueKind == JsonValueKind.Object)
            {
                root = inner;
            }

            if (root.ValueKind != JsonValueKind.Object)
            {
                throw new InputException("The groups are not a JSON object of name to features.");
            }

            return root.EnumerateObject().ToDictionary(
                group => group.Name, group => Members(group, slots), StringComparer.Ordinal);
        }
        catch (JsonException fault)
        {
            throw new InputException($"The groups are not valid JSON (line {(fault.LineNumber ?? 0) + 1}).", fault);
        }
    }

    private static IReadOnlyList<string> Members(JsonProperty group, IReadOnlyList<FeatureSlot> slots)
    {
        if (group.Value.ValueKind != JsonValueKind.Array || group.Value.GetArrayLength() == 0)
        {
            throw new InputException($"The group '{group.Name}' is not a list of features.");
        }

        return [.. group.Value.EnumerateArray().Select(member => member.ValueKind switch
        {
            JsonValueKind.String => member.GetString()!,
            JsonValueKind.Number when member.TryGetInt32(out int at) && at >= 0 && at < slots.Count => slots[at].Name,
            _ => throw new InputException($"The group '{group.Name}' holds {member.GetRawText()}, which is no feature."),
        })];
    }
}
