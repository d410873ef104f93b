using Governance.Audit.Runs;
using Governance.Portal.Features.Privacy;
using Governance.Portal.Features.Versions;
using Governance.Registry.Artifacts;
using Governance.Registry.Evidence;

namespace Governance.Portal.Features.Evidence;

/// <summary>Reads findings documents back from the store, digest checked.</summary>
internal sealed class ReadFindings(SealedDocuments documents, MaskedFindings masked)
{
    /// <summary>The evidence that a page shows.</summary>
    /// <param name="view">The version.</param>
    /// <param name="asked">The id in the address, or null.</param>
    /// <param name="has">Whether a document holds what the page is about.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <returns>The evidence asked for if it is the version's, else the latest that holds it; null where none does. Batteries have a page of their own.</returns>
    public async Task<SealedFindings?> ChooseAsync(
        VersionView view, Guid? asked, Func<FindingsDocument, bool> has, CancellationToken cancellationToken)
    {
        foreach (EvidenceRecord record in view.Evidence.Concat(view.Explanations).Concat(view.DriftChecks).OrderByDescending(record => record.Id.Value == asked))
        {
            FindingsDocument document = await ReadAsync(view, record, cancellationToken);
            if (document.Options.Kind != AuditKind.Equivalence && has(document))
            {
                return new SealedFindings(record, document);
            }
        }

        return null;
    }

    /// <summary>The findings document of an evidence record as the person may see it.</summary>
    /// <exception cref="ArtifactDamagedException">The store's bytes are not those that were sealed.</exception>
    public async Task<FindingsDocument> ReadAsync(VersionView view, EvidenceRecord record, CancellationToken cancellationToken) =>
        await masked.ForAsync(view, await ReadAsync(record, cancellationToken), cancellationToken);

    /// <summary>The findings document of an evidence record as it was sealed: to compare and to compute with, not to show.</summary>
    /// <exception cref="ArtifactDamagedException">The store's bytes are not those that were sealed.</exception>
    public Task<FindingsDocument> ReadAsync(EvidenceRecord record, CancellationToken cancellationToken) =>
        documents.OfAsync(record.Findings, cancellationToken);
}
