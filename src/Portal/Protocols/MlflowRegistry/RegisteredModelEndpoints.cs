using Governance.Audit.Data;
using Governance.Portal.Security;
using Governance.Registry.Annotations;
using Governance.Registry.Models;

namespace Governance.Portal.Protocols.MlflowRegistry;

/// <summary>Registered models: our models, with the tags and description that clients give them.</summary>
internal static class RegisteredModelEndpoints
{
    /// <summary>The tag that says a new model's tier.</summary>
    public const string TierTag = "governance.tier";

    /// <summary>The tag that says a new model's title.</summary>
    public const string TitleTag = "governance.title";

    internal static async Task<IResult> CreateAsync(HttpContext http, RegisterModel register, AnnotationQueries queries)
    {
        MlflowRequest request = await MlflowRequest.ReadAsync(http);
        string name = request.Need("name");
        if (!http.User.MayUse(name))
        {
            return OtherModels();
        }

        // Before anything is said to be missing: clients create a model before each version and go on where it is there.
        if (await queries.FindAsync(http.User.Id(), name, http.RequestAborted) is not null)
        {
            return MlflowFault.Of(MlflowFault.Taken, $"There is a registered model '{name}' already.");
        }

        IReadOnlyList<NewAnnotation> tags = request.Tags();
        RegisterModelOutcome outcome = await register.RunAsync(
            http.User.Actor(),
            new NewModel(name, TagOf(tags, TitleTag) ?? name, Purpose(request), TierOf(tags)) { Annotations = tags },
            http.RequestAborted);
        return outcome switch
        {
            RegisterModelOutcome.Registered => MlflowJson.Answer(new ModelAnswer(
                ModelMessage.Of((await queries.FindAsync(http.User.Id(), name, http.RequestAborted))!))),
            RegisterModelOutcome.Refused refused => MlflowFault.Of(refused.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    internal static async Task<IResult> GetAsync(HttpContext http, AnnotationQueries queries)
    {
        (AnnotatedModel? model, IResult? fault) = await FindAsync(http, await MlflowRequest.ReadAsync(http), queries);
        return fault ?? MlflowJson.Answer(new ModelAnswer(ModelMessage.Of(model!)));
    }

    internal static async Task<IResult> UpdateAsync(HttpContext http, Annotate annotate, AnnotationQueries queries)
    {
        MlflowRequest request = await MlflowRequest.ReadAsync(http);
        string name = request.Need("name");
        AnnotationWish wish = new(name, null, AnnotationKind.Description, "", request.Value("description"));
        return await AnnotationEndpoints.RunAsync(http, annotate, wish)
            ?? MlflowJson.Answer(new ModelAnswer(ModelMessage.Of((await queries.FindAsync(http.User.Id(), name, http.RequestAborted))!)));
    }

    internal static async Task<IResult> RefuseRenameAsync(HttpContext http, AnnotationQueries queries) =>
        (await FindAsync(http, await MlflowRequest.ReadAsync(http), queries)).Fault
        ?? MlflowFault.Of(MlflowFault.Disabled, "A model keeps its name: its evidence, sign-offs and ledger entries speak of it by this one. Give its versions aliases instead.");

    internal static async Task<IResult> RefuseDeleteAsync(HttpContext http, AnnotationQueries queries) =>
        (await FindAsync(http, await MlflowRequest.ReadAsync(http), queries)).Fault
        ?? MlflowFault.Of(MlflowFault.Disabled, "A registered model is on record for good and cannot be deleted. Its versions can be retired in the portal.");

    internal static async Task<IResult> LatestAsync(HttpContext http, AnnotationQueries queries)
    {
        MlflowRequest request = await MlflowRequest.ReadAsync(http);
        string[] stages = [.. request.Many("stages").Select(stage => MlflowStages.Find(stage)
            ?? throw new InputException($"There is no stage '{stage}'; there are {MlflowStages.Choices}."))];
        (AnnotatedModel? model, IResult? fault) = await FindAsync(http, request, queries);
        return fault ?? MlflowJson.Answer(new VersionsAnswer(
            MlflowJson.Unless(ModelMessage.Latest(model!, stages).Select(version => VersionMessage.Of(model!, version))), null));
    }

    internal static async Task<IResult> SearchAsync(HttpContext http, AnnotationQueries queries)
    {
        MlflowRequest request = await MlflowRequest.ReadAsync(http);
        SearchWish wish = SearchWish.Read(request, SearchColumns.Models, 100, 1_000);
        SearchedItem[] all =
        [
            .. (await queries.VisibleToAsync(http.User.Id(), http.RequestAborted)).Where(model => http.User.MayUse(model.Model.Name)).Select(SearchedItem.Of),
        ];
        (IReadOnlyList<SearchedItem> page, string? next) = wish.Page(all);
        return MlflowJson.Answer(new ModelsAnswer(MlflowJson.Unless(page.Select(item => ModelMessage.Of(item.Model))), next));
    }

    /// <summary>The model that a request names; a token's list of models counts.</summary>
    internal static async Task<(AnnotatedModel? Model, IResult? Fault)> FindAsync(HttpContext http, MlflowRequest request, AnnotationQueries queries)
    {
        string name = request.Need("name");
        return !http.User.MayUse(name) ? (null, OtherModels())
            : await queries.FindAsync(http.User.Id(), name, http.RequestAborted) is AnnotatedModel model ? (model, null)
            : (null, MlflowFault.NoModel(name));
    }

    /// <summary>What a token hears that is limited to other models.</summary>
    internal static IResult OtherModels() => MlflowFault.Of(MlflowFault.Denied, "This token is limited to other models.");

    private static string? TagOf(IReadOnlyList<NewAnnotation> tags, string key) => tags.LastOrDefault(tag => tag.Key == key)?.Value;

    private static string Purpose(MlflowRequest request) => request.Text("description")
        ?? throw new InputException("Say in the description what the model is used for, and on whom: it becomes the model's purpose.");

    // Neither is guessed: both stay with the model for good.
    private static RiskTier TierOf(IReadOnlyList<NewAnnotation> tags) => TagOf(tags, TierTag) is not string text
        ? throw new InputException($"Say by the tag {TierTag} how much hangs on the model: {string.Join(", ", Enum.GetNames<RiskTier>())}.")
        : Enum.GetNames<RiskTier>().FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is string known
        ? Enum.Parse<RiskTier>(known)
        : throw new InputException($"The tag {TierTag} is '{text}'; a tier is one of {string.Join(", ", Enum.GetNames<RiskTier>())}.");
}

/// <summary>An answer with a model.</summary>
internal sealed record ModelAnswer(ModelMessage RegisteredModel);

/// <summary>A page of models.</summary>
internal sealed record ModelsAnswer(IReadOnlyList<ModelMessage>? RegisteredModels, string? NextPageToken);

/// <summary>An answer with a version.</summary>
internal sealed record VersionAnswer(VersionMessage ModelVersion);

/// <summary>A page of versions.</summary>
internal sealed record VersionsAnswer(IReadOnlyList<VersionMessage>? ModelVersions, string? NextPageToken);
