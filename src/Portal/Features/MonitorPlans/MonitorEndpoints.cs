using System.Security.Claims;
using Governance.Audit.Monitoring;
using Governance.Portal.Features.Monitoring;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Alerts;
using Governance.Registry.Deployments;
using Governance.Registry.Monitors;
using Governance.Registry.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Governance.Portal.Features.MonitorPlans;

/// <summary>Plans of monitors and their readings, for programs.</summary>
internal static class MonitorEndpoints
{
    /// <summary>The most days that one answer reads.</summary>
    public const int MostDays = 400;

    /// <summary>Maps them below <c>/api/v1/deployments/{id}</c>.</summary>
    public static void MapMonitors(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapApi().MapGroup("/deployments/{id:guid}/monitors").WithTags("Monitors");
        group.MapPost("/", AssignAsync).WithName("AssignMonitors").RequireScope(TokenScope.Audit, checksModels: true)
            .WithSummary("Gives a deployment a plan of monitors (YAML, governance: monitors/1).");
        group.MapGet("/", PlanAsync).WithName("MonitorPlan").RequireScope(TokenScope.Read, checksModels: true)
            .WithSummary("The plan that counts, with its false-alarm budget and the estimators' track record.");
        group.MapPost("/run", RunAsync).WithName("RunMonitors").RequireScope(TokenScope.Audit, checksModels: true)
            .WithSummary("Reads every window that has closed and was not read yet, and raises alerts.");
        group.MapGet("/readings", ReadingsAsync).WithName("MonitorReadings").RequireScope(TokenScope.Read, checksModels: true)
            .WithSummary("What monitors read in windows that end within a span.");
        group.MapGet("/alerts", AlertsAsync).WithName("MonitorAlerts").RequireScope(TokenScope.Read, checksModels: true)
            .WithSummary("The alerts of a deployment: unsettled ones first.");
    }

