using Governance.Registry.Models;
using Governance.Registry.Yaml;

namespace Governance.Registry.Policies;

/// <summary>The part <c>checklist</c> of a policy pack: heads with their lines.</summary>
internal static class ReadPackChecklist
{
    private const int MostDays = 3_650;

    /// <summary>Reads it; none is allowed.</summary>
    public static IReadOnlyList<ChecklistRequirement> Of(YamlFields fields)
    {
        List<ChecklistRequirement> lines = [];
        fields.Parts("checklist", "each of 'checklist'", head =>
        {
            string group = ReadPackParts.SentenceOf(head, "group");
            return head.Parts("lines", "each of 'lines'", part =>
            {
                ChecklistRequirement line = One(part, group);
                if (lines.Any(other => other.Id == line.Id))
                {
                    throw YamlFaultException.At(part.Need("id"), $"two lines are called '{line.Id}'.");
                }

                lines.Add(line);
                return line;
            }) ?? throw head.Lacks("lines");
        });
        return lines;
    }

    private static ChecklistRequirement One(YamlFields part, string group)
    {
        RequirementKind kind = ReadPackParts.Word<RequirementKind>(part, "kind");
        ChecklistRequirement line = new()
        {
            Id = part.NeedText("id"),
            Group = group,
            Name = ReadPackParts.SentenceOf(part, "name"),
            Kind = kind,
            Metrics = part.Texts("shownBy"),
            Asks = part.Find("asks") is null ? null : ReadPackParts.SentenceOf(part, "asks"),
            FromTier = part.Find("fromTier") is null ? RiskTier.Low : ReadPackParts.Word<RiskTier>(part, "fromTier"),
            EvidenceDays = ReadPolicyPack.ByTier(part, "evidenceDays", MostDays),
            Citation = ReadPackParts.SentenceOf(part, "citation"),
        };
        return line.IsMeasured == line.Metrics is not { Count: > 0 }
            ? throw YamlFaultException.At(part.Place, $"the line '{line.Id}' is '{kind.ToString().ToLowerInvariant()}': 'shownBy' says what shows it, exactly where something measured does.")
            : line.IsWritten == line.Asks is null
            ? throw YamlFaultException.At(part.Place, $"the line '{line.Id}' is '{kind.ToString().ToLowerInvariant()}': 'asks' says what a person writes, exactly where one does.")
            : line;
    }
}
