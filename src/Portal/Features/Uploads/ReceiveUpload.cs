using Governance.Audit.Data;
using Governance.Audit.Quarantine;
using Governance.Registry.Access;
using Governance.Registry.Storage;
using Governance.Registry.Uploads;

namespace Governance.Portal.Features.Uploads;

/// <summary>
/// Adds bytes to an upload. Once it is whole, a model is tried in quarantine and a data set read, so that a fault is named
/// at once and nothing that is refused stays.
/// </summary>
internal sealed class ReceiveUpload(ContinueUpload upload, StagedUploads uploads, ModelQuarantine quarantine)
{
    /// <summary>Adds what a stream gives.</summary>
    /// <inheritdoc cref="ContinueUpload.RunAsync"/>
    public async Task<ContinueUploadOutcome> RunAsync(
        UserId owner, UploadId id, long offset, Stream source, bool ends, CancellationToken cancellationToken)
    {
        try
        {
            ContinueUploadOutcome outcome = await upload.RunAsync(owner, id, offset, source, ends, cancellationToken);
            if (outcome is ContinueUploadOutcome.Kept { State: { IsWhole: true } whole })
            {
                await TryAsync(owner, whole.Upload, cancellationToken);
            }

            return outcome;
        }
        catch (InputException fault)
        {
            uploads.Delete(owner, id);
            return new ContinueUploadOutcome.Refused(new Refusal("refused-file", fault.Message));
        }
        catch (Exception fault) when (StorageFault.SentenceOf(fault) is string sentence)
        {
            return new ContinueUploadOutcome.Refused(new Refusal("no-room", sentence));
        }
    }

    private async Task TryAsync(UserId owner, Upload whole, CancellationToken cancellationToken)
    {
        if (whole.Kind == UploadKind.ModelFolder && !UploadRules.IsModel(whole.FileName))
        {
            return; // small text beside a model: read when a version is made of its folder
        }

        if (whole.Kind is UploadKind.Model or UploadKind.ModelFolder)
        {
            if (await uploads.ReadAsync(owner, whole.Id, cancellationToken) is byte[] file)
            {
                await quarantine.AdmitAsync(file, encoding: null, rows: null, cancellationToken);
            }

            return;
        }

        await using Stream? stream = uploads.Open(owner, whole.Id);
        if (stream is not null)
        {
            await Task.Run(() => TableFile.Read(stream, cancellationToken), cancellationToken);
        }
    }
}
