using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Governance.Portal.Security;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Options;

namespace Governance.Portal.Features.Answers;

/// <summary>Describes every endpoint below <c>/api/v1</c> as OpenAPI 3.1, from what the endpoints say of themselves.</summary>
internal sealed class OpenApiDocument(IEnumerable<EndpointDataSource> sources, IOptions<JsonOptions> json)
{
    private readonly JsonSerializerOptions options = json.Value.SerializerOptions;

    /// <summary>The document.</summary>
    public JsonObject Write()
    {
        JsonObject paths = [];
        JsonObject schemas = [];
        foreach (RouteEndpoint endpoint in sources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => PathOf(endpoint).StartsWith(PortalApi.Prefix + "/", StringComparison.Ordinal))
            .OrderBy(PathOf, StringComparer.Ordinal))
        {
            foreach (string method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [HttpMethods.Get])
            {
                string path = PathOf(endpoint);
                JsonObject methods = paths[path] as JsonObject ?? [];
                paths[path] ??= methods;
                methods[method.ToLowerInvariant()] = Operation(endpoint, schemas);
            }
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "Governance", ["version"] = "1" },
            ["security"] = new JsonArray(new JsonObject { ["token"] = new JsonArray() }, new JsonObject { ["session"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["token"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" },
                    ["session"] = new JsonObject { ["type"] = "apiKey", ["in"] = "cookie", ["name"] = "session" },
                },
                ["schemas"] = schemas,
            },
        };
    }

    /// <summary>An endpoint's address without constraints, such as <c>/api/v1/models/{model}</c>.</summary>
    public static string PathOf(RouteEndpoint endpoint) => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            _ => "",
        }))));

    private JsonObject Operation(RouteEndpoint endpoint, JsonObject schemas)
    {
        JsonObject operation = new()
        {
            ["operationId"] = endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName,
            ["tags"] = new JsonArray([.. (endpoint.Metadata.GetMetadata<ITagsMetadata>()?.Tags ?? []).Select(tag => (JsonNode)tag)]),
        };
        if (endpoint.RoutePattern.Parameters.Count > 0)
        {
            operation["parameters"] = new JsonArray([.. endpoint.RoutePattern.Parameters.Select(Parameter)]);
        }

        if (endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is { RequestType: Type body } accepts)
        {
            operation["requestBody"] = new JsonObject
            {
                ["required"] = !accepts.IsOptional,
                ["content"] = Content(accepts.ContentTypes, Schema(body, schemas)),
            };
        }

        operation["responses"] = Responses(endpoint, schemas);
        return operation;
    }

    private static JsonObject Parameter(RoutePatternParameterPart parameter) => new()
    {
        ["name"] = parameter.Name,
        ["in"] = "path",
        ["required"] = true,
        ["schema"] = parameter.ParameterPolicies.Any(policy => policy.Content is "int" or "long")
            ? new JsonObject { ["type"] = "integer" }
            : parameter.ParameterPolicies.Any(policy => policy.Content == "guid")
            ? new JsonObject { ["type"] = "string", ["format"] = "uuid" }
            : new JsonObject { ["type"] = "string" },
    };

    private JsonObject Responses(RouteEndpoint endpoint, JsonObject schemas)
    {
        JsonObject responses = [];
        foreach (IProducesResponseTypeMetadata produced in endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>())
        {
            JsonObject response = new() { ["description"] = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(produced.StatusCode) };
            if (produced.Type is Type type && type != typeof(void))
            {
                response["content"] = Content(produced.ContentTypes, Schema(type, schemas));
            }

            responses[produced.StatusCode.ToString(System.Globalization.CultureInfo.InvariantCulture)] = response;
        }

        if (responses.Count == 0)
        {
            responses["default"] = new JsonObject { ["description"] = "Its answer, or problem details." };
        }

        return responses;
    }

    private static JsonObject Content(IEnumerable<string> types, JsonObject schema) =>
        new([.. types.DefaultIfEmpty("application/json").Select(type => KeyValuePair.Create(type, (JsonNode?)new JsonObject { ["schema"] = schema.DeepClone() }))]);

    private JsonObject Schema(Type type, JsonObject schemas)
    {
        string name = type.IsGenericType ? $"{type.Name.Split('`')[0]}Of{string.Join("And", type.GetGenericArguments().Select(part => part.Name))}" : type.Name;
        if (!schemas.ContainsKey(name))
        {
            JsonNode schema = options.GetJsonSchemaAsNode(type);
            schemas[name] = schema is JsonObject described ? Rooted(described, name) : new JsonObject();
        }

        return new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
    }

    // The exporter's references count from the schema's own root.
    private static JsonObject Rooted(JsonObject schema, string name)
    {
        foreach ((string key, JsonNode? value) in schema.ToArray())
        {
            if (key == "$ref" && value is JsonValue reference && reference.GetValue<string>() is string path && path.StartsWith('#'))
            {
                schema[key] = $"#/components/schemas/{name}{path[1..]}";
            }
            else if (value is JsonObject inner)
            {
                Rooted(inner, name);
            }
            else if (value is JsonArray list)
            {
                list.OfType<JsonObject>().ToList().ForEach(item => Rooted(item, name));
            }
        }

        return schema;
    }
}
