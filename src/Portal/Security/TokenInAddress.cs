using Governance.Registry.Tokens;

namespace Governance.Portal.Security;

/// <summary>Refuses a token in an address, where logs, histories and referrers keep it (ASVS 14.2.1).</summary>
internal static class TokenInAddress
{
    /// <summary>The sentence; it never repeats the token.</summary>
    public const string Sentence =
        "A token never stands in an address: it would be kept in logs and histories. Revoke this one, and send the next in the header Authorization.";

    /// <summary>Answers 400 where a value of the query, or a part of the path, is written as a token.</summary>
    public static IApplicationBuilder UseTokenInAddressCheck(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (IsThere(http.Request))
        {
            await Problems.Of(StatusCodes.Status400BadRequest, "token-in-address", Sentence).ExecuteAsync(http);
            return;
        }

        await next(http);
    });

    private static bool IsThere(HttpRequest request) =>
        (request.QueryString.HasValue && request.Query.Any(pair => TokenText.Fits(pair.Key) || pair.Value.Any(TokenText.Fits)))
        || (request.Path.Value is { Length: > TokenText.Length } path && path.Split('/').Any(TokenText.Fits));
}
