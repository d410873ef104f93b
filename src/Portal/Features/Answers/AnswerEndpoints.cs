using System.Globalization;
using System.Security.Claims;
using Governance.Audit.Answers;
using Governance.Audit.Answers.Policy;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Governance.Portal.Features.Answers;

/// <summary>Registered models answer about rows: predict, explain, counterfactual. Safe to repeat: a repeat is free.</summary>
internal static class AnswerEndpoints
{
    /// <summary>The schema of the answers.</summary>
    public const string Schema = "governance/answers/1";

    private const int MaxBodyBytes = 1 << 20;
    private const string NoSuchVersion = "There is no such model or version.";

    /// <summary>Maps <c>/api/v1/models/{model}/versions/{version}/predict | explain | counterfactual | budget</c>.</summary>
    public static void MapAnswers(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder version = routes.MapApi().MapGroup("/models/{model}/versions/{version:int}").WithTags("Answers");
        foreach ((string path, QueryKind kind, TokenScope scope) in ((string, QueryKind, TokenScope)[])
        [
            ("/predict", QueryKind.Predict, TokenScope.Predict), ("/explain", QueryKind.Explain, TokenScope.Explain),
            ("/counterfactual", QueryKind.Counterfactual, TokenScope.Explain),
        ])
        {
            version.MapPost(path, (string model, [FromRoute(Name = "version")] int number, AnswerBody body, HttpContext http, AnswerRows answers) =>
                    AnswerAsync(kind, model, number, body, http, answers))
                .RequireScope(scope).WithName($"{kind}Rows").WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
                .Produces<AnswerView>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
                .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
                .ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        }

        version.MapGet("/budget", BudgetAsync).RequireScope(TokenScope.Predict).WithName("ReadBudget")
            .Produces<BalanceView>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
    }

    internal static async Task<IResult> AnswerAsync(
        QueryKind kind, string model, int number, AnswerBody body, HttpContext http, AnswerRows answers)
    {
        Guid id = Guid.CreateVersion7();
        AnswerOutcome outcome = await answers.RunAsync(
            new AnswerRequest
            {
                Principal = http.User.Id(),
                Token = Guid.TryParse(http.User.FindFirstValue(TokenClaims.Token), out Guid token) ? token : null,
                Model = model,
                Version = number,
                Kind = kind,
                Rows = form => body.Table(form.Columns),
                Form = body.Form,
                Target = string.IsNullOrWhiteSpace(body.Target) ? null : body.Target.Trim(),
                RequestId = id.ToString(),
            },
            http.RequestAborted);
        switch (outcome)
        {
            case AnswerOutcome.Answered answered:
                Tell(http, null, answered.Remaining);
                return TypedResults.Ok(new AnswerView(
                    Schema, id, model, number, answered.Policy, [.. answered.Rows.Select(OutputView.Of)], answered.Units,
                    answered.Remaining, answered.Warnings));
            case AnswerOutcome.Refused refused:
                return Refuse(http, refused);
            default:
                return Problems.NotFound(NoSuchVersion);
        }
    }

    internal static async Task<IResult> BudgetAsync(
        string model, [FromRoute(Name = "version")] int number, HttpContext http, ReadBalance read)
    {
        (Balance? balance, Refusal? refusal) = await read.RunAsync(http.User.Id(), model, number, http.RequestAborted);
        return balance is not null ? TypedResults.Ok(new BalanceView(balance.Lines, balance.Policy))
            : refusal is not null ? Problems.Of(refusal)
            : Problems.NotFound(NoSuchVersion);
    }

    /// <summary>A refusal of the pipeline as problem details, with what a client must pace itself by.</summary>
    internal static ProblemHttpResult Refuse(HttpContext http, AnswerOutcome.Refused refused)
    {
        Tell(http, refused.Limit, refused.Left);
        if (refused.RetryAfter is TimeSpan wait)
        {
            http.Response.Headers.RetryAfter = ((long)Math.Ceiling(Math.Max(1, wait.TotalSeconds))).ToString(CultureInfo.InvariantCulture);
        }

        return Problems.Of(StatusOf(refused.Cause), refused.Reason.Code, refused.Reason.Sentence);
    }

    // Units, not requests: what a client must pace itself by.
    internal static void Tell(HttpContext http, long? limit, long? left)
    {
        if (limit is long most)
        {
            http.Response.Headers["RateLimit-Limit"] = most.ToString(CultureInfo.InvariantCulture);
        }

        if (left is long units)
        {
            http.Response.Headers["RateLimit-Remaining"] = units.ToString(CultureInfo.InvariantCulture);
        }
    }

    internal static int StatusOf(AnswerRefusal cause) => cause switch
    {
        AnswerRefusal.NoRight or AnswerRefusal.NeedsApproval => StatusCodes.Status403Forbidden,
        AnswerRefusal.Closed => StatusCodes.Status409Conflict,
        AnswerRefusal.TooFast or AnswerRefusal.OverBudget => StatusCodes.Status429TooManyRequests,
        AnswerRefusal.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
