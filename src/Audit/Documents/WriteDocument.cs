using System.Diagnostics;

namespace Governance.Audit.Documents;

/// <summary>Writes documents of a version from what is sealed and on record. Pure: the same source gives the same document.</summary>
public static class WriteDocument
{
    /// <summary>Writes one.</summary>
    /// <param name="kind">What it is for.</param>
    /// <param name="source">What it is written from.</param>
    public static GovernedDocument Run(DocumentKind kind, DocumentSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        DocumentParts parts = new(source);
        (string title, string citation, IReadOnlyList<DocumentSection> sections) = kind switch
        {
            DocumentKind.ModelCard => ("Model card", ModelCard.Citation, ModelCard.Of(parts)),
            DocumentKind.Validation => ("Validation report", ValidationReport.Citation, ValidationReport.Of(parts)),
            DocumentKind.AnnexIv => ("Technical documentation, Annex IV", AnnexIvFile.Citation, AnnexIvFile.Of(parts)),
            DocumentKind.Ll144 => ("Bias audit summary, Local Law 144", Ll144Summary.Citation, Ll144Summary.Of(parts)),
            _ => throw new UnreachableException(),
        };
        HashSet<Guid> cited = [.. sections.SelectMany(section => section.Blocks)
            .SelectMany(block => block is SealedBlock words ? [words.Evidence] : Numbers(block).Select(number => number.Evidence))];
        return new GovernedDocument
        {
            Kind = kind,
            Title = title,
            Subject = source.Name,
            Citation = citation,
            Sections = sections,
            Evidence = [.. source.Evidence.Select(evidence => evidence.Origin).Where(origin => cited.Contains(origin.Id))],
            Ledger = source.Ledger,
        };
    }

    /// <summary>The numbers in a block.</summary>
    public static IEnumerable<CitedNumber> Numbers(DocumentBlock block) => Values(block).SelectMany(value => value.Numbers);

    /// <summary>The values in a block.</summary>
    public static IEnumerable<DocumentValue> Values(DocumentBlock block) => block switch
    {
        FactsBlock facts => facts.Rows.Select(row => row.Value),
        TableBlock table => table.Rows.SelectMany(row => row),
        _ => [],
    };
}
