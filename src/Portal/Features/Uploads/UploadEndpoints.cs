using System.Globalization;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Storage;
using Governance.Registry.Tokens;
using Governance.Registry.Uploads;
using Microsoft.AspNetCore.Mvc;

namespace Governance.Portal.Features.Uploads;

/// <summary>
/// Uploads that survive a dropped connection: begin, add bytes from an offset, ask for the offset, discard. The page's
/// script and programs use the same addresses.
/// </summary>
internal static class UploadEndpoints
{
    /// <summary>The header that says where bytes begin, and how many are kept.</summary>
    public const string OffsetHeader = "Upload-Offset";

    /// <summary>The header that repeats the declared length.</summary>
    public const string LengthHeader = "Upload-Length";

    private const string NoSuchUpload = "There is no such upload. It may have expired, or have been discarded.";

    /// <summary>Maps <c>/api/v1/uploads</c>.</summary>
    public static void MapUploads(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder uploads = routes.MapApi().MapGroup("/uploads").RequireScope(TokenScope.Register, checksModels: true);
        uploads.MapPost("/", BeginAsync).WithName("BeginUpload");
        uploads.MapGet("/", List).WithName("ListUploads");
        uploads.MapGet("/{id:guid}", Find).WithName("FindUpload");
        uploads.MapMethods("/{id:guid}", [HttpMethods.Head], Head).WithName("AskUploadOffset");
        uploads.MapPatch("/{id:guid}", ContinueAsync).WithMetadata(new DisableRequestSizeLimitAttribute()).DisableRequestTimeout().WithName("ContinueUpload");
        uploads.MapDelete("/{id:guid}", Discard).WithName("DiscardUpload");
    }

    internal static async Task<IResult> BeginAsync(
        UploadRequest request, HttpContext http, BeginUpload begin, StagedUploads uploads, RegistryOptions options)
    {
        if (request.Model is null ? http.User.HasClaim(claim => claim.Type == TokenClaims.Model) : !http.User.MayUse(request.Model))
        {
            return Problems.Of(new Refusal("no-right", "This token is limited to other models: name one of them."));
        }

        BeginUploadOutcome outcome;
        try
        {
            outcome = await begin.RunAsync(
                http.User.Actor(), new NewUpload(request.Kind, request.FileName ?? "", request.Length, request.Model), http.RequestAborted);
        }
        catch (Exception fault) when (StorageFault.SentenceOf(fault) is string sentence)
        {
            return Problems.Of(new Refusal("no-room", sentence));
        }

        switch (outcome)
        {
            case BeginUploadOutcome.Begun { Upload: var upload }:
                Write(http, 0, upload.Length);
                return TypedResults.Created(
                    $"{PortalApi.Prefix}/uploads/{upload.Id}", UploadAnswer.Of(uploads.Find(upload.Owner, upload.Id)!, options.Uploads));
            case BeginUploadOutcome.Refused { Reason: var reason }:
                return Problems.Of(reason);
            default:
                return Problems.NotFound("There is no such model.");
        }
    }

    internal static IResult List(HttpContext http, StagedUploads uploads, RegistryOptions options) =>
        TypedResults.Ok(uploads.Of(http.User.Id()).Select(state => UploadAnswer.Of(state, options.Uploads)));

    internal static IResult Find(Guid id, HttpContext http, StagedUploads uploads, RegistryOptions options)
    {
        UserId owner = http.User.Id();
        UploadId upload = new(id);
        if (uploads.Find(owner, upload) is not UploadState state)
        {
            return Problems.NotFound(NoSuchUpload);
        }

        Write(http, state.Offset, state.Upload.Length);
        return TypedResults.Ok(UploadAnswer.Of(state, options.Uploads, uploads.TailOf(owner, upload)));
    }

    internal static IResult Head(Guid id, HttpContext http, StagedUploads uploads)
    {
        if (uploads.Find(http.User.Id(), new UploadId(id)) is not UploadState state)
        {
            return TypedResults.NotFound();
        }

        Write(http, state.Offset, state.Upload.Length);
        return TypedResults.Ok();
    }

    internal static async Task<IResult> ContinueAsync(
        Guid id, HttpContext http, ReceiveUpload receive, StagedUploads uploads, RegistryOptions options)
    {
        UserId owner = http.User.Id();
        UploadId upload = new(id);
        if (!long.TryParse(http.Request.Headers[OffsetHeader], NumberStyles.None, CultureInfo.InvariantCulture, out long offset))
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "no-offset", $"Say in the header {OffsetHeader} where the bytes begin.");
        }

        // By the declared length of the request, before a byte of it is read; the running total is checked as well.
        if (uploads.Find(owner, upload) is UploadState before && http.Request.ContentLength > before.Upload.Length - offset)
        {
            return Problems.Of(new Refusal("longer-than-declared", $"More than the declared {before.Upload.Length} bytes were sent."));
        }

        switch (await receive.RunAsync(owner, upload, offset, http.Request.Body, ends: false, http.RequestAborted))
        {
            case ContinueUploadOutcome.Kept { State: var state }:
                Write(http, state.Offset, state.Upload.Length);
                return TypedResults.Ok(UploadAnswer.Of(state, options.Uploads));
            case ContinueUploadOutcome.WrongOffset { Offset: var right }:
                http.Response.Headers[OffsetHeader] = right.ToString(CultureInfo.InvariantCulture);
                return Problems.Of(StatusCodes.Status409Conflict, "wrong-offset", $"The bytes that are kept end at {right}. Go on there.");
            case ContinueUploadOutcome.Busy:
                http.Response.Headers.RetryAfter = "1";
                return Problems.Of(StatusCodes.Status423Locked, "busy", "Another request is adding bytes to this upload. Wait a moment.");
            case ContinueUploadOutcome.Refused { Reason: var reason }:
                return Problems.Of(reason);
            default:
                return Problems.NotFound(NoSuchUpload);
        }
    }

    internal static IResult Discard(Guid id, HttpContext http, StagedUploads uploads)
    {
        uploads.Delete(http.User.Id(), new UploadId(id));
        return TypedResults.NoContent();
    }

    private static void Write(HttpContext http, long offset, long length)
    {
        http.Response.Headers[OffsetHeader] = offset.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers[LengthHeader] = length.ToString(CultureInfo.InvariantCulture);
    }
}
