namespace Governance.Audit.Documents;

/// <summary>A model card, filled from measured values and what people attested.</summary>
/// <remarks>Its parts are those of Mitchell et al., Model Cards for Model Reporting, FAT* 2019.</remarks>
internal static class ModelCard
{
    public const string Citation = "Mitchell et al., Model Cards for Model Reporting, FAT* 2019.";

    public static IReadOnlyList<DocumentSection> Of(DocumentParts parts) =>
    [
        new("details", "Model details", 1, [parts.Identity(), .. Written("What is new in this version", parts.Source.Note, parts.Source)]),
        new("use", "Intended use", 1,
        [
            new WrittenBlock("Purpose", parts.Source.Purpose, parts.Source.Owner, parts.Source.RegisteredAt),
            parts.Attested("inventory", "Intended purpose, users and uses that are ruled out"),
        ]),
        new("metrics", "Metrics and limits", 1, [parts.Policy(), .. parts.Limits()]),
        new("data", "Data", 1, [.. parts.Data()]),
        new("performance", "Performance", 1, [.. parts.Performance()]),
        new("groups", "Performance and outcomes by group", 1, [.. parts.Groups()]),
        new("explanation", "What moves the output", 1, [.. parts.Importance(), parts.Attested("conceptual-soundness", "Why each feature is there")]),
        new("considerations", "Ethical considerations", 1,
        [
            parts.Attested("residual-risks", "Residual risks"), parts.Attested("human-oversight", "Human oversight"),
            parts.Attested("less-discriminatory", "Less discriminatory alternatives"),
        ]),
        new("caveats", "Caveats", 1, [new TextBlock(DocumentWords.Caution), .. parts.Warnings()]),
        new("decisions", "Reviews and decisions", 1, [.. parts.SignOffs()]),
    ];

    internal static IEnumerable<DocumentBlock> Written(string about, string text, DocumentSource source) =>
        string.IsNullOrWhiteSpace(text) ? [] : [new WrittenBlock(about, text, source.Author, source.RegisteredAt)];
}
