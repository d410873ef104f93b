using System.Text;
using Governance.Audit.Data;
using Governance.Audit.Documents;
using Governance.Portal.Features.Versions;

namespace Governance.Portal.Features.Documents;

/// <summary>Makes a document of a version in one of its forms.</summary>
internal sealed class MakeDocument(ReadDocumentSource sources)
{
    /// <summary>The document before it has a form.</summary>
    public async Task<GovernedDocument> WriteAsync(VersionView view, DocumentKind kind, CancellationToken cancellationToken) =>
        WriteDocument.Run(kind, await sources.RunAsync(view, cancellationToken));

    /// <summary>The bytes of a form.</summary>
    /// <param name="view">The version.</param>
    /// <param name="kind">Which document.</param>
    /// <param name="format">One of <see cref="DocumentNames.Formats"/>.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <exception cref="InputException">A PDF, and no Chromium is installed.</exception>
    public async Task<byte[]> RunAsync(VersionView view, DocumentKind kind, string format, CancellationToken cancellationToken)
    {
        GovernedDocument document = await WriteAsync(view, kind, cancellationToken);
        return format switch
        {
            "json" => DocumentJson.Write(document),
            "md" => Encoding.UTF8.GetBytes(DocumentMarkdown.Write(document)),
            "html" => Encoding.UTF8.GetBytes(DocumentHtml.Write(document, id => view.Address($"evidence/{id}"))),
            "pdf" => await PrintPdf.RunAsync(DocumentHtml.Write(document), cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
        };
    }

    /// <summary>Every document in every form but PDF, for a pack: the same bytes for the same version and person.</summary>
    /// <param name="view">The version.</param>
    /// <param name="evidence">The paths of the pack's evidence, which documents link to.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <returns>By path, such as documents/model-card.md.</returns>
    public async Task<IReadOnlyDictionary<string, byte[]>> FilesAsync(
        VersionView view, IReadOnlySet<string> evidence, CancellationToken cancellationToken)
    {
        DocumentSource source = await sources.RunAsync(view, cancellationToken);
        Dictionary<Guid, string> addresses = source.Evidence.ToDictionary(cited => cited.Origin.Id, cited => $"evidence/{cited.Origin.Digest}");
        Dictionary<string, byte[]> files = [];
        foreach ((DocumentKind kind, string name, _, _) in DocumentNames.Kinds)
        {
            GovernedDocument document = WriteDocument.Run(kind, source);
            files[$"documents/{name}.json"] = DocumentJson.Write(document);
            files[$"documents/{name}.md"] = Encoding.UTF8.GetBytes(DocumentMarkdown.Write(document));
            files[$"documents/{name}.html"] = Encoding.UTF8.GetBytes(DocumentHtml.Write(document, Beside));
        }

        return files;

        string Beside(Guid id) => $"../{addresses[id]}{(evidence.Contains($"{addresses[id]}.json") ? "" : ".masked")}.json";
    }
}