    internal static async Task<Results<Ok<PlanAnswer>, ProblemHttpResult>> AssignAsync(
        Guid id, [FromBody] PlanRequest request, ClaimsPrincipal user, DeploymentQueries deployments, AssignMonitors assign, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, user, deployments, cancellationToken) is not (DeploymentView view, _))
        {
            return NoDeployment;
        }

        return await assign.RunAsync(user.Actor(), view.Deployment.Id, request.Plan ?? "", cancellationToken) switch
        {
            MonitorPlanOutcome.Assigned { Plan: var plan } => TypedResults.Ok(PlanAnswer.Of(plan, [])),
            MonitorPlanOutcome.Refused { Reason: var reason } => Problems.Of(reason),
            _ => NoDeployment,
        };
    }

    internal static async Task<Results<Ok<PlanAnswer>, ProblemHttpResult>> PlanAsync(
        Guid id, ClaimsPrincipal user, DeploymentQueries deployments, MonitorPlanQueries plans, MonitorReadingQueries readings, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, user, deployments, cancellationToken) is not (DeploymentView view, _))
        {
            return NoDeployment;
        }

        return await plans.InForceAsync(view.Deployment.Id, cancellationToken) is MonitorPlan plan
            ? TypedResults.Ok(PlanAnswer.Of(plan, KeptReadings.TrackRecords(await readings.OfPlanAsync(plan.Id, cancellationToken))))
            : Problems.NotFound("The deployment has no plan of monitors.");
    }

    internal static async Task<Results<Ok<RunAnswer>, ProblemHttpResult>> RunAsync(
        Guid id, [FromBody] RunRequest? request, ClaimsPrincipal user, DeploymentQueries deployments, RunMonitors run, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(id, user, deployments, cancellationToken) is not (DeploymentView view, Standing standing))
        {
            return NoDeployment;
        }

        if (standing.RefusalFor(Right.RunAudit) is Refusal refusal)
        {
            return Problems.Of(refusal);
        }

        DateTimeOffset now = clock.GetUtcNow();
        DateTimeOffset upTo = request?.UpTo?.ToUniversalTime() ?? now;
        MonitorRun made = await run.RunAsync(view.Deployment.Id, upTo < now ? upTo : now, cancellationToken);
        return made.Refused is string sentence
            ? Problems.Of(StatusCodes.Status409Conflict, "no-monitors", sentence)
            : TypedResults.Ok(new RunAnswer(made.Readings, made.Alerts));
    }

    internal static async Task<Results<Ok<ReadingsAnswer>, ProblemHttpResult>> ReadingsAsync(
        Guid id, DateTimeOffset? from, DateTimeOffset? to, ClaimsPrincipal user, DeploymentQueries deployments, MonitorReadingQueries readings,
        ShowReadings show, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, user, deployments, cancellationToken) is not (DeploymentView view, Standing standing))
        {
            return NoDeployment;
        }

        DateTimeOffset end = to?.ToUniversalTime() ?? clock.GetUtcNow();
        DateTimeOffset begin = from?.ToUniversalTime() ?? end.AddDays(-31);
        return (end - begin).TotalDays is < 0 or > MostDays
            ? Problems.Of(StatusCodes.Status422UnprocessableEntity, "bad-span", $"'from' lies at most {MostDays} days before 'to'.")
            : TypedResults.Ok(new ReadingsAnswer(await show.RunAsync(
                standing, view.Deployment.Id, await readings.BetweenAsync(view.Deployment.Id, begin, end, cancellationToken), cancellationToken)));
    }

    internal static async Task<Results<Ok<AlertsAnswer>, ProblemHttpResult>> AlertsAsync(
        Guid id, ClaimsPrincipal user, DeploymentQueries deployments, AlertQueries alerts, CancellationToken cancellationToken) =>
        await FindAsync(id, user, deployments, cancellationToken) is (DeploymentView view, _)
            ? TypedResults.Ok(new AlertsAnswer([.. (await alerts.OfDeploymentAsync(user.Id(), view.Deployment.Id, cancellationToken)).Select(AlertAnswer.Of)]))
            : NoDeployment;

    private static ProblemHttpResult NoDeployment => Problems.NotFound("There is no such deployment.");

    private static async Task<(DeploymentView View, Standing Standing)?> FindAsync(
        Guid id, ClaimsPrincipal user, DeploymentQueries deployments, CancellationToken cancellationToken) =>
        await deployments.FindAsync(user.Id(), new DeploymentId(id), cancellationToken) is (DeploymentView view, Standing standing) && user.MayUse(view.Model)
            ? (view, standing)
            : null;
}

/// <summary>A plan to assign.</summary>
/// <param name="Plan">YAML.</param>
internal sealed record PlanRequest(string? Plan);

/// <summary>A run to make.</summary>
/// <param name="UpTo">What happened after this is not looked at; null for now.</param>
internal sealed record RunRequest(DateTimeOffset? UpTo);

/// <summary>What a run did.</summary>
internal sealed record RunAnswer(int Readings, int Alerts);

/// <summary>Readings.</summary>
internal sealed record ReadingsAnswer(IReadOnlyList<MonitorReading> Readings);

/// <summary>A plan with what it promises and what its estimates were worth.</summary>
internal sealed record PlanAnswer(
    Guid Id, string Name, string Digest, DateTimeOffset AssignedAt, string Budget, double ExpectedFalseAlertsAMonth, string Text, IReadOnlyList<TrackRecord> TrackRecord)
{
    /// <summary>Makes it.</summary>
    public static PlanAnswer Of(MonitorPlan plan, IReadOnlyList<TrackRecord> records)
    {
        MonitorSpec spec = ReadMonitorSpec.Run(plan.Text);
        return new PlanAnswer(
            plan.Id.Value, plan.Name, plan.Digest.Hex, plan.AssignedAt, spec.Budget.Sentence, spec.Budget.ExpectedAMonth(spec), plan.Text, records);
    }
}
