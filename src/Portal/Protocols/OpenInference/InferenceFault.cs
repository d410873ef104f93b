using System.Globalization;
using Governance.Audit.Answers;
using Governance.Portal.Features.Answers;

namespace Governance.Portal.Protocols.OpenInference;

/// <summary>Refusals as the protocol wants them: a status, and <c>{"error": …}</c>.</summary>
internal static class InferenceFault
{
    /// <summary>The addresses of the protocol.</summary>
    public const string Prefix = "/v2";

    /// <summary>What somebody hears who asks for a model or version that is not there, or not for them.</summary>
    public const string NoSuchVersion = "There is no such model or version.";

    /// <summary>Whether an address is one of the protocol's.</summary>
    public static bool IsAsked(PathString path) => path.StartsWithSegments(Prefix, StringComparison.Ordinal);

    /// <summary>A refusal.</summary>
    public static IResult Of(int status, string sentence) => TypedResults.Json(new ErrorAnswer(sentence), statusCode: status);

    /// <summary>A refusal of the pipeline, with what a client must pace itself by.</summary>
    public static IResult Of(HttpContext http, AnswerOutcome.Refused refused)
    {
        AnswerEndpoints.Tell(http, refused.Limit, refused.Left);
        if (refused.RetryAfter is TimeSpan wait)
        {
            http.Response.Headers.RetryAfter = ((long)Math.Ceiling(Math.Max(1, wait.TotalSeconds))).ToString(CultureInfo.InvariantCulture);
        }

        int status = AnswerEndpoints.StatusOf(refused.Cause);
        return Of(status == StatusCodes.Status422UnprocessableEntity ? StatusCodes.Status400BadRequest : status, refused.Reason.Sentence);
    }
}

/// <summary>What the protocol says of an error.</summary>
/// <param name="Error">In words.</param>
internal sealed record ErrorAnswer(string Error);
