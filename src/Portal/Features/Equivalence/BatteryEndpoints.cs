using System.Security.Claims;
using Governance.Audit.Runs;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Evidence;
using Governance.Registry.SignOffs;
using Governance.Registry.Tokens;
using Microsoft.AspNetCore.Mvc;

namespace Governance.Portal.Features.Equivalence;

/// <summary>Programs start the equivalence battery of a registered variant, follow it and read what came of it, as the Battery tab does.</summary>
internal static class BatteryEndpoints
{
    private const string NoSuchVersion = "There is no such model or version.";
    private const string NoSuchBattery = "There is no such battery of this version.";

    /// <summary>Maps <c>/api/v1/models/{model}/versions/{version}/batteries</c>.</summary>
    public static void MapBatteries(this IEndpointRouteBuilder routes)
    {
        const string Batteries = "/models/{model}/versions/{version:int}/batteries";
        RouteGroupBuilder api = routes.MapApi().WithTags("Batteries");
        api.MapPost(Batteries, StartAsync).RequireScope(TokenScope.Audit).WithName("StartBattery")
            .WithSummary("Asks for the equivalence battery of a variant beside a version that it was made from; 202, and it runs in the queue.")
            .Produces<BatteryRunAnswer>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        api.MapGet(Batteries, ListAsync).RequireScope(TokenScope.Read).WithName("ListBatteries")
            .WithSummary("All batteries that were asked for of a version, the latest first, without their results.")
            .Produces<BatteryRunAnswer[]>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet(Batteries + "/{run:guid}", FindAsync).RequireScope(TokenScope.Read).WithName("FindBattery")
            .WithSummary("How far a battery is; once it is sealed every line with its verdict, and whether the sign-off may be inherited.")
            .Produces<BatteryRunAnswer>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapDelete(Batteries + "/{run:guid}", CancelAsync).RequireScope(TokenScope.Audit).WithName("CancelBattery")
            .WithSummary("Stops a battery that waits or runs.")
            .Produces<BatteryRunAnswer>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    internal static async Task<IResult> StartAsync(
        string model, [FromRoute(Name = "version")] int number, [FromBody] BatteryBody body, HttpContext http, ReadVersion versions, RequestBattery request,
        CancellationToken cancellationToken)
    {
        ClaimsPrincipal user = http.User;
        if (await versions.FindAsync(model, number, user, cancellationToken) is not VersionView view)
        {
            return Problems.NotFound(NoSuchVersion);
        }

        // A parent of a model that the caller's token is not for does not exist for it.
        VersionView seen = view with { Parents = [.. view.Parents.Where(parent => user.MayUse(parent.Model))] };
        return await request.RunAsync(user.Actor(), seen, new BatteryWish(body.Parent, body.Data, body.Background), cancellationToken) switch
        {
            StartRunOutcome.Queued { Run: var run } => Accepted(http, view, run),
            StartRunOutcome.Refused { Reason: var reason } => Problems.Of(reason),
            _ => Problems.NotFound(NoSuchVersion),
        };
    }

    internal static async Task<IResult> ListAsync(
        string model, [FromRoute(Name = "version")] int number, ClaimsPrincipal user, ReadVersion versions, ReadBatteries batteries, CancellationToken cancellationToken) =>
        await versions.FindAsync(model, number, user, cancellationToken) is VersionView view
            ? Json((await batteries.AskedAsync(view.Version.Id, cancellationToken)).Select(asked => BatteryRunAnswer.Of(view, asked)).ToArray(), StatusCodes.Status200OK)
            : Problems.NotFound(NoSuchVersion);

    internal static async Task<IResult> FindAsync(
        string model, [FromRoute(Name = "version")] int number, Guid run, ClaimsPrincipal user, ReadVersion versions, ReadBatteries batteries,
        ReadInheritance inheritance, CancellationToken cancellationToken)
    {
        if (await versions.FindAsync(model, number, user, cancellationToken) is not VersionView view)
        {
            return Problems.NotFound(NoSuchVersion);
        }

        AskedBattery? asked = (await batteries.AskedAsync(view.Version.Id, cancellationToken)).FirstOrDefault(each => each.Run.Id.Value == run);
        if (asked is null)
        {
            return Problems.NotFound(NoSuchBattery);
        }

        SealedBattery? battery = view.Evidence.FirstOrDefault(record => record.Run == asked.Run.Id) is EvidenceRecord record
            ? await batteries.OfAsync(view, record, cancellationToken)
            : null;
        return Json(
            BatteryRunAnswer.Of(view, asked) with
            {
                Result = battery is null ? null : BatteryRunAnswer.Body(battery),
                Inherits = InheritAnswer.Of(InheritancePolicy.RefusalFor(await inheritance.OfAsync(view.Version.Id, cancellationToken))),
            },
            StatusCodes.Status200OK);
    }

    internal static async Task<IResult> CancelAsync(
        string model, [FromRoute(Name = "version")] int number, Guid run, HttpContext http, ReadVersion versions, ReadBatteries batteries, CancelRun cancel,
        CancellationToken cancellationToken)
    {
        if (await versions.FindAsync(model, number, http.User, cancellationToken) is not VersionView view)
        {
            return Problems.NotFound(NoSuchVersion);
        }

        // By this address nothing but a battery of this very version is stopped.
        if ((await batteries.AskedAsync(view.Version.Id, cancellationToken)).All(asked => asked.Run.Id.Value != run))
        {
            return Problems.NotFound(NoSuchBattery);
        }

        return await cancel.RunAsync(http.User.Actor(), new AuditRunId(run), cancellationToken) switch
        {
            CancelRunOutcome.Cancelling { Run: var stopped } => Accepted(http, view, stopped),
            CancelRunOutcome.Refused { Reason: { Code: "over" } reason } => Problems.Of(StatusCodes.Status409Conflict, reason.Code, reason.Sentence),
            CancelRunOutcome.Refused { Reason: var reason } => Problems.Of(reason),
            _ => Problems.NotFound(NoSuchBattery),
        };
    }

    private static IResult Accepted(HttpContext http, VersionView view, AuditRun run)
    {
        http.Response.Headers.Location = $"{PortalApi.Prefix}/models/{view.Model.Name}/versions/{view.Version.Number}/batteries/{run.Id}";
        return Json(BatteryRunAnswer.Of(view, new AskedBattery(run, AuditSpecJson.Read(run.Spec))), StatusCodes.Status202Accepted);
    }

    // Undefined figures are null, as in all results.
    private static IResult Json<T>(T answer, int status) => TypedResults.Json(answer, ReportJson.Options, statusCode: status);
}

/// <summary>What a program asks for with <c>POST …/batteries</c>.</summary>
/// <param name="Parent">A version that this one was made from, such as "credit/2"; may be left out where there is only one.</param>
/// <param name="Data">A labelled data set; left out, one that the parent was audited on.</param>
/// <param name="Background">The data set whose rows stand for features that are not known; a training set that fits where it is left out.</param>
internal sealed record BatteryBody(string? Parent, string? Data, string? Background);
