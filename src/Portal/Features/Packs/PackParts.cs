using Governance.Audit.Runs;
using Governance.Portal.Features.Documents;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Explanations;
using Governance.Portal.Features.Privacy;
using Governance.Portal.Features.Versions;
using Governance.Registry.Artifacts;
using Governance.Registry.Evidence;

namespace Governance.Portal.Features.Packs;

/// <summary>Evidence and documents of a version as one person may take them away, as files of a pack.</summary>
internal sealed class PackParts(ArtifactStore store, ReadFindings findings, MaskedFindings masked, ReadRows rows, MakeDocument documents)
{
    /// <summary>Findings documents, masked as on the pages, run records, and the documents written from them.</summary>
    /// <param name="view">The version, with what the person may see.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <exception cref="ArtifactDamagedException">A document is not what was sealed.</exception>
    public async Task<Dictionary<string, byte[]>> OfAsync(VersionView view, CancellationToken cancellationToken)
    {
        Dictionary<string, byte[]> files = new(StringComparer.Ordinal);
        foreach (EvidenceRecord record in view.Evidence.Concat(view.Explanations).Concat(view.DriftChecks).Concat(view.Reproductions).Concat(view.Records).OrderBy(record => record.SealedAt))
        {
            files[$"evidence/{record.RunRecord.Hex}.run.json"] = await store.ReadAsync(record.RunRecord, cancellationToken);
            FindingsDocument document = await findings.ReadAsync(record, cancellationToken);
            FindingsDocument shown = await masked.ForAsync(view, document, cancellationToken);
            bool hasRows = document.Explanation is { Rows.Count: > 0 };
            if (hasRows && !EvidenceEndpoints.MayDownload(view, document))
            {
                shown = shown with { Explanation = null };
            }
            else if (hasRows)
            {
                await rows.ExportAsync(view, document, cancellationToken); // the privacy log says who took them away
            }

            if (ReferenceEquals(shown, document))
            {
                files[$"evidence/{record.Findings.Hex}.json"] = await store.ReadAsync(record.Findings, cancellationToken);
            }
            else
            {
                files[$"evidence/{record.Findings.Hex}.masked.json"] = MaskedDownload.Write(shown, record.Findings);
            }
        }

        foreach ((string path, byte[] bytes) in await documents.FilesAsync(view, files.Keys.ToHashSet(StringComparer.Ordinal), cancellationToken))
        {
            files[path] = bytes;
        }

        return files;
    }
}
