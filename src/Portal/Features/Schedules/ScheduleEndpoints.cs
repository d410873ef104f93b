using System.Diagnostics;
using Governance.Portal.Scheduling;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Deployments;
using Governance.Registry.Schedules;
using Governance.Registry.Tokens;

namespace Governance.Portal.Features.Schedules;

/// <summary>Schedules for programs.</summary>
internal static class ScheduleEndpoints
{
    private const string NoSuchSchedule = "There is no such schedule.";
    private const int MostRuns = 100;

    /// <summary>Maps <c>/api/v1/schedules</c>.</summary>
    public static void MapSchedules(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder schedules = routes.MapApi().MapGroup("/schedules").WithTags("Schedules");
        schedules.MapGet("/", ListAsync).RequireScope(TokenScope.Read, checksModels: true).WithName("ListSchedules").Produces<ScheduleAnswer[]>();
        schedules.MapPost("/", AddAsync).RequireScope(TokenScope.Audit, checksModels: true).WithName("AddSchedule")
            .Produces<ScheduleAnswer>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        schedules.MapGet("/{id:guid}", FindAsync).RequireScope(TokenScope.Read, checksModels: true).WithName("FindSchedule")
            .Produces<ScheduleDetails>().ProducesProblem(StatusCodes.Status404NotFound);
        foreach ((string path, ScheduleStepKind kind) in ((string, ScheduleStepKind)[])
            [("pause", ScheduleStepKind.Paused), ("resume", ScheduleStepKind.Resumed), ("remove", ScheduleStepKind.Removed)])
        {
            schedules.MapPost($"/{{id:guid}}/{path}", (Guid id, StepBody? body, HttpContext http, ScheduleQueries queries, StepSchedule step) =>
                    StepAsync(id, kind, body, http, queries, step))
                .RequireScope(TokenScope.Audit, checksModels: true).WithName($"Schedule{kind}").Produces<ScheduleAnswer>()
                .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        }

        schedules.MapPost("/{id:guid}/run-now", RunNowAsync).RequireScope(TokenScope.Audit, checksModels: true).WithName("RunSchedule")
            .Produces(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    internal static async Task<IResult> ListAsync(HttpContext http, ScheduleQueries queries) => TypedResults.Ok(
        (await queries.VisibleToAsync(http.User.Id(), http.RequestAborted)).Where(view => http.User.MayUse(view.Model)).Select(ScheduleAnswer.Of).ToArray());

    internal static async Task<IResult> FindAsync(Guid id, HttpContext http, ScheduleQueries queries) =>
        await ViewAsync(id, http, queries) is ScheduleView view
            ? TypedResults.Ok(new ScheduleDetails(
                ScheduleAnswer.Of(view),
                [.. (await queries.RunsAsync([view.Schedule.Id], null, null, MostRuns, http.RequestAborted)).Select(ScheduleRunAnswer.Of)]))
            : Problems.NotFound(NoSuchSchedule);

    internal static async Task<IResult> AddAsync(ScheduleBody body, HttpContext http, PlanSchedule plan, ScheduleQueries queries)
    {
        if (!http.User.MayUse(body.Model))
        {
            return Problems.NotFound("There is no such model or version.");
        }

        switch (await plan.RunAsync(http.User.Actor(), body.ToWish(), http.RequestAborted))
        {
            case AddScheduleOutcome.Added { Schedule.Id: var id }:
                ScheduleView view = (await queries.FindAsync(http.User.Id(), id, http.RequestAborted))!;
                return TypedResults.Created($"{PortalApi.Prefix}/schedules/{id}", ScheduleAnswer.Of(view));
            case AddScheduleOutcome.Refused { Reason: var reason }:
                return Problems.Of(reason);
            case AddScheduleOutcome.NoSuchModel:
                return Problems.NotFound("There is no such model or version.");
            default:
                throw new UnreachableException();
        }
    }

    internal static async Task<IResult> StepAsync(Guid id, ScheduleStepKind kind, StepBody? body, HttpContext http, ScheduleQueries queries, StepSchedule step)
    {
        if (await ViewAsync(id, http, queries) is not ScheduleView view)
        {
            return Problems.NotFound(NoSuchSchedule);
        }

        return await step.RunAsync(http.User.Actor(), view.Schedule.Id, kind, body?.Reason, http.RequestAborted) switch
        {
            StepScheduleOutcome.Recorded { Entry: var entry } => TypedResults.Ok(ScheduleAnswer.Of(view with { Entry = entry })),
            StepScheduleOutcome.Refused { Reason: var reason } => Problems.Of(reason),
            _ => Problems.NotFound(NoSuchSchedule),
        };
    }

    internal static async Task<IResult> RunNowAsync(Guid id, HttpContext http, ScheduleQueries queries, RunSchedule run)
    {
        if (await ViewAsync(id, http, queries) is not ScheduleView view)
        {
            return Problems.NotFound(NoSuchSchedule);
        }

        Refusal? refusal = SchedulePolicy.RefusalToAdd(view.Viewer) ?? await run.ByHandAsync(view.Entry, http.RequestAborted);
        return refusal is null ? TypedResults.Accepted($"{PortalApi.Prefix}/schedules/{id}") : Problems.Of(refusal);
    }

    private static async Task<ScheduleView?> ViewAsync(Guid id, HttpContext http, ScheduleQueries queries) =>
        await queries.FindAsync(http.User.Id(), new ScheduleId(id), http.RequestAborted) is ScheduleView view && http.User.MayUse(view.Model) ? view : null;
}

/// <summary>Why a step is taken.</summary>
/// <param name="Reason">Needed to pause and to remove.</param>
internal sealed record StepBody(string? Reason);

/// <summary>A schedule that a program asks for.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">The version's number; left out for the one that the trigger names, or the newest.</param>
/// <param name="Name">What people call it; that of the spec where it is left out.</param>
/// <param name="Spec">The audit spec as YAML; left out for monitors.</param>
/// <param name="Trigger">clock, labels, newVersion, alert or evidenceExpiring.</param>
/// <param name="Deployment">Whose monitors, labels or alerts.</param>
/// <param name="Cron">Seconds, minutes, hours, day of month, month, day of week.</param>
/// <param name="TimeZone">Such as Europe/Berlin.</param>
/// <param name="Labels">After how many new labels.</param>
/// <param name="DaysBefore">How many days before evidence expires.</param>
internal sealed record ScheduleBody(
    string Model, int? Version, string? Name, string? Spec, ScheduleTrigger Trigger, Guid? Deployment, string? Cron, string? TimeZone, int? Labels, int? DaysBefore)
{
    /// <summary>The wish.</summary>
    public ScheduleWish ToWish() => new()
    {
        Model = Model, Number = Version, Name = Name, Spec = Spec, Trigger = Trigger, Deployment = Deployment is Guid id ? new DeploymentId(id) : null,
        Cron = Cron, TimeZone = TimeZone, Labels = Labels, DaysBefore = DaysBefore,
    };
}
