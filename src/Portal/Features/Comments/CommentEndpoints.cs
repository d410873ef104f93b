using System.Diagnostics;
using Governance.Portal.Security;
using Governance.Registry.Comments;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Governance.Portal.Features.Comments;

/// <summary>What the forms of <see cref="CommentsPanel"/> post to: the page that they stand on need not be computed again for it.</summary>
internal static class CommentEndpoints
{
    /// <summary>Where a new comment goes.</summary>
    public const string Path = "/comments";

    /// <summary>Maps writing, changing, erasing, marking as read, and the link to one comment.</summary>
    public static void MapComments(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup(Path).RequireAuthorization();
        group.MapPost("/", AddAsync);
        group.MapPost("/{id:guid}/edit", EditAsync);
        group.MapPost("/{id:guid}/erase", EraseAsync);
        group.MapPost("/read", MarkReadAsync);
        group.MapGet("/{id:guid}", GoAsync);
    }

    internal static async Task<Results<RedirectHttpResult, NotFound>> AddAsync(
        [FromForm] string? kind, [FromForm] string? version, [FromForm] string? key, [FromForm] string? text, [FromForm] string? place,
        HttpContext http, AddComment add)
    {
        string here = CommentPlace.Of(place);
        return CommentTopic.Parse(kind, version, key) is CommentTopic topic && here.Length <= Comment.MaxPlaceLength
            ? Answer(await add.RunAsync(http.User.Actor(), topic, text, here, http.RequestAborted), here)
            : TypedResults.NotFound();
    }

    internal static async Task<Results<RedirectHttpResult, NotFound>> EditAsync(
        Guid id, [FromForm] string? text, [FromForm] string? place, HttpContext http, ChangeComment change) =>
        Answer(await change.EditAsync(http.User.Actor(), new CommentId(id), text, http.RequestAborted), CommentPlace.Of(place));

    internal static async Task<Results<RedirectHttpResult, NotFound>> EraseAsync(
        Guid id, [FromForm] string? place, HttpContext http, ChangeComment change) =>
        Answer(await change.EraseAsync(http.User.Actor(), new CommentId(id), http.RequestAborted), CommentPlace.Of(place));

    // The form is read only to have the antiforgery token checked.
    internal static async Task<RedirectHttpResult> MarkReadAsync([FromForm] IFormCollection form, HttpContext http, CommentQueries comments)
    {
        await comments.MarkReadAsync(http.User.Id(), http.RequestAborted);
        return TypedResults.LocalRedirect(Path);
    }

    internal static async Task<Results<RedirectHttpResult, NotFound>> GoAsync(Guid id, HttpContext http, CommentQueries comments) =>
        await comments.FindAsync(http.User.Id(), new CommentId(id), http.RequestAborted) is CommentView view
            ? TypedResults.LocalRedirect(view.Address)
            : TypedResults.NotFound();

    private static Results<RedirectHttpResult, NotFound> Answer(CommentOutcome outcome, string place) => outcome switch
    {
        CommentOutcome.Recorded { Unreached: { Count: > 0 } names, Id: var id } =>
            TypedResults.LocalRedirect($"{QueryHelpers.AddQueryString(place, CommentPlace.Unreached, string.Join(' ', names))}#comment-{id}"),
        CommentOutcome.Recorded { Id: var id } => TypedResults.LocalRedirect($"{place}#comment-{id}"),
        CommentOutcome.Refused { Reason: var reason } =>
            TypedResults.LocalRedirect($"{QueryHelpers.AddQueryString(place, CommentPlace.Refused, reason.Code)}#comments"),
        CommentOutcome.NotFound => TypedResults.NotFound(),
        _ => throw new UnreachableException(),
    };
}
