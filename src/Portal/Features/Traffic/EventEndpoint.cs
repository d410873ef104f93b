using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Traffic.Events;
using Governance.Registry.Deployments;

namespace Governance.Portal.Features.Traffic;

/// <summary>
/// CloudEvents of an inference logger (KServe): binary mode, attributes in <c>ce-</c> headers and the call as the body; structured
/// mode, <c>application/cloudevents+json</c>; and a list of such, <c>application/cloudevents-batch+json</c>.
/// </summary>
internal static class EventEndpoint
{
    private const int MostEvents = 1_000;

    internal static Task<IResult> RunAsync(
        Guid id, HttpContext http, DeploymentQueries deployments, JoinEvents join, IngestLimit limit, TimeProvider clock) =>
        TrafficEndpoints.TakeAsync(id, http, deployments, limit, async body =>
        {
            TrafficEvent[] events = EventsOf(http.Request, body, clock.GetUtcNow());
            bool?[] joined = await Task.WhenAll(events.Select(each => join.RunAsync(new DeploymentId(id), each, http.RequestAborted)));
            return joined.Contains(null) ? null
                : new EventAnswer(TrafficEndpoints.Schema, joined.Count(both => both == true), joined.Count(both => both == false));
        });

    private static TrafficEvent[] EventsOf(HttpRequest request, ReadOnlyMemory<byte> body, DateTimeOffset received)
    {
        string type = (request.ContentType ?? "").Split(';')[0].Trim();
        if (!type.StartsWith("application/cloudevents", StringComparison.OrdinalIgnoreCase))
        {
            return [TrafficEvent.Of(request.Headers["ce-id"], request.Headers["ce-type"], request.Headers["ce-time"], received, body.ToArray())];
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement;
            return root.ValueKind != JsonValueKind.Array ? [TrafficEvent.Structured(root, received)]
                : root.GetArrayLength() <= MostEvents ? [.. root.EnumerateArray().Select(each => TrafficEvent.Structured(each, received))]
                : throw new InputException($"A batch has at most {MostEvents:N0} events.");
        }
        catch (JsonException fault)
        {
            throw new InputException("An event in structured mode is JSON.", fault);
        }
    }
}
