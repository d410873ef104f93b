using System.Text;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Uploads;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Governance.Portal.Features.Uploads;

/// <summary>Where the upload form posts without script: the same store and the same rules, in one request.</summary>
/// <remarks>
/// The body is read part by part and the file goes straight into the encrypted store. The framework's own form reader
/// would put a large file in the clear into the system's temporary folder.
/// </remarks>
internal static class UploadFormEndpoint
{
    /// <summary>The form's address.</summary>
    public const string Path = "/uploads";

    private const int MostFieldBytes = 16 << 10;
    private const int MostFields = 16;

    /// <summary>Maps the form, and the one that discards.</summary>
    public static void MapUploadForm(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, PostAsync).RequireAuthorization().WithMetadata(new DisableRequestSizeLimitAttribute()).DisableRequestTimeout();
        routes.MapPost($"{Path}/discard", Discard).RequireAuthorization();
    }

    internal static async Task<IResult> PostAsync(
        HttpContext http, IAntiforgery antiforgery, TakeUpload take, RefusalNote notes)
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out MediaTypeHeaderValue? type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and < 200 } boundary)
        {
            return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "no-form", "An upload form is sent as multipart/form-data.");
        }

        MultipartReader reader = new(boundary, http.Request.Body);
        Dictionary<string, string> fields = new(StringComparer.Ordinal);
        while (await reader.ReadNextSectionAsync(http.RequestAborted) is MultipartSection section)
        {
            if (section.AsFileSection() is FileMultipartSection { Name: "file" } file)
            {
                return await TakeAsync(http, antiforgery, fields, file, take, notes);
            }

            if (section.AsFormDataSection() is FormMultipartSection field && fields.Count < MostFields
                && await TextAsync(section.Body, http.RequestAborted) is string text)
            {
                fields[field.Name] = text;
            }
            else
            {
                break;
            }
        }

        return Problems.Of(StatusCodes.Status400BadRequest, "no-file", "The form has no file.");
    }

    internal static IResult Discard(
        [FromForm] Guid upload, [FromForm] string? next, HttpContext http, StagedUploads uploads)
    {
        uploads.Delete(http.User.Id(), new UploadId(upload));
        return TypedResults.LocalRedirect(LocalAddress.OrHome(next));
    }

    private static async Task<IResult> TakeAsync(
        HttpContext http, IAntiforgery antiforgery, Dictionary<string, string> fields, FileMultipartSection file,
        TakeUpload take, RefusalNote notes)
    {
        // The framework looks for the token in a header or in a form that it read itself.
        http.Request.Headers["RequestVerificationToken"] = fields.GetValueOrDefault("__RequestVerificationToken");
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "no-antiforgery-token", "This form is out of date. Open the page again.");
        }

        string next = LocalAddress.OrHome(fields.GetValueOrDefault("next"));
        if (!Enum.TryParse(fields.GetValueOrDefault("kind"), ignoreCase: true, out UploadKind kind) || http.Request.ContentLength is not long most)
        {
            return Problems.Of(StatusCodes.Status411LengthRequired, "no-length", "The form does not say what it sends, or how much.");
        }

        string? model = fields.GetValueOrDefault("model") is { Length: > 0 } named ? named : null;
        (UploadId? id, Refusal? refusal) = await take.RunAsync(
            http.User.Actor(), new NewUpload(kind, file.FileName, most, model), file.FileStream!, http.RequestAborted);
        return id is UploadId upload
            ? TypedResults.LocalRedirect(QueryHelpers.AddQueryString(next, "upload", upload.ToString()))
            : TypedResults.LocalRedirect(QueryHelpers.AddQueryString(
                fields.GetValueOrDefault("back") is { } back ? LocalAddress.OrHome(back) : next, "refusal", notes.Seal(refusal!.Sentence)));
    }

    private static async Task<string?> TextAsync(Stream body, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[MostFieldBytes];
        int read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return read == buffer.Length ? null : Encoding.UTF8.GetString(buffer, 0, read);
    }
}
