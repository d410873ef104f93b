using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Uploads;

/// <summary>A file that someone wants to send.</summary>
/// <param name="Kind">What it is sent as.</param>
/// <param name="FileName">Its name; folders are cut off.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Model">The model that it is for; null for a data set of no model.</param>
public sealed record NewUpload(UploadKind Kind, string FileName, long Length, string? Model)
{
    /// <summary>See <see cref="Upload.Path"/>.</summary>
    public string? Path { get; init; }
}

/// <summary>Begins an upload: whether it may come at all is said before a byte of it is read.</summary>
public sealed class BeginUpload(
    IDbContextFactory<GovernanceDb> contexts, StagedUploads uploads, RegistryOptions options, TimeProvider clock)
{
    // Of two requests at once, the second must see the first one's bytes.
    private static readonly SemaphoreSlim OneAtATime = new(1, 1);

    /// <summary>Begins; who may register may.</summary>
    /// <exception cref="ArgumentException">The actor is the system: an upload needs an owner.</exception>
    /// <exception cref="IOException">The store cannot be written; see <see cref="StorageFault"/>.</exception>
    public async Task<BeginUploadOutcome> RunAsync(Actor actor, NewUpload upload, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(upload);
        UserId owner = actor.User ?? throw new ArgumentException("An upload needs an owner.", nameof(actor));
        if (await RefusalForAsync(actor, upload, cancellationToken) is BeginUploadOutcome refused)
        {
            return refused;
        }

        string name = UploadRules.BareName(upload.FileName);
        if (UploadRules.RefusalFor(upload.Kind, name, upload.Length, options.Uploads) is Refusal rule)
        {
            return new BeginUploadOutcome.Refused(rule);
        }

        await OneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (RoomRefusal(uploads.Of(owner), upload) is Refusal room)
            {
                return new BeginUploadOutcome.Refused(room);
            }

            Upload begun = new(
                UploadId.New(), owner, upload.Kind, name, upload.Length, upload.Model, Microseconds.Truncate(clock.GetUtcNow()))
            {
                Path = upload.Path,
            };
            uploads.Create(begun);
            return new BeginUploadOutcome.Begun(begun);
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private async Task<BeginUploadOutcome?> RefusalForAsync(Actor actor, NewUpload upload, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        Model? model = upload.Model is null ? null
            : await db.Models.AsNoTracking().FirstOrDefaultAsync(row => row.Name == upload.Model, cancellationToken);
        Standing standing = await Standing.LoadAsync(db, actor, model, cancellationToken);
        if (upload.Model is not null)
        {
            return model is null || standing.Visibility != ModelVisibility.Full ? new BeginUploadOutcome.NoSuchModel()
                : standing.RefusalFor(Right.Register) is Refusal refusal ? new BeginUploadOutcome.Refused(refusal)
                : null;
        }

        return upload.Kind == UploadKind.Model
            ? new BeginUploadOutcome.Refused(new Refusal("no-model", "Name the model that the file is a version of."))
            : upload.Kind == UploadKind.ModelFolder && upload.Path is null
            ? new BeginUploadOutcome.Refused(new Refusal("no-path", "A file of a model's folder comes through the artefact proxy, which names its place."))
            : standing.Person!.Roles.Contains(Role.Developer) ? null
            : new BeginUploadOutcome.Refused(new Refusal(
                "no-right", $"Only developers register {(upload.Kind == UploadKind.ModelFolder ? "models" : "data sets")}. Ask an administrator for the role."));
    }

    private Refusal? RoomRefusal(IReadOnlyList<UploadState> own, NewUpload upload)
    {
        UploadLimits limits = options.Uploads;
        long length = upload.Length;
        bool inFolder = upload.Kind == UploadKind.ModelFolder;
        int count = own.Count(state => state.Upload.Kind == UploadKind.ModelFolder == inFolder);
        return count >= (inFolder ? limits.MostFolderFiles : limits.MostPerPerson)
            ? new Refusal("too-many-uploads", $"You have {count} uploads under way, and more are not allowed. Finish or discard one first.")
            : own.Sum(state => state.Upload.Length) + length > limits.MostBytesPerPerson
            ? new Refusal(
                "too-many-bytes",
                $"Your uploads together may have {UploadRules.Bytes(limits.MostBytesPerPerson)}. Finish or discard one first.")
            : uploads.FreeBytes() < length + limits.Reserve
            ? new Refusal("no-room", StorageFault.NoRoom)
            : null;
    }
}

/// <summary>What came of the wish to upload.</summary>
public abstract record BeginUploadOutcome
{
    private BeginUploadOutcome()
    {
    }

    /// <summary>Bytes may come.</summary>
    public sealed record Begun(Upload Upload) : BeginUploadOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : BeginUploadOutcome;

    /// <summary>The model does not exist, or not for this person.</summary>
    public sealed record NoSuchModel : BeginUploadOutcome;
}
