using Governance.Portal.Features.Traffic;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Deployments;
using Governance.Registry.Tokens;
using Governance.Registry.Versions;
using Microsoft.AspNetCore.Mvc;

namespace Governance.Portal.Features.Deployments;

/// <summary>Programs of operators put approved versions into environments and end deployments, as the pages and the command line do.</summary>
internal static class DeploymentEndpoints
{
    private const string NoSuchVersion = "There is no such model or version.";
    private const string NoSuchDeployment = "There is no such deployment.";

    // What stands in the way is how things stand and not what was sent: the same request may go through later.
    private static readonly HashSet<string> Conflicts =
        new(StringComparer.Ordinal) { "wrong-stage", "deployed", "two-champions", "over-one", "nothing-to-replace", "ended" };

    /// <summary>Maps <c>POST …/versions/{version}/deployments</c> and <c>DELETE /api/v1/deployments/{id}</c>.</summary>
    public static void MapDeployments(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder api = routes.MapApi();
        api.MapPost("/models/{model}/versions/{version:int}/deployments", DeployAsync).RequireScope(TokenScope.Deploy)
            .WithName("DeployVersion").WithTags("Deployments").WithSummary("Puts an approved version into an environment; 409 where its stage or what is live forbids it.")
            .Produces<DeploymentAnswer>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        api.MapDelete("/deployments/{id:guid}", EndAsync).RequireScope(TokenScope.Deploy, checksModels: true)
            .WithName("EndDeployment").WithTags("Deployments").WithSummary("Ends a deployment now, with a reason; its traffic stays.")
            .Produces<DeploymentAnswer>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    internal static async Task<IResult> DeployAsync(
        string model, [FromRoute(Name = "version")] int number, DeployBody body, HttpContext http, VersionQueries versions, DatasetQueries datasets,
        DeploymentQueries deployments, DeployVersion deploy)
    {
        UserId user = http.User.Id();
        if (await versions.FindAsync(user, model, number, http.RequestAborted) is not VersionDetails details)
        {
            return Problems.NotFound(NoSuchVersion);
        }

        // A name that no data set bears becomes an id that none bears, so that the use case refuses it in its turn.
        DatasetId? reference = string.IsNullOrWhiteSpace(body.Reference) ? null
            : (await datasets.FindAsync(user, body.Reference, http.RequestAborted))?.Id ?? DatasetId.New();
        DeploymentOutcome outcome = await deploy.RunAsync(http.User.Actor(), body.ToWish(details.Version.Id, reference), http.RequestAborted);
        switch (outcome)
        {
            case DeploymentOutcome.Deployed { Deployment.Id: var id }:
                return TypedResults.Created($"/deployments/{id}", DeploymentAnswer.Of((await deployments.FindAsync(id, http.RequestAborted))!));
            case DeploymentOutcome.Refused { Reason: var reason }:
                return Refuse(reason);
            default:
                return Problems.NotFound(NoSuchVersion);
        }
    }

    internal static async Task<IResult> EndAsync(
        Guid id, [FromBody] EndBody? body, HttpContext http, DeploymentQueries deployments, EndDeployment end)
    {
        DeploymentId deployment = new(id);
        if (await deployments.FindAsync(http.User.Id(), deployment, http.RequestAborted) is not (DeploymentView view, _) || !http.User.MayUse(view.Model))
        {
            return Problems.NotFound(NoSuchDeployment);
        }

        return await end.RunAsync(http.User.Actor(), deployment, body?.Reason, http.RequestAborted) switch
        {
            DeploymentOutcome.Ended => TypedResults.Ok(DeploymentAnswer.Of((await deployments.FindAsync(deployment, http.RequestAborted))!)),
            DeploymentOutcome.Refused { Reason: var reason } => Refuse(reason),
            _ => Problems.NotFound(NoSuchDeployment),
        };
    }

    private static IResult Refuse(Refusal reason) => Conflicts.Contains(reason.Code)
        ? Problems.Of(StatusCodes.Status409Conflict, reason.Code, reason.Sentence)
        : Problems.Of(reason);
}

/// <summary>A deployment that a program asks for.</summary>
/// <param name="Environment">Where it is to be live, such as "production".</param>
/// <param name="Role">champion (also where it is left out), challenger, shadow or outside.</param>
/// <param name="Share">Of the requests, above 0 and at most 1; 1 where it is left out.</param>
/// <param name="From">From when on; now where it is left out, earlier for an outside server alone.</param>
/// <param name="Reference">The name of the data set that windows are compared with.</param>
/// <param name="Replaces">A live deployment of the model that ends in the same moment.</param>
internal sealed record DeployBody(string? Environment, DeploymentRole? Role, double? Share, DateTimeOffset? From, string? Reference, Guid? Replaces)
{
    /// <summary>The wish.</summary>
    public NewDeployment ToWish(ModelVersionId version, DatasetId? reference) => new(version, Environment ?? "", Role ?? DeploymentRole.Champion)
    {
        Share = Share ?? 1, From = From?.ToUniversalTime(), Reference = reference, Replaces = Replaces is Guid id ? new DeploymentId(id) : null,
    };
}

/// <summary>Why a deployment ends.</summary>
/// <param name="Reason">In the words of whoever ends it; needed.</param>
internal sealed record EndBody(string? Reason);
