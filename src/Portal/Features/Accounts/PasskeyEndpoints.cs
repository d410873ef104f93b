using System.Text.Json;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Sessions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Governance.Portal.Features.Accounts;

/// <summary>What <c>js/account.js</c> asks for when the browser makes or shows a passkey. Every request carries the form's token.</summary>
internal static class PasskeyEndpoints
{
    /// <summary>The address that all begin with.</summary>
    public const string Prefix = "/accounts/passkeys";

    private const int MostBytes = 64 * 1024; // an answer of a browser has some kilobytes

    /// <summary>Maps them.</summary>
    public static void MapPasskeys(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup(Prefix);
        group.AddEndpointFilter(CheckTokenAsync);
        group.WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MostBytes));
        group.MapPost("/new", NewAsync).RequireAuthorization().WithMetadata(new EnrolmentPageAttribute());
        group.MapPost("/add", AddAsync).RequireAuthorization().WithMetadata(new EnrolmentPageAttribute());
        group.MapPost("/ask", AskAsync).AllowAnonymous();
        group.MapPost("/sign-in", SignInAsync).AllowAnonymous();
        group.MapPost("/confirm", ConfirmAsync).RequireAuthorization();
    }

    internal static async Task<Results<ContentHttpResult, ProblemHttpResult>> NewAsync(
        HttpContext http, UsePasskey passkeys, StepUp stepUp) =>
        await stepUp.IsFreshAsync(http.User, StepUpPurpose.OwnAccount, http.RequestAborted)
            ? Json(await passkeys.MakeOptionsAsync(http.User.Id()))
            : Problems.Of(StepUp.Stale);

    internal static async Task<Results<Ok<PasskeyAnswer>, ProblemHttpResult>> AddAsync(
        HttpContext http, PasskeyRequest request, UsePasskey passkeys, StepUp stepUp)
    {
        if (!await stepUp.IsFreshAsync(http.User, StepUpPurpose.OwnAccount, http.RequestAborted))
        {
            return Problems.Of(StepUp.Stale);
        }

        string? fault = await passkeys.AddAsync(
            http.User.Id(), http.User.OwnSession(), request.Credential.GetRawText(), request.Name ?? "", http.RequestAborted);
        return fault is null
            ? TypedResults.Ok(new PasskeyAnswer(AccountPages.SecondFactorPath))
            : Problems.Of(StatusCodes.Status422UnprocessableEntity, "passkey-refused", fault);
    }

    internal static async Task<ContentHttpResult> AskAsync(UsePasskey passkeys) => Json(await passkeys.AskOptionsAsync());

    internal static async Task<Results<Ok<PasskeyAnswer>, ProblemHttpResult>> SignInAsync(
        HttpContext http, PasskeyRequest request, UsePasskey passkeys, OpenSession open, SignInSlowDown slowDown)
    {
        if (slowDown.Take(http.Connection.RemoteIpAddress) is TimeSpan wait)
        {
            return Problems.Of(
                StatusCodes.Status429TooManyRequests, "too-many-tries", new OpenSessionOutcome.TooMany(wait).Sentence("")!);
        }

        if (await passkeys.RecogniseAsync(request.Credential.GetRawText()) is GovernanceUser user
            && await open.OpenAsync(user, SessionMethod.Passkey, http) is OpenSessionOutcome.Opened)
        {
            slowDown.GiveBack(http.Connection.RemoteIpAddress);
            return TypedResults.Ok(new PasskeyAnswer(LocalAddress.OrHome(request.ReturnUrl)));
        }

        return Problems.Of(
            StatusCodes.Status422UnprocessableEntity, "passkey-refused", "This portal does not know the passkey, or its account is deactivated.");
    }

    internal static async Task<Results<Ok<PasskeyAnswer>, ProblemHttpResult>> ConfirmAsync(
        HttpContext http, PasskeyRequest request, UsePasskey passkeys, ConfirmSession confirm)
    {
        bool own = await passkeys.RecogniseAsync(request.Credential.GetRawText()) is GovernanceUser user && user.Person == http.User.Id();
        string[] parts = request.Purpose?.Split(':', 2) ?? [];
        FactDigest over = default;
        if (!own || parts.Length == 0 || !Enum.TryParse(parts[0], out StepUpPurpose purpose) || !Enum.IsDefined(purpose)
            || (parts.Length == 2 && !FactDigest.TryParse(parts[1], out over)))
        {
            return Problems.Of(StatusCodes.Status422UnprocessableEntity, "passkey-refused", "This is not a passkey of your account.");
        }

        await confirm.RunAsync(http.User.OwnSession(), purpose, parts.Length == 2 ? over : null, http.RequestAborted);
        return TypedResults.Ok(new PasskeyAnswer(LocalAddress.OrHome(request.ReturnUrl)));
    }

    private static ContentHttpResult Json(string json) => TypedResults.Text(json, "application/json");

    private static async ValueTask<object?> CheckTokenAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpContext http = context.HttpContext;
        return await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http)
            ? await next(context)
            : Problems.Of(StatusCodes.Status400BadRequest, "no-antiforgery-token", "The page is too old. Load it again.");
    }
}

/// <summary>What the browser sends.</summary>
/// <param name="Credential">The answer of the authenticator, as <c>PublicKeyCredential.toJSON()</c> writes it.</param>
/// <param name="Name">What the person calls a new passkey.</param>
/// <param name="Purpose">What is confirmed (<see cref="StepUpPurpose"/>), where it speaks of certain bytes with ":" and their digest.</param>
/// <param name="ReturnUrl">Where the person wants to go; only a path of this portal is followed.</param>
internal sealed record PasskeyRequest(JsonElement Credential, string? Name, string? Purpose, string? ReturnUrl);

/// <summary>Where the browser goes next.</summary>
/// <param name="Location">A path of this portal.</param>
internal sealed record PasskeyAnswer(string Location);
