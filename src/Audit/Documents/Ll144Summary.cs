using Governance.Audit.Fairness;

namespace Governance.Audit.Documents;

/// <summary>The summary of results of a bias audit as New York City's Local Law 144 wants it published. It judges nothing.</summary>
internal static class Ll144Summary
{
    public const string Citation = "New York City Administrative Code 20-871(a)(2); 6 RCNY 5-301 and 5-302.";

    public static IReadOnlyList<DocumentSection> Of(DocumentParts parts)
    {
        CitedEvidence? evidence = parts.Newest(document => document.Fairness?.Attributes.Any(attribute => attribute.Impact is not null) == true);
        return
        [
            new("tool", "The tool and its bias audit", 1,
            [
                new FactsBlock(
                [
                    new("Tool", parts.Source.ModelTitle), new("Version", parts.Source.Name), new("Version digest", parts.Source.VersionDigest),
                    new("Date of the bias audit", evidence is null ? "none yet" : DocumentWords.Day(evidence.Origin.SealedAt)),
                    new("Distribution date", parts.Source.DistributedAt is DateOnly day ? DocumentWords.Day(day) : "none on record"),
                ]),
                .. parts.Source.DistributedAt is null ? (DocumentBlock[])[new MissingBlock("Distribution date of the tool", "A deployment of the version is put on record.")] : [],
                new TextBlock("The law sets no impact ratio that passes or fails. These numbers are reported, not judged."),
            ]),
            new("source", "Source and explanation of the data", 1,
            [
                .. evidence is null ? (DocumentBlock[])[] : [DataTable(evidence)],
                parts.Attested("data-source", "Whether the data are historical or test data, where they come from and why they were used"),
            ]),
            .. evidence is null
                ? [new("ratios", "Selection rates and impact ratios", 1,
                    [new MissingBlock("Selection rates and impact ratios", "An audit that names the columns with sex and with race or ethnicity as protected, and their intersections, is sealed under a policy pack with the limit 'category-share'; groups of few rows may be hidden from your role.")])]
                : evidence.Document.Fairness!.Attributes.Where(attribute => attribute.Impact is not null).Select((attribute, i) => Ratios(evidence, attribute, i)),
            new("auditor", "Who audited", 1, [parts.Attested("independent-auditor", "The independent auditor, and what makes them independent"), .. parts.SignOffs()]),
        ];
    }

    private static TableBlock DataTable(CitedEvidence evidence) => new(
        "Data", ["Role", "Data set", "Rows", "Digest"],
        [
            .. evidence.Document.Data.Select((data, i) => (IReadOnlyList<DocumentValue>)
                [data.Role, data.Name, evidence.Count(EvidencePath.Then(EvidencePath.At("data", i), "rows")), data.Digest]),
        ]);

    private static DocumentSection Ratios(CitedEvidence evidence, AttributeFairness attribute, int number)
    {
        string path = EvidencePath.Then(EvidencePath.Where("fairness.attributes", "attribute", attribute.Attribute), "impact");
        CategoryRate[] excluded = [.. attribute.Impact!.Categories.Where(category => category.Excluded)];
        return new(
            $"ratios-{number + 1}", $"Selection rates and impact ratios: {DocumentWords.Attribute(attribute.Attribute)}", 1,
            [
                new TableBlock(
                    DocumentWords.Attribute(attribute.Attribute), ["Category", "Applicants", "Share", "Selection rate", "Impact ratio"],
                    [.. attribute.Impact.Categories.Select(category => Row(evidence, path, category))]),
                new FactsBlock(
                [
                    new("Highest rate", attribute.Impact.Highest ?? "no category was selected"),
                    new("Applicants of unknown category", evidence.Count(EvidencePath.Then(path, "unknown"))),
                    new("Categories of a smaller share are left out of impact ratios", evidence.Percent(EvidencePath.Then(path, "leastShare"))),
                    new("Left out", excluded.Length == 0 ? "none" : string.Join(", ", excluded.Select(category => category.Category))),
                ]),
            ]);
    }

    private static IReadOnlyList<DocumentValue> Row(CitedEvidence evidence, string impact, CategoryRate category)
    {
        string path = EvidencePath.Where(EvidencePath.Then(impact, "categories"), "category", category.Category);
        return
        [
            category.Category, evidence.Count(EvidencePath.Then(path, "count")), evidence.Percent(EvidencePath.Then(path, "share")),
            evidence.Number(EvidencePath.Then(path, "selectionRate")),
            category.Excluded ? "left out" : evidence.Number(EvidencePath.Then(path, "impactRatio")),
        ];
    }
}
