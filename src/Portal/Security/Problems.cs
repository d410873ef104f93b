using Governance.Portal.Protocols;
using Governance.Registry.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Governance.Portal.Security;

/// <summary>Refusals as problem details (RFC 9457): a stable code for programs, a sentence for people.</summary>
internal static class Problems
{
    /// <summary>A problem with a sentence that a person can act on.</summary>
    public static ProblemHttpResult Of(int status, string code, string sentence) => TypedResults.Problem(
        detail: sentence, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });

    /// <summary>Writes a problem where no endpoint answers, in the words of whatever protocol the address belongs to.</summary>
    public static Task WriteAsync(HttpContext http, int status, string code, string sentence) =>
        (ProtocolFaults.Of(http.Request.Path, status, sentence) ?? Of(status, code, sentence)).ExecuteAsync(http);

    /// <summary>A refusal of the registry, with the status that programs expect of it.</summary>
    public static ProblemHttpResult Of(Refusal refusal) => Of(StatusOf(refusal.Code), refusal.Code, refusal.Sentence);

    /// <summary>Something that does not exist, or not for this person.</summary>
    public static ProblemHttpResult NotFound(string sentence) => Of(StatusCodes.Status404NotFound, "not-found", sentence);

    private static int StatusOf(string code) => code switch
    {
        "not-found" => StatusCodes.Status404NotFound,
        "no-right" or "confirm-first" => StatusCodes.Status403Forbidden,
        "too-large" or "longer-than-declared" => StatusCodes.Status413PayloadTooLarge,
        "wrong-content" or "bad-extension" => StatusCodes.Status415UnsupportedMediaType,
        "too-many-uploads" or "too-many-bytes" or "too-many-pieces" => StatusCodes.Status429TooManyRequests,
        "no-room" => StatusCodes.Status507InsufficientStorage,
        "taken" or "same-version" => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
