using Governance.Portal.Features.Uploads;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Uploads;

namespace Governance.Portal.Protocols.MlflowRegistry;

/// <summary>Keeps a file of a model's folder on its way, by the one road of uploads; it takes the place of an earlier one once it is whole.</summary>
internal static class PutFile
{
    /// <summary>Keeps it.</summary>
    /// <param name="take">The road of uploads in one request.</param>
    /// <param name="uploads">Where they are kept.</param>
    /// <param name="actor">Whose file it is.</param>
    /// <param name="path">Its place.</param>
    /// <param name="content">Read once.</param>
    /// <param name="length">In bytes, at most.</param>
    /// <param name="cancellationToken">Ends it, and nothing is kept.</param>
    /// <returns>Why not, or null.</returns>
    public static async Task<Refusal?> RunAsync(
        TakeUpload take, StagedUploads uploads, Actor actor, string path, Stream content, long length, CancellationToken cancellationToken)
    {
        UserId owner = actor.User!.Value;
        (UploadId? kept, Refusal? refusal) = await take.RunAsync(
            actor, new NewUpload(UploadKind.ModelFolder, UploadRules.BareName(path), length, null) { Path = path }, content, cancellationToken);
        if (kept is null)
        {
            return refusal!;
        }

        foreach (UploadState earlier in uploads.Of(owner).Where(state => state.Upload.Path == path && state.Upload.Id != kept && state.IsWhole))
        {
            uploads.Delete(owner, earlier.Upload.Id);
        }

        return null;
    }
}
