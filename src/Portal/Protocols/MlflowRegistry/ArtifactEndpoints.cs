using System.Diagnostics;
using Governance.Portal.Features.Uploads;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Annotations;
using Governance.Registry.Proposals;
using Governance.Registry.Tokens;
using Governance.Registry.Uploads;

namespace Governance.Portal.Protocols.MlflowRegistry;

/// <summary>
/// The artefact proxy: files of the caller's own on their way to a version, and below <c>versions/</c> the files of versions.
/// The bytes of a model go out only where two persons released them to the caller.
/// </summary>
internal static class ArtifactEndpoints
{
    private const string ReleaseFirst =
        " Two approvers of the model release it on the page Proposals: one proposes it with a reason, the other confirms; then a token of the first, with the scope download, gets it once.";

    internal static async Task<IResult> ListAsync(HttpContext http, StagedUploads uploads, AnnotationQueries queries)
    {
        string path = ProxyPath.Read(http.Request.Query["path"]);
        if (ProxyPath.AsVersion(path) is (string model, int number, string file))
        {
            return await VersionAsync(http, queries, model, number) is not (AnnotatedModel, AnnotatedVersion) ? MlflowFault.NoVersion(model, number)
                : MlflowJson.Answer(new ListAnswer(file.Length > 0 ? null
                    : [new FileMessage(ProxyPath.DescriptionFile, false, null), new FileMessage(ProxyPath.ModelFile, false, null)]));
        }

        int from = path.Length == 0 ? 0 : path.Length + 1;
        return MlflowJson.Answer(new ListAnswer(MlflowJson.Unless(uploads.Below(http.User.Id(), path)
            .Where(state => !RunFolder.IsDescription(state.Upload.Path!))
            .GroupBy(state => state.Upload.Path![from..].Split('/')[0], StringComparer.Ordinal)
            .Select(same => same.Count() == 1 && same.Single().Upload.Path!.Length == from + same.Key.Length
                ? new FileMessage(same.Key, false, same.Single().Upload.Length)
                : new FileMessage(same.Key, true, null)))));
    }

    internal static async Task<IResult> DownloadAsync(string? path, HttpContext http, StagedUploads uploads, AnnotationQueries queries, ReleaseArtifact release)
    {
        string place = ProxyPath.Read(path);
        if (ProxyPath.AsVersion(place) is (string model, int number, string file))
        {
            return await VersionAsync(http, queries, model, number) is not (AnnotatedModel, AnnotatedVersion version) ? MlflowFault.NoVersion(model, number)
                : file == ProxyPath.DescriptionFile ? Bytes(MlmodelFile.Write(model, version.Version), file)
                : file == ProxyPath.ModelFile ? await HandOverAsync(http, version, release)
                : NoFile(place);
        }

        UserId owner = http.User.Id();
        return uploads.At(owner, place) is not UploadState state || RunFolder.IsDescription(place) ? NoFile(place)
            : UploadRules.IsModel(state.Upload.FileName)
            ? MlflowFault.Of(MlflowFault.Denied, "A model's file on its way is not given back, not even to its sender. Make a version of it, or send it again.")
            : await uploads.ReadAsync(owner, state.Upload.Id, http.RequestAborted) is byte[] bytes ? Bytes(bytes, state.Upload.FileName)
            : NoFile(place);
    }

    internal static async Task<IResult> UploadAsync(string? path, HttpContext http, TakeUpload take, StagedUploads uploads)
    {
        string place = ProxyPath.Read(path);
        if (!place.Contains('/', StringComparison.Ordinal) || ProxyPath.IsReserved(place) || RunFolder.IsDescription(place))
        {
            return MlflowFault.Of(MlflowFault.BadValue, $"Nothing can be sent to '{place}': name a folder of your own and a file in it.");
        }

        if (http.Request.ContentLength is not long length)
        {
            return MlflowFault.Of(MlflowFault.BadValue, "Say the length of the file in the header Content-Length.");
        }

        return await PutFile.RunAsync(take, uploads, http.User.Actor(), place, http.Request.Body, length, http.RequestAborted) is Refusal refusal
            ? MlflowFault.Of(refusal)
            : MlflowJson.Done;
    }

    internal static IResult Delete(string? path, HttpContext http, StagedUploads uploads)
    {
        string place = ProxyPath.Read(path);
        if (ProxyPath.IsReserved(place))
        {
            return MlflowFault.Of(MlflowFault.Disabled, "The files of a registered version are on record for good and cannot be deleted.");
        }

        UserId owner = http.User.Id();
        UploadState[] wanted = [.. uploads.Of(owner).Where(state => state.Upload is { Kind: UploadKind.ModelFolder, Path: string at }
            && (at == place || at.StartsWith(place + '/', StringComparison.Ordinal)))];
        foreach (UploadState state in wanted)
        {
            uploads.Delete(owner, state.Upload.Id);
        }

        return place.Length == 0 || wanted.Length == 0 ? NoFile(place) : MlflowJson.Done;
    }

    // The words by which clients know that they send the file in one piece (an exception of theirs compares them).
    internal static IResult RefuseParts() =>
        MlflowFault.Of(MlflowFault.NotBuilt, "Multipart upload is not supported for the current artifact repository");

    private static async Task<IResult> HandOverAsync(HttpContext http, AnnotatedVersion version, ReleaseArtifact release)
    {
        // A link or a prefetch of a browser must not use the release up; there the form of the page Proposals gives the package.
        if (!http.User.IsToken() || !http.User.MayUse(TokenScope.Download))
        {
            return MlflowFault.Of(MlflowFault.Denied, "The file of a model goes to a token with the scope download only." + ReleaseFirst);
        }

        switch (await release.HandOverAsync(http.User.Actor(), version.Version.Id, http.RequestAborted))
        {
            case ReleaseOutcome.HandedOver taken:
                return TypedResults.Stream(await release.OpenAsync(taken, http.RequestAborted), "application/octet-stream", ProxyPath.ModelFile);
            case ReleaseOutcome.Refused { Reason: var reason }:
                return MlflowFault.Of(reason with { Sentence = reason.Sentence + ReleaseFirst });
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<(AnnotatedModel Model, AnnotatedVersion Version)?> VersionAsync(HttpContext http, AnnotationQueries queries, string name, int number) =>
        http.User.MayUse(name) && await queries.FindAsync(http.User.Id(), name, http.RequestAborted) is AnnotatedModel model
        && model.Find(number) is AnnotatedVersion version
            ? (model, version)
            : null;

    private static IResult Bytes(byte[] bytes, string name) => TypedResults.Bytes(bytes, "application/octet-stream", name);

    private static IResult NoFile(string path) => MlflowFault.Of(MlflowFault.NotThere, $"There is no file at '{path}', or not for you.");
}

/// <summary>A folder's files.</summary>
internal sealed record ListAnswer(IReadOnlyList<FileMessage>? Files);

/// <summary>A file or folder.</summary>
/// <param name="Path">Its name in the folder that was asked for.</param>
/// <param name="IsDir">Whether it is a folder.</param>
/// <param name="FileSize">In bytes; null for a folder, and for what is not said.</param>
internal sealed record FileMessage(string Path, bool IsDir, long? FileSize);
