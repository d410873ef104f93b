using System.Text;
using System.Text.Json;
using Governance.Portal.Features.Datasets;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Tokens;
using Governance.Registry.Uploads;
using Governance.Registry.Versions;

namespace Governance.Portal.Features.Uploads;

/// <summary>Makes versions and data sets of uploads, for programs.</summary>
internal static class RegistrationEndpoints
{
    private const string NoSuchModel = "There is no such model.";
    private const string NoSuchUpload = "There is no whole upload of this id that you sent for this. It may have expired.";

    /// <summary>Maps <c>/api/v1/models/{model}/versions</c> and <c>/api/v1/models/{model}/datasets</c>.</summary>
    public static void MapRegistrations(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder model = routes.MapApi().MapGroup("/models/{model}").RequireScope(TokenScope.Register);
        model.MapPost("/versions", RegisterVersionAsync).WithName("RegisterVersion");
        model.MapPost("/datasets", RegisterDatasetAsync).WithName("RegisterDataset");
    }

    internal static async Task<IResult> RegisterVersionAsync(
        string model, VersionRequest request, HttpContext http, RegisterUploadedVersion register, FindVersion versions)
    {
        List<(ModelVersionId, ParentKind)> parents = [];
        foreach (ParentRequest parent in request.Parents ?? [])
        {
            if (await versions.RunAsync(http.User.Id(), parent.Model ?? model, parent.Number, http.RequestAborted) is not ModelVersionId known)
            {
                return Problems.Of(new Refusal("bad-parents", $"There is no version {parent.Number} of {parent.Model ?? model}."));
            }

            parents.Add((known, parent.Kind));
        }

        byte[]? encoding = request.Encoding is JsonElement { ValueKind: not JsonValueKind.Null } json
            ? Encoding.UTF8.GetBytes(json.GetRawText())
            : null;
        switch (await register.RunAsync(
            http.User.Actor(), model, new UploadId(request.Upload), new VersionWish(encoding, request.Note, parents), http.RequestAborted))
        {
            case RegisterVersionOutcome.Registered { Version: var version }:
                return TypedResults.Created($"/models/{model}/versions/{version.Number}/overview", VersionAnswer.Of(model, version));
            case RegisterVersionOutcome.Refused { Reason: var reason }:
                return Problems.Of(reason);
            case RegisterVersionOutcome.NoSuchModel:
                return Problems.NotFound(NoSuchModel);
            default:
                return Problems.NotFound(NoSuchUpload);
        }
    }

    internal static async Task<IResult> RegisterDatasetAsync(
        string model, DatasetRequest request, HttpContext http, RegisterUploadedDataset register, RegisterRight right)
    {
        if (await right.RefusalAsync(http.User.Id(), model, http.RequestAborted) is Refusal refusal)
        {
            return Problems.Of(refusal);
        }

        DatasetWish wish = new(
            request.Name ?? "", request.Title ?? request.Name ?? "",
            table => ColumnWish.Apply(ColumnGuess.Of(table), request.Columns ?? []), request.Positive, request.Favourable);
        switch (await register.RunAsync(http.User.Actor(), new UploadId(request.Upload), wish, http.RequestAborted))
        {
            case RegisterDatasetOutcome.Registered { Dataset: var dataset }:
                return TypedResults.Created($"/datasets/{dataset.Name}", DatasetAnswer.Of(dataset));
            case RegisterDatasetOutcome.Refused { Reason: var reason }:
                return Problems.Of(reason);
            default:
                return Problems.NotFound(NoSuchUpload);
        }
    }
}

/// <summary>What a program asks for with <c>POST /api/v1/models/{model}/versions</c>.</summary>
/// <param name="Upload">A whole upload for this model.</param>
/// <param name="Encoding">An encoding or a manifest, as an object; left out, columns are taken as they are.</param>
/// <param name="Note">What is new in it.</param>
/// <param name="Parents">What it came from.</param>
internal sealed record VersionRequest(Guid Upload, JsonElement? Encoding, string? Note, IReadOnlyList<ParentRequest>? Parents);

/// <summary>A parent by its model and number.</summary>
/// <param name="Model">The same model where it is left out.</param>
/// <param name="Number">The version's number.</param>
/// <param name="Kind">How the version came from it.</param>
internal sealed record ParentRequest(string? Model, int Number, ParentKind Kind);

/// <summary>What a program asks for with <c>POST /api/v1/models/{model}/datasets</c>.</summary>
/// <param name="Upload">A whole upload.</param>
/// <param name="Name">Stands in addresses.</param>
/// <param name="Title">What people call it; the name where it is left out.</param>
/// <param name="Columns">Corrections of what is guessed from names and values.</param>
/// <param name="Positive">The positive class of the label.</param>
/// <param name="Favourable">The outcome that a person wants.</param>
internal sealed record DatasetRequest(
    Guid Upload, string? Name, string? Title, IReadOnlyList<ColumnWish>? Columns, string? Positive, string? Favourable);
