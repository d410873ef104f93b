using System.Diagnostics;
using Governance.Portal.Security;
using Governance.Registry.Annotations;

namespace Governance.Portal.Protocols.MlflowRegistry;

/// <summary>Tags of models and versions, and aliases.</summary>
internal static class AnnotationEndpoints
{
    internal static async Task<IResult> SetModelTagAsync(HttpContext http, Annotate annotate)
    {
        MlflowRequest request = await MlflowRequest.ReadAsync(http);
        return await DoAsync(http, annotate, new AnnotationWish(request.Need("name"), null, AnnotationKind.Tag, request.Need("key"), request.Value("value")));
    }

    internal static async Task<IResult> DeleteModelTagAsync(HttpContext http, Annotate annotate)
    {
        MlflowRequest request = await MlflowRequest.ReadAsync(http);
        return await DoAsync(http, annotate, new AnnotationWish(request.Need("name"), null, AnnotationKind.Tag, request.Need("key"), null, Removes: true));
    }

    internal static async Task<IResult> SetVersionTagAsync(HttpContext http, Annotate annotate)
    {
        MlflowRequest request = await MlflowRequest.ReadAsync(http);
        return await DoAsync(http, annotate, new AnnotationWish(
            request.Need("name"), request.NeedVersion(), AnnotationKind.Tag, request.Need("key"), request.Value("value")));
    }

    internal static async Task<IResult> DeleteVersionTagAsync(HttpContext http, Annotate annotate)
    {
        MlflowRequest request = await MlflowRequest.ReadAsync(http);
        return await DoAsync(http, annotate, new AnnotationWish(
            request.Need("name"), request.NeedVersion(), AnnotationKind.Tag, request.Need("key"), null, Removes: true));
    }

    internal static async Task<IResult> SetAliasAsync(HttpContext http, Annotate annotate)
    {
        MlflowRequest request = await MlflowRequest.ReadAsync(http);
        return await DoAsync(http, annotate, new AnnotationWish(request.Need("name"), request.NeedVersion(), AnnotationKind.Alias, request.Need("alias"), null));
    }

    internal static async Task<IResult> DeleteAliasAsync(HttpContext http, Annotate annotate)
    {
        MlflowRequest request = await MlflowRequest.ReadAsync(http);
        return await DoAsync(http, annotate, new AnnotationWish(request.Need("name"), null, AnnotationKind.Alias, request.Need("alias"), null, Removes: true));
    }

    internal static async Task<IResult> FindByAliasAsync(HttpContext http, AnnotationQueries queries)
    {
        MlflowRequest request = await MlflowRequest.ReadAsync(http);
        string alias = request.Need("alias");
        (AnnotatedModel? model, IResult? fault) = await RegisteredModelEndpoints.FindAsync(http, request, queries);
        return fault ?? (model!.Aliases.TryGetValue(alias, out int number)
            ? MlflowJson.Answer(new VersionAnswer(VersionMessage.Of(model, model.Find(number)!)))
            : MlflowFault.Of(MlflowFault.BadValue, $"The model '{model.Model.Name}' has no alias '{alias}'."));
    }

    /// <summary>Sets or removes something; null once it is done.</summary>
    internal static async Task<IResult?> RunAsync(HttpContext http, Annotate annotate, AnnotationWish wish) =>
        !http.User.MayUse(wish.Model) ? RegisteredModelEndpoints.OtherModels()
        : await annotate.RunAsync(http.User.Actor(), wish, http.RequestAborted) switch
        {
            AnnotateOutcome.Done => null,
            AnnotateOutcome.Refused refused => MlflowFault.Of(refused.Reason),
            AnnotateOutcome.NoSuchModel => MlflowFault.NoModel(wish.Model),
            AnnotateOutcome.NoSuchVersion => MlflowFault.NoVersion(wish.Model, wish.Version!.Value),
            _ => throw new UnreachableException(),
        };

    private static async Task<IResult> DoAsync(HttpContext http, Annotate annotate, AnnotationWish wish) => await RunAsync(http, annotate, wish) ?? MlflowJson.Done;
}
