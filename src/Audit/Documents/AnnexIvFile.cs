namespace Governance.Audit.Documents;

/// <summary>The technical documentation that Annex IV of the EU AI Act lists, under its own headings.</summary>
/// <remarks>What is measured is filled in, what people attest is quoted, and what is missing stays visibly missing.</remarks>
internal static class AnnexIvFile
{
    public const string Citation = "Regulation (EU) 2024/1689 (AI Act), Article 11 and Annex IV.";

    private const string ByHand = "A person writes it: this program holds no form for it. Attach it to the file.";

    public static IReadOnlyList<DocumentSection> Of(DocumentParts parts) =>
    [
        new("1", "1. General description of the AI system", 1, [parts.Identity()]),
        new("1a", "1(a) Intended purpose, provider, version and its relation to previous versions", 2,
        [
            new WrittenBlock("Purpose", parts.Source.Purpose, parts.Source.Owner, parts.Source.RegisteredAt),
            parts.Attested("inventory", "Intended purpose"), Gap("The name of the provider"),
            new TextBlock(parts.Source.Parents.Count == 0 ? "No previous version is recorded as its parent." : $"It came from {string.Join(", ", parts.Source.Parents)}."),
        ]),
        new("1b", "1(b) Interaction with hardware or software that is not part of the system", 2, [Gap("Interaction with other hardware or software, other AI systems included")]),
        new("1c", "1(c) Versions of relevant software or firmware, and requirements on updates", 2, [.. Engine(parts), Gap("Requirements on version updates")]),
        new("1d", "1(d) Forms in which the system is placed on the market or put into service", 2, [Gap("Packages, downloads or interfaces through which it is put into service")]),
        new("1e", "1(e) Hardware on which the system is intended to run", 2, [Gap("The hardware that it is intended to run on")]),
        new("1f", "1(f) Photographs or illustrations where the system is a component of products", 2, [Gap("Photographs or illustrations, where it is a component of a product")]),
        new("1g", "1(g) User interface provided to the deployer", 2, [Gap("A basic description of the user interface")]),
        new("1h", "1(h) Instructions for use for the deployer", 2, [Gap("Instructions for use")]),
        new("2", "2. Elements of the system and process of its development", 1, []),
        new("2a", "2(a) Methods and steps of development, pre-trained systems and tools of third parties", 2,
            [.. ModelCard.Written("What is new in this version", parts.Source.Note, parts.Source), Gap("Methods and steps of development")]),
        new("2b", "2(b) Design specifications: general logic, key design choices, assumptions, what is optimised, trade-offs", 2,
            [parts.Attested("conceptual-soundness", "Reasons for features and expected signs"), .. parts.Importance(), parts.Attested("less-discriminatory", "Trade-offs and less discriminatory alternatives")]),
        new("2c", "2(c) System architecture and computational resources", 2, [Gap("How software components build on each other, and the computational resources used")]),
        new("2d", "2(d) Data requirements: provenance, scope, characteristics, labelling, cleaning", 2, [.. parts.Data(), Gap("How the data were obtained, selected, labelled and cleaned")]),
        new("2e", "2(e) Human oversight measures after Article 14", 2, [parts.Attested("human-oversight", "Human oversight")]),
        new("2f", "2(f) Changes that are pre-determined", 2, [Gap("Pre-determined changes to the system and its performance, or that there are none")]),
        new("2g", "2(g) Validation and testing: data, metrics, discriminatory impacts, test reports", 2, [parts.Policy(), .. parts.Limits(), .. parts.SignOffs()]),
        new("2h", "2(h) Cybersecurity measures", 2, [.. Theft(parts)]),
        new("3", "3. Monitoring, functioning and control: capabilities and limitations, accuracy for specific groups", 1,
            [.. parts.Performance(), .. parts.Groups(), .. parts.Warnings(), parts.Attested("residual-risks", "Foreseeable unintended outcomes and sources of risk")]),
        new("4", "4. Appropriateness of the performance metrics", 1, [Gap("Why these metrics are appropriate for the system")]),
        new("5", "5. Risk management system after Article 9", 1, [parts.Attested("materiality", "Materiality"), parts.Attested("residual-risks", "Residual risks")]),
        new("6", "6. Relevant changes made through the lifecycle", 1, parts.Source.Moves.Count == 0 ? [Gap("Changes made through the lifecycle")] : [.. parts.Source.Moves.Select(move => new TextBlock(move))]),
        new("7", "7. Harmonised standards applied, or other solutions adopted", 1, [Gap("A list of the harmonised standards applied in full or in part")]),
        new("8", "8. Copy of the EU declaration of conformity after Article 47", 1, [Gap("The EU declaration of conformity")]),
        new("9", "9. System to evaluate performance after placing on the market, after Article 72", 1, [.. Drift(parts), Gap("The post-market monitoring plan")]),
    ];

    private static MissingBlock Gap(string what) => new(what, ByHand);

    private static IEnumerable<DocumentBlock> Engine(DocumentParts parts) => parts.Source.Evidence.Count == 0
        ? [new MissingBlock("Software that the system was measured with", DocumentWords.MeasureIt)]
        : [new FactsBlock([.. parts.Source.Evidence.Select(evidence => evidence.Document.Engine).Distinct().Select(engine =>
            new DocumentFact("Measured with", $"{engine.Name}, ONNX Runtime {engine.OnnxRuntime} on {engine.Provider}"))])];

    private static IEnumerable<DocumentBlock> Theft(DocumentParts parts) => Family(parts, "theft", "Extraction and membership inference, as attacks on the model measured it", "Resilience against attempts to copy the model or to learn of its training data");

    private static IEnumerable<DocumentBlock> Drift(DocumentParts parts) => Family(parts, "drift", "Drift, as measured between reference and current data", "Drift between reference and current data");

    private static IEnumerable<DocumentBlock> Family(DocumentParts parts, string family, string caption, string missing) =>
        parts.Newest(document => document.Findings.Any(finding => finding.Family == family)) is not { } evidence
            ? [new MissingBlock(missing, DocumentWords.MeasureIt)]
            :
            [
                new TableBlock(caption, ["Metric", "Of", "Measured"],
                [
                    .. evidence.Document.Findings.Where(finding => finding.Family == family).Select(finding => (IReadOnlyList<DocumentValue>)
                        [DocumentWords.Metric(finding.Metric), finding.Slice ?? "the model as a whole", evidence.Estimate(finding)]),
                ]),
            ];
}
