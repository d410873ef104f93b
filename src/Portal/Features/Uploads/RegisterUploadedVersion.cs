using Governance.Audit.Data;
using Governance.Audit.Registrations;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Uploads;
using Governance.Registry.Versions;

namespace Governance.Portal.Features.Uploads;

/// <summary>What is said of a version beside its file.</summary>
/// <param name="Encoding">An encoding or a manifest as JSON; null to take columns as they are.</param>
/// <param name="Note">What is new in it; null for nothing.</param>
/// <param name="Parents">What it came from.</param>
/// <param name="Signature">A publisher's detached signature over the file; null for an unsigned one.</param>
internal sealed record VersionWish(
    byte[]? Encoding, string? Note, IReadOnlyList<(ModelVersionId Version, ParentKind Kind)> Parents, byte[]? Signature = null);

/// <summary>Makes a version of an upload: by page and by API.</summary>
internal sealed class RegisterUploadedVersion(AdmitVersion admit, StagedUploads uploads)
{
    /// <summary>Checks, registers, and removes the upload once it is registered, or if its file is refused.</summary>
    /// <returns>Registered, or the refusal; null where there is no such whole upload of theirs for this model.</returns>
    public async Task<RegisterVersionOutcome?> RunAsync(
        Actor actor, string model, UploadId id, VersionWish wish, CancellationToken cancellationToken)
    {
        UserId owner = actor.User ?? throw new ArgumentException("A version needs an author.", nameof(actor));
        if (uploads.Find(owner, id) is not { IsWhole: true, Upload.Kind: UploadKind.Model } state || state.Upload.Model != model
            || await uploads.ReadAsync(owner, id, cancellationToken) is not byte[] file)
        {
            return null;
        }

        try
        {
            RegisterVersionOutcome outcome = await admit.RunAsync(
                actor, model, file, wish.Encoding, wish.Note, wish.Parents, wish.Signature, [], cancellationToken);
            if (outcome is RegisterVersionOutcome.Registered)
            {
                uploads.Delete(owner, id);
            }

            return outcome;
        }
        catch (InputException fault)
        {
            if (wish.Encoding is null)
            {
                uploads.Delete(owner, id); // with another encoding it may fit; without one the file itself is refused
            }

            return new RegisterVersionOutcome.Refused(new Refusal("refused-file", fault.Message));
        }
        catch (Exception fault) when (StorageFault.SentenceOf(fault) is string sentence)
        {
            return new RegisterVersionOutcome.Refused(new Refusal("no-room", sentence));
        }
    }
}
