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
}
