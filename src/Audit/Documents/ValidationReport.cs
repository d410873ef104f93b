using Governance.Audit.Findings;
using Governance.Audit.Runs;
using Governance.Registry.Policies;

namespace Governance.Audit.Documents;

/// <summary>A validation report: every finding, the checklist with what shows each line, and who challenged it.</summary>
internal static class ValidationReport
{
    public const string Citation = "SR 11-7 (2011), section V, superseded by SR 26-2 (April 2026): validation, outcomes analysis, effective challenge.";

    public static IReadOnlyList<DocumentSection> Of(DocumentParts parts) =>
    [
        new("subject", "What was validated", 1, [parts.Identity(), parts.Policy()]),
        new("limits", "Limits and verdicts", 1, [.. parts.Limits()]),
        new("checklist", "Checklist", 1, [Checklist(parts)]),
        new("soundness", "Conceptual soundness", 1, [parts.Attested("conceptual-soundness", "Reasons for features and expected signs"), .. parts.Importance()]),
        new("data", "Data", 1, [.. parts.Data()]),
        new("performance", "Outcomes analysis: performance", 1, [.. parts.Performance()]),
        new("groups", "Outcomes analysis: groups", 1, [.. parts.Groups()]),
        .. Families(parts),
        new("warnings", "What a reader must know besides", 1, [.. parts.Warnings()]),
        new("challenge", "Effective challenge", 1,
            [.. parts.SignOffs(), parts.Attested("residual-risks", "Residual risks"), parts.Attested("materiality", "Materiality")]),
    ];

    // Every finding of the newest evidence of each family, in the words that were sealed.
    private static IEnumerable<DocumentSection> Families(DocumentParts parts)
    {
        foreach (string family in GateFamilies.All)
        {
            if (parts.Newest(document => document.Findings.Any(finding => finding.Family == family)) is { } evidence)
            {
                yield return new($"findings-{family}", $"All findings: {family}", 2,
                [
                    new TableBlock($"Findings on {family}", ["Metric", "Of", "Measured", "Rows"],
                    [
                        .. evidence.Document.Findings.Where(finding => finding.Family == family).Select(finding => (IReadOnlyList<DocumentValue>)
                        [
                            DocumentWords.Metric(finding.Metric), finding.Slice is null ? "all rows" : DocumentWords.Attribute(finding.Slice),
                            evidence.Estimate(finding), evidence.Count(EvidencePath.Then(CitedEvidence.PathOf(finding), "n")),
                        ]),
                    ]),
                ]);
            }
        }
    }

    private static TableBlock Checklist(DocumentParts parts) => new(
        "Checklist of the policy pack", ["Requirement", "Shown by", "Verdict"],
        [
            .. parts.Source.Policy.ChecklistFor(parts.Source.Tier).Select(line => (IReadOnlyList<DocumentValue>)
                [line.Name, ShownBy(parts, line), Verdict(parts, line)]),
        ]);

    private static string ShownBy(DocumentParts parts, ChecklistRequirement line)
    {
        string[] shown =
        [
            .. !line.IsMeasured ? [] : parts.Source.Evidence.Where(evidence => Own(evidence.Document, line).Any()).Take(1).Select(evidence => $"{evidence.Origin.Title} (evidence {evidence.Origin.Id})"),
            .. line.IsWritten && parts.Source.Attestations.TryGetValue(line.Id, out WrittenBlock? written) ? (string[])[$"attested by {written.By}"] : [],
        ];
        bool byRegistry = line.IsMeasured && line.Metrics!.All(metric => metric.StartsWith("fact.", StringComparison.Ordinal));
        return shown.Length > 0 ? string.Join(", ", shown) : byRegistry ? "the registry; see the Sign-off page" : "nothing yet";
    }

    private static string Verdict(DocumentParts parts, ChecklistRequirement line)
    {
        GateVerdict[] verdicts = parts.Source.Evidence.Select(evidence => Own(evidence.Document, line).Select(finding => finding.Gate?.Verdict).OfType<GateVerdict>().ToArray())
            .FirstOrDefault(own => own.Length > 0) ?? [];
        return verdicts.Length == 0 ? "no limit" : DocumentWords.Verdict(
            verdicts.Contains(GateVerdict.Breaches) ? GateVerdict.Breaches : verdicts.Contains(GateVerdict.Inconclusive) ? GateVerdict.Inconclusive : GateVerdict.Meets);
    }

    private static IEnumerable<Finding> Own(FindingsDocument document, ChecklistRequirement line) =>
        document.Findings.Where(finding => line.IsShownBy(finding.Family, finding.Metric));
}
