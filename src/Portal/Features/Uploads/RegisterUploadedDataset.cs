using Governance.Audit.Data;
using Governance.Audit.Registrations;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Uploads;

namespace Governance.Portal.Features.Uploads;

/// <summary>What is said of a data set beside its file.</summary>
/// <param name="Name">Unique among data sets.</param>
/// <param name="Title">What people call it, with its source.</param>
/// <param name="Columns">What each column is and is for, from the table that was read.</param>
/// <param name="Positive">The positive class of the label, or null.</param>
/// <param name="Favourable">The outcome that a person wants, or null.</param>
internal sealed record DatasetWish(
    string Name, string Title, Func<Table, IReadOnlyList<DatasetColumn>> Columns, string? Positive, string? Favourable);

/// <summary>Makes a data set of an upload: by page and by API.</summary>
internal sealed class RegisterUploadedDataset(AdmitDataset admit, StagedUploads uploads)
{
    /// <summary>Reads, registers, and removes the upload once it is registered.</summary>
    /// <returns>Registered, or the refusal; null where there is no such whole upload of theirs.</returns>
    public async Task<RegisterDatasetOutcome?> RunAsync(
        Actor actor, UploadId id, DatasetWish wish, CancellationToken cancellationToken)
    {
        UserId owner = actor.User ?? throw new ArgumentException("A person registers a data set.", nameof(actor));
        if (uploads.Find(owner, id) is not { IsWhole: true, Upload.Kind: UploadKind.Dataset }
            || await uploads.ReadAsync(owner, id, cancellationToken) is not byte[] file)
        {
            return null;
        }

        try
        {
            RegisterDatasetOutcome outcome = await admit.RunAsync(
                actor, wish.Name, wish.Title, file, wish.Columns, wish.Positive, wish.Favourable, cancellationToken);
            if (outcome is RegisterDatasetOutcome.Registered)
            {
                uploads.Delete(owner, id);
            }

            return outcome;
        }
        catch (InputException fault)
        {
            return new RegisterDatasetOutcome.Refused(new Refusal("refused-file", fault.Message));
        }
        catch (Exception fault) when (StorageFault.SentenceOf(fault) is string sentence)
        {
            return new RegisterDatasetOutcome.Refused(new Refusal("no-room", sentence));
        }
    }
}
