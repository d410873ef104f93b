using Governance.Audit.Data;
using Governance.Registry.Access;
using Governance.Registry.Storage;
using Governance.Registry.Uploads;

namespace Governance.Portal.Features.Uploads;

/// <summary>Adds bytes to an upload; a data set is read as one once it is whole, so that its fault is named at once.</summary>
internal sealed class ReceiveUpload(ContinueUpload upload, StagedUploads uploads)
{
    /// <summary>Adds what a stream gives.</summary>
    /// <inheritdoc cref="ContinueUpload.RunAsync"/>
    public async Task<ContinueUploadOutcome> RunAsync(
        UserId owner, UploadId id, long offset, Stream source, bool ends, CancellationToken cancellationToken)
    {
        try
        {
            ContinueUploadOutcome outcome = await upload.RunAsync(owner, id, offset, source, ends, cancellationToken);
            return outcome is ContinueUploadOutcome.Kept { State: { IsWhole: true, Upload.Kind: UploadKind.Dataset } }
                ? await ReadAsync(owner, id, outcome, cancellationToken)
                : outcome;
        }
        catch (Exception fault) when (StorageFault.SentenceOf(fault) is string sentence)
        {
            return new ContinueUploadOutcome.Refused(new Refusal("no-room", sentence));
        }
    }

    private async Task<ContinueUploadOutcome> ReadAsync(
        UserId owner, UploadId id, ContinueUploadOutcome whole, CancellationToken cancellationToken)
    {
        await using Stream? stream = uploads.Open(owner, id);
        if (stream is null)
        {
            return new ContinueUploadOutcome.NoSuchUpload();
        }

        try
        {
            await Task.Run(() => TableFile.Read(stream, cancellationToken), cancellationToken);
            return whole;
        }
        catch (InputException fault)
        {
            uploads.Delete(owner, id);
            return new ContinueUploadOutcome.Refused(new Refusal("unreadable-data", fault.Message));
        }
    }
}
