using System.Diagnostics;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Uploads;

namespace Governance.Portal.Features.Uploads;

/// <summary>A whole file in one request, of which only an upper bound of the length is known.</summary>
internal sealed class TakeUpload(BeginUpload begin, ReceiveUpload receive, StagedUploads uploads, RegistryOptions options)
{
    private const long Envelope = 64 << 10; // what a form may have beside its file

    /// <summary>Begins, adds and ends; nothing is kept of a request that breaks off.</summary>
    /// <param name="actor">Who sends it.</param>
    /// <param name="upload">With the length of the whole request.</param>
    /// <param name="source">The file; read once.</param>
    /// <param name="cancellationToken">Ends it, and nothing is kept.</param>
    /// <returns>The upload, or why there is none.</returns>
    public async Task<(UploadId? Upload, Refusal? Refusal)> RunAsync(
        Actor actor, NewUpload upload, Stream source, CancellationToken cancellationToken)
    {
        long most = options.Uploads.MostOf(upload.Kind);
        long expected = upload.Length <= most + Envelope ? Math.Min(upload.Length, most) : upload.Length;
        BeginUploadOutcome begun = await begin.RunAsync(actor, upload with { Length = expected }, cancellationToken);
        if (begun is not BeginUploadOutcome.Begun { Upload: var started })
        {
            return (null, begun is BeginUploadOutcome.Refused refused ? refused.Reason : new Refusal("not-found", "There is no such model."));
        }

        bool isWhole = false;
        try
        {
            ContinueUploadOutcome outcome = await receive.RunAsync(started.Owner, started.Id, 0, source, ends: true, cancellationToken);
            isWhole = outcome is ContinueUploadOutcome.Kept;
            return outcome switch
            {
                ContinueUploadOutcome.Kept => (started.Id, null),
                ContinueUploadOutcome.Refused { Reason.Code: "longer-than-declared" } =>
                    (null, UploadRules.RefusalFor(upload.Kind, started.FileName, most + 1, options.Uploads)),
                ContinueUploadOutcome.Refused { Reason: var reason } => (null, reason),
                _ => throw new UnreachableException(), // nobody else knows the new upload
            };
        }
        finally
        {
            if (!isWhole)
            {
                uploads.Delete(started.Owner, started.Id);
            }
        }
    }
}
