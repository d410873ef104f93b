using Governance.Portal.Security;
using Governance.Registry.Cohorts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Governance.Portal.Features.Cohorts;

/// <summary>What the buttons beside saved cohorts post to.</summary>
internal static class CohortEndpoints
{
    /// <summary>Maps sharing, withdrawing, renaming and retiring.</summary>
    public static void MapCohorts(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/models/{name}/cohorts").RequireAuthorization().MapPost("/{id:guid}/steps", StepAsync);

    internal static async Task<Results<RedirectHttpResult, NotFound>> StepAsync(
        string name, Guid id, [FromForm] SavedCohortStepKind? kind, [FromForm(Name = "called")] string? called, HttpContext http, StepSavedCohort step)
    {
        string list = CohortAddress.Saved(name);
        return kind is not { } asked ? TypedResults.NotFound() : await step.RunAsync(http.User.Actor(), new SavedCohortId(id), asked, called, http.RequestAborted) switch
        {
            SavedCohortOutcome.Recorded => TypedResults.LocalRedirect($"{list}#cohort-{id}"),
            SavedCohortOutcome.Refused { Reason: var reason } => TypedResults.LocalRedirect(CohortAddress.Of(list, [(CohortsPage.RefusedCode, reason.Code)])),
            _ => TypedResults.NotFound(),
        };
    }
}
