using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Portal.Security;
using Governance.Registry.Annotations;
using Governance.Registry.Versions;

namespace Governance.Portal.Protocols.MlflowRegistry;

/// <summary>Model versions: our versions, made of the files that a client sent through the artefact proxy.</summary>
internal static class ModelVersionEndpoints
{
    internal static async Task<IResult> CreateAsync(HttpContext http, RegisterModelFolder register, AnnotationQueries queries)
    {
        MlflowRequest request = await MlflowRequest.ReadAsync(http);
        string name = request.Need("name");
        string source = request.Need("source");
        if (!http.User.MayUse(name))
        {
            return RegisteredModelEndpoints.OtherModels();
        }

        string? description = request.Text("description");
        FolderWish wish = new(name, source, description?.Length <= ModelVersion.MaxNoteLength ? description : null,
        [
            .. request.Tags(), .. Said(AnnotationKind.Origin, OriginKeys.Source, source), .. Said(AnnotationKind.Origin, OriginKeys.Run, request.Text("run_id")),
            .. Said(AnnotationKind.Origin, OriginKeys.Link, request.Text("run_link")),
            .. Said(AnnotationKind.Description, "", description?.Length > ModelVersion.MaxNoteLength ? description : null),
        ]);
        return await register.RunAsync(http.User.Actor(), wish, http.Request.Host, http.RequestAborted) switch
        {
            RegisterVersionOutcome.Registered { Version.Number: int number } => await AnswerAsync(http, queries, name, number),
            RegisterVersionOutcome.Refused refused => MlflowFault.Of(refused.Reason),
            RegisterVersionOutcome.NoSuchModel => MlflowFault.NoModel(name),
            _ => throw new UnreachableException(),
        };
    }

    internal static async Task<IResult> GetAsync(HttpContext http, AnnotationQueries queries)
    {
        MlflowRequest request = await MlflowRequest.ReadAsync(http);
        (AnnotatedModel? model, AnnotatedVersion? version, IResult? fault) = await FindAsync(http, request, queries);
        return fault ?? MlflowJson.Answer(new VersionAnswer(VersionMessage.Of(model!, version!)));
    }

    internal static async Task<IResult> UpdateAsync(HttpContext http, Annotate annotate, AnnotationQueries queries)
    {
        MlflowRequest request = await MlflowRequest.ReadAsync(http);
        AnnotationWish wish = new(request.Need("name"), request.NeedVersion(), AnnotationKind.Description, "", request.Value("description"));
        return await AnnotationEndpoints.RunAsync(http, annotate, wish) ?? await AnswerAsync(http, queries, wish.Model, wish.Version!.Value);
    }

    internal static async Task<IResult> RefuseDeleteAsync(HttpContext http, AnnotationQueries queries) =>
        (await FindAsync(http, await MlflowRequest.ReadAsync(http), queries)).Fault
        ?? MlflowFault.Of(MlflowFault.Disabled, "A registered version is on record for good and cannot be deleted. Retire it on its page in the portal.");

    internal static async Task<IResult> DownloadUriAsync(HttpContext http, AnnotationQueries queries)
    {
        MlflowRequest request = await MlflowRequest.ReadAsync(http);
        (AnnotatedModel? model, AnnotatedVersion? version, IResult? fault) = await FindAsync(http, request, queries);
        return fault ?? MlflowJson.Answer(new DownloadUriAnswer($"{ProxyPath.Scheme}:/{ProxyPath.OfVersion(model!.Model.Name, version!.Version.Number)}"));
    }

    internal static async Task<IResult> TransitionAsync(HttpContext http, AnnotationQueries queries, MoveVersion move)
    {
        MlflowRequest request = await MlflowRequest.ReadAsync(http);
        string wanted = request.Need("stage");
        string stage = MlflowStages.Find(wanted) ?? throw new InputException($"There is no stage '{wanted}'; there are {MlflowStages.Choices}.");
        (AnnotatedModel? model, AnnotatedVersion? version, IResult? fault) = await FindAsync(http, request, queries);
        if (fault is not null || MlflowStages.Of(version!.Version.Stage) == stage)
        {
            return fault ?? MlflowJson.Answer(new VersionAnswer(VersionMessage.Of(model!, version!)));
        }

        if (request.Value("archive_existing_versions") == "true")
        {
            return MlflowFault.Of(MlflowFault.Disabled, "Other versions are not archived along with a transition: each keeps its own sign-off. Transition without archive_existing_versions.");
        }

        if (MlflowStages.RequestFor(stage) is not StageRequest step)
        {
            return MlflowFault.Of(MlflowFault.Denied, MlflowStages.Refusal(stage));
        }

        return await move.RunAsync(http.User.Actor(), version.Version.Id, step, reason: null, http.RequestAborted) switch
        {
            MoveOutcome.Moved => await AnswerAsync(http, queries, model!.Model.Name, version.Version.Number),
            MoveOutcome.Refused refused => MlflowFault.Of(refused.Reason),
            MoveOutcome.NoSuchVersion => MlflowFault.NoVersion(model!.Model.Name, version.Version.Number),
            _ => throw new UnreachableException(),
        };
    }

    internal static async Task<IResult> SearchAsync(HttpContext http, AnnotationQueries queries)
    {
        MlflowRequest request = await MlflowRequest.ReadAsync(http);
        SearchWish wish = SearchWish.Read(request, SearchColumns.Versions, 10_000, 200_000);
        SearchedItem[] all =
        [
            .. (await queries.VisibleToAsync(http.User.Id(), http.RequestAborted)).Where(model => http.User.MayUse(model.Model.Name))
                .SelectMany(model => model.Versions.Select(version => SearchedItem.Of(model, version))),
        ];
        (IReadOnlyList<SearchedItem> page, string? next) = wish.Page(all);
        return MlflowJson.Answer(new VersionsAnswer(MlflowJson.Unless(page.Select(item => VersionMessage.Of(item.Model, item.Version!))), next));
    }

    private static async Task<(AnnotatedModel? Model, AnnotatedVersion? Version, IResult? Fault)> FindAsync(
        HttpContext http, MlflowRequest request, AnnotationQueries queries)
    {
        int number = request.NeedVersion();
        (AnnotatedModel? model, IResult? fault) = await RegisteredModelEndpoints.FindAsync(http, request, queries);
        AnnotatedVersion? version = model?.Find(number);
        return (model, version, fault ?? (version is null ? MlflowFault.NoVersion(model!.Model.Name, number) : null));
    }

    // Whoever changed it may since see it no longer: a grant may hold for other stages.
    private static async Task<IResult> AnswerAsync(HttpContext http, AnnotationQueries queries, string name, int number) =>
        await queries.FindAsync(http.User.Id(), name, http.RequestAborted) is AnnotatedModel model && model.Find(number) is AnnotatedVersion version
            ? MlflowJson.Answer(new VersionAnswer(VersionMessage.Of(model, version)))
            : MlflowFault.NoVersion(name, number);

    private static NewAnnotation[] Said(AnnotationKind kind, string key, string? value) => value is null ? [] : [new NewAnnotation(kind, key, value)];
}

/// <summary>Where the files of a version are downloaded.</summary>
internal sealed record DownloadUriAnswer(string ArtifactUri);
