using System.Text.Json;
using System.Text.Json.Serialization;

namespace Governance.Portal.Protocols.MlflowRegistry;

/// <summary>JSON as MLflow's server writes its messages: snake case, and what is empty or unset is left out.</summary>
internal static class MlflowJson
{
    /// <summary>The options of every answer.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>An answer.</summary>
    public static IResult Answer<T>(T message) => TypedResults.Json(message, Options);

    /// <summary>The answer that says nothing but that it is done.</summary>
    public static IResult Done => TypedResults.Json(new object(), Options);

    /// <summary>A time in milliseconds since 1970, as all of its messages have it.</summary>
    public static long Milliseconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    /// <summary>A list, or null where it is empty, so that it is left out.</summary>
    public static IReadOnlyList<T>? Unless<T>(IEnumerable<T> items)
    {
        T[] all = [.. items];
        return all.Length == 0 ? null : all;
    }
}
