using Governance.Registry.Access;

namespace Governance.Portal.Protocols.MlflowRegistry;

/// <summary>Refusals as MLflow's clients want them: a status, and <c>{"error_code": …, "message": …}</c>.</summary>
/// <remarks>
/// Clients repeat a request that is answered with 408, 429, 500, 502, 503 or 504, so what will not change by itself has
/// another status, whatever MLflow's own server gives for the code.
/// </remarks>
internal static class MlflowFault
{
    /// <summary>The addresses of the registry and of runs.</summary>
    public const string Prefix = "/api/2.0/mlflow";

    /// <summary>The addresses of the artefact proxy.</summary>
    public const string ArtifactPrefix = "/api/2.0/mlflow-artifacts";

    /// <summary>Something is not there, or not for whoever asks.</summary>
    public const string NotThere = "RESOURCE_DOES_NOT_EXIST";

    /// <summary>Something of this name is there.</summary>
    public const string Taken = "RESOURCE_ALREADY_EXISTS";

    /// <summary>A value cannot be used.</summary>
    public const string BadValue = "INVALID_PARAMETER_VALUE";

    /// <summary>A rule of rights forbids it.</summary>
    public const string Denied = "PERMISSION_DENIED";

    /// <summary>MLflow has it, this portal does not, and says why.</summary>
    public const string Disabled = "FEATURE_DISABLED";

    /// <summary>There is no such call here.</summary>
    public const string NoSuchCall = "ENDPOINT_NOT_FOUND";

    /// <summary>A call that clients know how to do without.</summary>
    public const string NotBuilt = "NOT_IMPLEMENTED";

    private const string Exhausted = "RESOURCE_EXHAUSTED";

    /// <summary>Whether an address is one of these.</summary>
    public static bool IsAsked(PathString path) =>
        path.StartsWithSegments(Prefix, StringComparison.Ordinal) || path.StartsWithSegments(ArtifactPrefix, StringComparison.Ordinal);

    /// <summary>A refusal by its code.</summary>
    public static IResult Of(string code, string sentence) => Of(StatusOf(code), code, sentence);

    /// <summary>A refusal by its status, where no endpoint answers.</summary>
    public static IResult Of(int status, string sentence) => Of(status, CodeOf(status), sentence);

    /// <summary>A refusal of the registry.</summary>
    public static IResult Of(Refusal refusal)
    {
        string code = refusal.Code switch
        {
            "not-found" => NotThere,
            "no-right" or "no-release" or "signed-it" or "not-submitter" or "wrong-stage" or "confirm-first" => Denied,
            "taken" or "same-version" => Taken,
            "too-many-uploads" or "too-many-bytes" or "too-many-pieces" or "no-room" => Exhausted,
            _ => BadValue,
        };
        return Of(refusal.Code is "too-large" or "longer-than-declared" ? StatusCodes.Status413PayloadTooLarge : StatusOf(code), code, refusal.Sentence);
    }

    /// <summary>A model that is not there, or not for whoever asks.</summary>
    public static IResult NoModel(string name) => Of(NotThere, $"There is no registered model '{name}', or not for you.");

    /// <summary>A version that is not there, or not for whoever asks.</summary>
    public static IResult NoVersion(string name, int version) => Of(NotThere, $"There is no version {version} of the model '{name}', or not for you.");

    private static IResult Of(int status, string code, string sentence) => TypedResults.Json(new MlflowError(code, sentence), MlflowJson.Options, statusCode: status);

    private static int StatusOf(string code) => code switch
    {
        NotThere or NoSuchCall => StatusCodes.Status404NotFound,
        Denied or Disabled => StatusCodes.Status403Forbidden,
        NotBuilt => StatusCodes.Status501NotImplemented,
        Exhausted => StatusCodes.Status507InsufficientStorage,
        _ => StatusCodes.Status400BadRequest,
    };

    private static string CodeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "UNAUTHENTICATED",
        StatusCodes.Status403Forbidden => Denied,
        StatusCodes.Status404NotFound => NoSuchCall,
        StatusCodes.Status413PayloadTooLarge => BadValue,
        StatusCodes.Status429TooManyRequests => "REQUEST_LIMIT_EXCEEDED",
        StatusCodes.Status503ServiceUnavailable => "TEMPORARILY_UNAVAILABLE",
        >= 500 => "INTERNAL_ERROR",
        _ => "BAD_REQUEST",
    };
}

/// <summary>What MLflow's clients read of an error.</summary>
/// <param name="ErrorCode">One of its codes.</param>
/// <param name="Message">In words.</param>
internal sealed record MlflowError(string ErrorCode, string Message);
