using Governance.Audit.Data;
using Governance.Portal.Security;
using Governance.Registry.Tokens;
using Microsoft.AspNetCore.Mvc;

namespace Governance.Portal.Protocols.MlflowRegistry;

/// <summary>
/// MLflow's model registry over REST: the calls of its own client, as readings of models, versions and rights here. It only
/// translates; the registry decides, and what it refuses is answered with MLflow's codes.
/// </summary>
internal static class MlflowEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete];

    /// <summary>Adds what its endpoints need.</summary>
    public static void AddMlflow(this IServiceCollection services) => services.AddTransient<RegisterModelFolder>();

    /// <summary>Maps them.</summary>
    public static void MapMlflow(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder api = Group(routes, MlflowFault.Prefix);
        MapModels(api.MapGroup("/registered-models"));
        MapVersions(api.MapGroup("/model-versions"));
        MapRuns(api);
        RouteGroupBuilder artifacts = Group(routes, MlflowFault.ArtifactPrefix);
        MapArtifacts(artifacts);
        foreach (RouteGroupBuilder group in (RouteGroupBuilder[])[api, artifacts])
        {
            group.MapMethods("/{**call}", Methods, RefuseCall).RequireScope(TokenScope.Read, checksModels: true);
        }
    }

    private static RouteGroupBuilder Group(IEndpointRouteBuilder routes, string prefix)
    {
        RouteGroupBuilder group = routes.MapApi(prefix);
        group.WithTags("MLflow").AddEndpointFilter(SayInItsWordsAsync);
        return group;
    }

    private static void MapModels(RouteGroupBuilder models)
    {
        models.MapPost("/create", RegisteredModelEndpoints.CreateAsync).RequireScope(TokenScope.Register, checksModels: true);
        models.MapGet("/get", RegisteredModelEndpoints.GetAsync).RequireScope(TokenScope.Read, checksModels: true);
        models.MapPatch("/update", RegisteredModelEndpoints.UpdateAsync).RequireScope(TokenScope.Register, checksModels: true);
        models.MapPost("/rename", RegisteredModelEndpoints.RefuseRenameAsync).RequireScope(TokenScope.Register, checksModels: true);
        models.MapDelete("/delete", RegisteredModelEndpoints.RefuseDeleteAsync).RequireScope(TokenScope.Register, checksModels: true);
        models.MapGet("/search", RegisteredModelEndpoints.SearchAsync).RequireScope(TokenScope.Read, checksModels: true);
        models.MapMethods("/get-latest-versions", [HttpMethods.Get, HttpMethods.Post], RegisteredModelEndpoints.LatestAsync)
            .RequireScope(TokenScope.Read, checksModels: true);
        models.MapPost("/set-tag", AnnotationEndpoints.SetModelTagAsync).RequireScope(TokenScope.Register, checksModels: true);
        models.MapDelete("/delete-tag", AnnotationEndpoints.DeleteModelTagAsync).RequireScope(TokenScope.Register, checksModels: true);
        models.MapGet("/alias", AnnotationEndpoints.FindByAliasAsync).RequireScope(TokenScope.Read, checksModels: true);
        models.MapPost("/alias", AnnotationEndpoints.SetAliasAsync).RequireScope(TokenScope.Register, checksModels: true);
        models.MapDelete("/alias", AnnotationEndpoints.DeleteAliasAsync).RequireScope(TokenScope.Register, checksModels: true);
    }

    private static void MapVersions(RouteGroupBuilder versions)
    {
        versions.MapPost("/create", ModelVersionEndpoints.CreateAsync).RequireScope(TokenScope.Register, checksModels: true);
        versions.MapGet("/get", ModelVersionEndpoints.GetAsync).RequireScope(TokenScope.Read, checksModels: true);
        versions.MapPatch("/update", ModelVersionEndpoints.UpdateAsync).RequireScope(TokenScope.Register, checksModels: true);
        versions.MapDelete("/delete", ModelVersionEndpoints.RefuseDeleteAsync).RequireScope(TokenScope.Register, checksModels: true);
        versions.MapGet("/search", ModelVersionEndpoints.SearchAsync).RequireScope(TokenScope.Read, checksModels: true);
        versions.MapGet("/get-download-uri", ModelVersionEndpoints.DownloadUriAsync).RequireScope(TokenScope.Read, checksModels: true);
        versions.MapPost("/transition-stage", ModelVersionEndpoints.TransitionAsync).RequireScope(TokenScope.Register, checksModels: true);
        versions.MapPost("/set-tag", AnnotationEndpoints.SetVersionTagAsync).RequireScope(TokenScope.Register, checksModels: true);
        versions.MapDelete("/delete-tag", AnnotationEndpoints.DeleteVersionTagAsync).RequireScope(TokenScope.Register, checksModels: true);
    }

    private static void MapRuns(RouteGroupBuilder api)
    {
        api.MapGet("/experiments/get-by-name", (Delegate)RunEndpoints.ExperimentByNameAsync).RequireScope(TokenScope.Read, checksModels: true);
        api.MapGet("/experiments/get", (Delegate)RunEndpoints.ExperimentAsync).RequireScope(TokenScope.Read, checksModels: true);
        api.MapPost("/experiments/create", RunEndpoints.RefuseExperiment).RequireScope(TokenScope.Register, checksModels: true);
        api.MapPost("/runs/create", RunEndpoints.CreateAsync).RequireScope(TokenScope.Register, checksModels: true);
        api.MapGet("/runs/get", RunEndpoints.GetAsync).RequireScope(TokenScope.Read, checksModels: true);
        api.MapPost("/runs/update", RunEndpoints.UpdateAsync).RequireScope(TokenScope.Register, checksModels: true);
        api.MapPost("/runs/set-tag", RunEndpoints.SetTagAsync).RequireScope(TokenScope.Register, checksModels: true);
        api.MapPost("/runs/log-batch", RunEndpoints.LogBatchAsync).RequireScope(TokenScope.Register, checksModels: true);
        foreach (string measure in (string[])["log-metric", "log-parameter", "log-inputs", "log-model"])
        {
            api.MapPost($"/runs/{measure}", RunEndpoints.RefuseMeasures).RequireScope(TokenScope.Register, checksModels: true);
        }
    }

    private static void MapArtifacts(RouteGroupBuilder api)
    {
        api.MapGet("/artifacts", ArtifactEndpoints.ListAsync).RequireScope(TokenScope.Read, checksModels: true);
        api.MapGet("/artifacts/{**path}", ArtifactEndpoints.DownloadAsync).RequireScope(TokenScope.Read, checksModels: true);
        api.MapPut("/artifacts/{**path}", ArtifactEndpoints.UploadAsync).RequireScope(TokenScope.Register, checksModels: true)
            .WithMetadata(new DisableRequestSizeLimitAttribute()).DisableRequestTimeout();
        api.MapDelete("/artifacts/{**path}", ArtifactEndpoints.Delete).RequireScope(TokenScope.Register, checksModels: true);
        api.MapPost("/mpu/create/{**path}", ArtifactEndpoints.RefuseParts).RequireScope(TokenScope.Register, checksModels: true);
    }

    internal static IResult RefuseCall(HttpContext http) =>
        MlflowFault.Of(MlflowFault.NoSuchCall, $"This portal has no call {http.Request.Method} {http.Request.Path.ToUriComponent()}; it has MLflow's model registry and its artefact proxy.");

    private static async ValueTask<object?> SayInItsWordsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (InputException fault)
        {
            return MlflowFault.Of(MlflowFault.BadValue, fault.Message);
        }
    }
}
