using System.Security.Cryptography;
using Governance.Registry.Access;

namespace Governance.Registry.Uploads;

/// <summary>Adds bytes to an upload, and reads the whole back once the last has come.</summary>
public sealed class ContinueUpload(StagedUploads uploads)
{
    /// <summary>Adds what a stream gives. Bytes that were kept before it broke off stay kept.</summary>
    /// <param name="owner">Who asks; an upload of another does not exist for them.</param>
    /// <param name="id">Which.</param>
    /// <param name="offset">Where the stream begins in the file; must be what is kept already.</param>
    /// <param name="source">In the clear; read once, not disposed. Empty only asks whether the upload is whole.</param>
    /// <param name="ends">Whether the file ends with the stream, even if it is shorter than declared.</param>
    /// <param name="cancellationToken">Ends it like a stream that breaks off.</param>
    /// <exception cref="IOException">The stream broke off, or the store cannot be written: see <see cref="Storage.StorageFault"/>.</exception>
    public async Task<ContinueUploadOutcome> RunAsync(
        UserId owner, UploadId id, long offset, Stream source, bool ends, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (uploads.Find(owner, id) is not UploadState before)
        {
            return new ContinueUploadOutcome.NoSuchUpload();
        }

        await using FileStream? held = uploads.TryLock(owner, id);
        if (held is null)
        {
            return new ContinueUploadOutcome.Busy();
        }

        using StagedFile? file = uploads.OpenForWriting(owner, id);
        if (file is null)
        {
            return new ContinueUploadOutcome.NoSuchUpload();
        }

        if (offset != file.Frames.Offset)
        {
            return new ContinueUploadOutcome.WrongOffset(file.Frames.Offset);
        }

        Upload upload = before.Upload;
        StagedWriter writer = new(file);
        if (!file.Frames.IsSealed
            && (await writer.AppendAsync(source, Check, cancellationToken) ?? SealIfWhole(cancellationToken)) is Refusal refusal)
        {
            // What is not what it says it is, is not kept; an upload that was merely cut short is.
            uploads.Delete(owner, id);
            return new ContinueUploadOutcome.Refused(refusal);
        }

        return uploads.Find(owner, id) is UploadState after
            ? new ContinueUploadOutcome.Kept(after)
            : new ContinueUploadOutcome.NoSuchUpload();

        Refusal? Check(ReadOnlyMemory<byte> head) => UploadRules.ContentRefusalFor(upload.Kind, upload.FileName, head.Span);

        Refusal? SealIfWhole(CancellationToken stop)
        {
            if (file.Frames.Offset < (ends ? 1 : upload.Length))
            {
                return ends ? UploadRules.Empty : null;
            }

            try
            {
                return writer.Seal(Check, stop);
            }
            catch (AuthenticationTagMismatchException)
            {
                return new Refusal("damaged-upload", "A piece of this upload was changed on the server's disk. Send the file again.");
            }
        }
    }
}

/// <summary>What came of bytes that were sent.</summary>
public abstract record ContinueUploadOutcome
{
    private ContinueUploadOutcome()
    {
    }

    /// <summary>They are kept.</summary>
    public sealed record Kept(UploadState State) : ContinueUploadOutcome;

    /// <summary>They do not begin where the kept bytes end.</summary>
    public sealed record WrongOffset(long Offset) : ContinueUploadOutcome;

    /// <summary>Another request adds bytes at this moment.</summary>
    public sealed record Busy : ContinueUploadOutcome;

    /// <summary>The file is not what it was said to be; nothing of it is kept.</summary>
    public sealed record Refused(Refusal Reason) : ContinueUploadOutcome;

    /// <summary>There is no such upload, or not for this person.</summary>
    public sealed record NoSuchUpload : ContinueUploadOutcome;
}
