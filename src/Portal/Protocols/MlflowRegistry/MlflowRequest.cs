using System.Globalization;
using System.Text.Json;
using Governance.Audit.Data;
using Governance.Registry.Annotations;

namespace Governance.Portal.Protocols.MlflowRegistry;

/// <summary>The message of a request: its query for GET, else its JSON body. Fields that are not known are left alone.</summary>
internal sealed class MlflowRequest
{
    private readonly HttpRequest http;
    private readonly JsonElement body;

    private MlflowRequest(HttpRequest http, JsonElement body)
    {
        this.http = http;
        this.body = body;
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="InputException">The body is no JSON object.</exception>
    public static async Task<MlflowRequest> ReadAsync(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method))
        {
            return new MlflowRequest(http.Request, default);
        }

        try
        {
            using JsonDocument document = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new MlflowRequest(http.Request, document.RootElement.Clone())
                : throw new InputException("The body of the request is no JSON object.");
        }
        catch (JsonException fault)
        {
            throw new InputException("The body of the request is no JSON.", fault);
        }
    }

    /// <summary>A text; null where it is not there or empty.</summary>
    /// <exception cref="InputException">It is no text.</exception>
    public string? Text(string name) => Value(name) is { Length: > 0 } text ? text : null;

    /// <summary>A text that may be empty; null where it is not there.</summary>
    /// <exception cref="InputException">It is no text.</exception>
    public string? Value(string name) => body.ValueKind == JsonValueKind.Undefined ? http.Query[name].FirstOrDefault()
        : !body.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => throw new InputException($"The parameter '{name}' is no text."),
        };

    /// <summary>A text that has to be there.</summary>
    /// <exception cref="InputException">It is not.</exception>
    public string Need(string name) => Text(name) ?? throw new InputException($"The parameter '{name}' is missing or empty.");

    /// <summary>The number of a version.</summary>
    /// <exception cref="InputException">It is missing or no whole number above 0.</exception>
    public int NeedVersion() =>
        int.TryParse(Need("version"), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw new InputException($"The parameter 'version' is '{Text("version")}', which is no number of a version: 1, 2, 3 and so on.");

    /// <summary>How many results are wanted.</summary>
    /// <param name="usual">Where nothing is said.</param>
    /// <param name="most">At most.</param>
    /// <exception cref="InputException">It is no number from 1 to <paramref name="most"/>.</exception>
    public int MaxResults(int usual, int most) => Text("max_results") is not string text ? usual
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int wanted) && wanted >= 1 && wanted <= most
        ? wanted
        : throw new InputException($"The parameter 'max_results' is '{text}'; it is a number from 1 to {most}.");

    /// <summary>Texts of a repeated field.</summary>
    /// <exception cref="InputException">It is no list of texts.</exception>
    public IReadOnlyList<string> Many(string name)
    {
        if (body.ValueKind == JsonValueKind.Undefined)
        {
            return [.. http.Query[name].OfType<string>()];
        }

        return !body.TryGetProperty(name, out JsonElement list) || list.ValueKind == JsonValueKind.Null ? []
            : list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(item => item.GetString()!)]
            : throw new InputException($"The parameter '{name}' is no list of texts.");
    }

    /// <summary>How many entries a list has; 0 where it is not there.</summary>
    public int Count(string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? list.GetArrayLength() : 0;

    /// <summary>Tags: objects with a key and a value.</summary>
    /// <exception cref="InputException">They are something else.</exception>
    public IReadOnlyList<NewAnnotation> Tags()
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("tags", out JsonElement list) || list.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        return list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(tag => new NewAnnotation(AnnotationKind.Tag, Part(tag, "key") ?? "", Part(tag, "value") ?? ""))]
            : throw new InputException("The parameter 'tags' is no list of keys with values.");
    }

    private static string? Part(JsonElement tag, string name) =>
        tag.ValueKind != JsonValueKind.Object ? throw new InputException("A tag is an object with a key and a value.")
        : !tag.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw new InputException($"The {name} of a tag is no text.");
}
